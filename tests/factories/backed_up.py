"""A world that is written to while it is backed up, places to restore to, and ways in which a backup is damaged."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from uuid import UUID

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from app.models.audit import CHAINS
from app.security.sealed_stream import HEADER, PIECE, TAG
from app.services import notes, schema, unit_of_work
from app.services.notes import NewNote
from tests.factories.world import A_DAY, World

NOTE = NewNote("T", "She wants to rest.", A_DAY)
WRITERS, RATE = 5, 50
PATIENCE = 10.0  # seconds
SEALED = PIECE + TAG


def backup_url(world: World) -> str:
    """The address by which a backup may be made."""
    return world.owner_url


@contextmanager
def empty_place(world: World, folder: Path) -> Iterator[str]:
    """The address of an empty database of the same kind."""
    if world.database.is_postgresql:
        with schema.passing_database(world.owner_url) as url:
            yield url
        return
    yield f"sqlite:///{folder / 'restored.db'}"


@contextmanager
def written_to(world: World, case_id: UUID) -> Iterator[list[int]]:
    """Fifty acts a second by five members at once; gives how many there were by writer."""
    ended, done = Event(), [0] * WRITERS
    author = world.actor("advocate")

    def write(number: int) -> None:
        unit_of_work.bind(world.database)
        while not ended.wait(WRITERS / RATE):
            notes.add_note(author, case_id, NOTE)
            done[number] += 1

    writers = [Thread(target=write, args=(number,)) for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    try:
        yield done
    finally:
        ended.set()
        for writer in writers:
            writer.join()


def after_an_act(done: list[int]) -> None:
    """Wait until somebody has done something more: a fast machine makes two backups between two acts."""
    before, latest = sum(done), time.monotonic() + PATIENCE
    while sum(done) == before and time.monotonic() < latest:
        time.sleep(0.01)


def _cut(whole: bytes) -> bytes:
    return whole[: HEADER + SEALED]


def _cut_short(whole: bytes) -> bytes:
    return whole[:-1]


def _flipped(whole: bytes) -> bytes:
    at = HEADER + SEALED + 100
    return whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]


def _head_flipped(whole: bytes) -> bytes:
    at = HEADER - 12
    return whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]


def _exchanged(whole: bytes) -> bytes:
    first, second = whole[HEADER : HEADER + SEALED], whole[HEADER + SEALED : HEADER + 2 * SEALED]
    return whole[:HEADER] + second + first + whole[HEADER + 2 * SEALED :]


def _doubled(whole: bytes) -> bytes:
    first = whole[HEADER : HEADER + SEALED]
    return whole[:HEADER] + first + whole[HEADER:]


def _added_to(whole: bytes) -> bytes:
    return whole + b"\0"


def _of_something_else(_whole: bytes) -> bytes:
    return b"PK\x03\x04" + bytes(1000)


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut off between two pieces": _cut,
    "its last byte is missing": _cut_short,
    "one bit is turned": _flipped,
    "one bit of its head is turned": _head_flipped,
    "two pieces are exchanged": _exchanged,
    "a piece stands twice": _doubled,
    "a byte was added": _added_to,
    "it is another file": _of_something_else,
}


def without_authentication(key: bytes, nonce: bytes, sealed: bytes, _header: bytes) -> bytes:
    """A piece decrypted by the same cipher without asking for its tag: what a careless reader does."""
    cipher = Cipher(algorithms.AES(key), modes.CTR(nonce + (2).to_bytes(4, "big"))).decryptor()
    return cipher.update(sealed[:-TAG]) + cipher.finalize()


def one_letter_changed(whole: bytes, plain: bytes, wanted: bytes) -> bytes:
    """The backup with one bit turned where a word of the database lies: a name becomes another name."""
    at = plain.index(wanted)
    place = HEADER + at + TAG * (at // PIECE)
    return whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]


def heads(number_of: list[list[object]]) -> int:
    """How many entries all chains have."""
    assert len(number_of) == CHAINS
    return sum(int(str(row[1])) for row in number_of)
