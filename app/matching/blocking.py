"""Which pairs are worth comparing: records that share a key, so that the work grows with the rows, not their pairs."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from app.matching.compare import Prepared
from app.matching.tokens import possible_birth_years

# A block of more rows than this is sorted, and each row meets only its next neighbours.
LARGEST_BLOCK = 30
NEIGHBOURS = 8
# So few rows are all compared: no key has to hold then, and the cost has a fixed bound.
SMALL_SET = 200
_VOWELS = frozenset("aeiou")


def candidate_pairs(records: Sequence[Prepared]) -> Iterator[tuple[int, int]]:
    """Yield the places of two records to compare, lower first, each pair once."""
    if len(records) <= SMALL_SET:
        yield from ((low, high) for high in range(len(records)) for low in range(high))
        return
    blocks: defaultdict[str, list[int]] = defaultdict(list)
    for place, each in enumerate(records):
        for key in block_keys(each):
            blocks[key].append(place)
    pairs: set[tuple[int, int]] = set()
    for places in blocks.values():
        pairs.update(_pairs_in(places, records))
    yield from sorted(pairs)


def block_keys(each: Prepared) -> frozenset[str]:
    """Return the keys of a record: names, and names or skeletons of names with what is known of the birth."""
    years = {year + off for year in possible_birth_years(each.record) for off in (-1, 0, 1)} or {0}
    named = {*each.given, *each.surname, *each.others}
    skeletons = {_skeleton(part) for part in named}
    keys = {f"full:{each.full_name}"}
    keys |= {f"ends:{first}:{second}" for first in skeletons for second in skeletons if first < second}
    keys |= {f"part:{part}:{year}" for part in named for year in years}
    if each.record.birth_date is not None:
        day, month, year = each.record.birth_date.day, each.record.birth_date.month, each.record.birth_date.year
        keys.add(f"born:{year}:{min(day, month)}:{max(day, month)}")
    return frozenset(keys)


def _skeleton(part: str) -> str:
    # Letters swapped, doubled or lost leave the first letter and most consonants in place.
    return part[:1] + "".join(sorted(set(part[1:]) - _VOWELS))


def _pairs_in(places: Sequence[int], records: Sequence[Prepared]) -> Iterator[tuple[int, int]]:
    if len(places) <= LARGEST_BLOCK:
        yield from ((low, high) for at, high in enumerate(places) for low in places[:at])
        return
    ordered = sorted(places, key=lambda place: _sorting(records[place]))
    for at, place in enumerate(ordered):
        for other in ordered[at + 1 : at + 1 + NEIGHBOURS]:
            yield (place, other) if place < other else (other, place)


def _sorting(each: Prepared) -> tuple[str, str]:
    years = possible_birth_years(each.record)
    return each.full_name, f"{min(years, default=0)}{each.record.birth_date or ''}"
