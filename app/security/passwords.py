"""Password hashing: argon2id with the parameters that OWASP names (19 MiB, two passes, one lane), and what is refused.

No rule asks for capitals, digits or signs: what is refused is short, or guessed soon by who tries the usual.
"""

from collections.abc import Iterable

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_NOBODY = _HASHER.hash("nobody has this password")

SHORTEST, LONGEST = 12, 200
ESTIMATED = 64
"""How much of a long one the estimate looks at: its time grows with the square."""
GUESSES = 10**10
"""What has lists of passwords and words, names and dates and the keyboard's rows needs more guesses than this."""


def fault_of(password: str, own: Iterable[str] = (), *, by_length_alone: bool = False) -> str | None:
    """Why a password is refused: the key of a phrase; None where it is taken.

    `own` is what is known of its member. `by_length_alone` is for the control: guessing is not looked at.
    """
    if len(password) < SHORTEST:
        return "password_short"
    if len(password) > LONGEST:
        return "password_long"
    if by_length_alone:
        return None
    guesses = zxcvbn(password[:ESTIMATED], user_inputs=[word for word in own if word])["guesses"]
    return "password_common" if guesses < GUESSES else None


def hash_password(password: str) -> str:
    """An argon2id hash with its own salt."""
    return _HASHER.hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Whether it is the password; an unknown name costs the same time as a known one."""
    try:
        return _HASHER.verify(password_hash or _NOBODY, password) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False


def outdated(password_hash: str) -> bool:
    """Whether the hash was made with weaker parameters than today's."""
    return _HASHER.check_needs_rehash(password_hash)
