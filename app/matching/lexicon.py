"""Which names are short for which, and the spellings under which a name is looked up; the lists are lexicon.toml."""

import tomllib
from functools import cache
from pathlib import Path

from app.matching.names import name_parts, part_key

_SHORTEST = 3
_VOWELS = frozenset("aeiou")


def is_given_name(key: str) -> bool:
    """Say whether the key is that of a given name on the list; a name off the list is not a wrong one."""
    return key in _given_keys()


def is_listed_short_for(short: str, long: str) -> bool:
    """Say whether the lexicon lists one key as the short name of the other."""
    return long in _listed().get(short, frozenset())


def is_short_for(short: str, long: str) -> bool:
    """Say whether one key can be the short name of the other: listed, or its end (Bona) or beginning (Alb)."""
    if len(short) >= len(long):
        return False
    if is_listed_short_for(short, long):
        return True
    return _is_end_or_beginning(short, long)


def spelling_variants(word: str) -> frozenset[str]:
    """Return the keys under which a part may stand elsewhere: its own, its short names, the names it is short for."""
    key = part_key(word)
    if not key:
        return frozenset()
    return frozenset({key, *_endings(key), *_short_and_long(key), *_ends_of(key)})


@cache
def _short_and_long(key: str) -> frozenset[str]:
    known = _given_keys() | frozenset(_listed())
    found = {other for other in known if is_short_for(key, other) or is_short_for(other, key)}
    # -ana or -ina end half of all names: three letters lead only to what is listed or begins with them.
    loose = {other for other in found if min(len(key), len(other)) == _SHORTEST and not _begins(key, other)}
    listed = {other for other in loose if is_listed_short_for(key, other) or is_listed_short_for(other, key)}
    return frozenset(found - loose | listed)


def _is_end_or_beginning(short: str, long: str) -> bool:
    return len(long) - len(short) >= 2 and len(short) >= _SHORTEST and (long.startswith(short) or long.endswith(short))


def _begins(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _ends_of(key: str) -> frozenset[str]:
    """Return what may be left of a name in the mouth, whether or not anybody listed it: Bona of Valbona."""
    ends = (key[at:] for at in range(2, len(key) - _SHORTEST))
    return frozenset(end for end in ends if end[0] not in _VOWELS and end[1] in _VOWELS)


def _endings(key: str) -> frozenset[str]:
    # Artë and Arta are one name, as are Gash and Gashi in the mouth of a clerk.
    swapped = {"a": "e", "e": "a"}
    if len(key) < _SHORTEST:
        return frozenset()
    if key[-1] in swapped:
        return frozenset({key[:-1] + swapped[key[-1]]})
    return frozenset() if key[-1] in _VOWELS - {"i"} else frozenset({key[:-1] if key[-1] == "i" else key + "i"})


@cache
def _lists() -> dict[str, dict[str, str]]:
    return tomllib.loads((Path(__file__).parent / "lexicon.toml").read_text(encoding="utf-8"))


@cache
def _given_keys() -> frozenset[str]:
    return frozenset(key for names in _lists()["given"].values() for key in name_parts(names))


@cache
def _listed() -> dict[str, frozenset[str]]:
    listed: dict[str, frozenset[str]] = {}
    for short, names in _lists()["short"].items():
        key = part_key(short)
        listed[key] = listed.get(key, frozenset()) | frozenset(name_parts(names)) - {key}
    return listed
