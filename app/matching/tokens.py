"""Which strings of a record are looked up by keyed token, and the token itself; the caller owns the key."""

import hashlib
import hmac
from collections.abc import Iterable

from app.matching.lexicon import spelling_variants
from app.matching.names import name_parts, words
from app.matching.records import RecordView

TOKEN_BYTES = 8


def token(key: bytes, text: str) -> bytes:
    """Return HMAC-SHA-256 of the text cut to 64 bits (design decision 43); ValueError for a key under 16 bytes."""
    if len(key) < 16:
        raise ValueError("a token key has at least 16 bytes")
    return hmac.new(key, text.encode(), hashlib.sha256).digest()[:TOKEN_BYTES]


def search_texts(*names: str, birth_years: Iterable[int] = ()) -> frozenset[str]:
    """Return what is stored for a record: each whole name part, and each part with each possible birth year."""
    parts = {part for name in names for part in name_parts(name)}
    years = set(birth_years)
    return frozenset({_name(part) for part in parts} | {_born(part, year) for part in parts for year in years})


def query_texts(name: str, birth_year: int | None = None) -> tuple[frozenset[str], ...]:
    """Return what to look up for a name typed by a searcher: for each part the texts of which one must be stored.

    Spelling variants and short names are made here, at query time, so that storing them never doubles the tokens.
    """
    spellings = [spelling_variants(word) for word in words(name)]
    if birth_year is None:
        return tuple(frozenset(_name(part) for part in parts) for parts in spellings if parts)
    return tuple(frozenset(_born(part, birth_year) for part in parts) for parts in spellings if parts)


def possible_birth_years(record: RecordView) -> frozenset[int]:
    """Return the years in which the person may be born by what the record says; empty if it says nothing."""
    if record.birth_date is not None:
        return frozenset({record.birth_date.year})
    if record.birth_year is not None:
        return frozenset({record.birth_year})
    if record.age is not None and record.age_on is not None:
        latest = record.age_on.year - record.age
        return frozenset({latest - 1, latest})
    return frozenset()


def link_texts(record: RecordView) -> frozenset[str]:
    """Return what is stored for the linker, under its own key: the same strings as for a search."""
    return search_texts(record.given_names, record.surname, birth_years=possible_birth_years(record))


def _name(part: str) -> str:
    return f"name:{part}"


def _born(part: str, year: int) -> str:
    return f"born:{part}:{year}"
