"""Which pairs are worth comparing: records that share a key, so that the work grows with the rows, not their pairs."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from app.matching.compare import Prepared
from app.matching.tokens import possible_birth_years

# A key that more rows share is followed by what parts them further; where nothing does, each row meets only its
# next neighbours in the order of the names.
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
    blocks_of: list[list[list[int]]] = [[] for _ in records]
    for block in _blocks(records):
        for place in block:
            blocks_of[place].append(block)
    for high, blocks in enumerate(blocks_of):
        yield from ((low, high) for low in sorted({place for block in blocks for place in block if place < high}))


def block_keys(each: Prepared) -> Mapping[str, frozenset[str]]:
    """Return the keys of a record, each with the finer keys that stand for it where too many share it.

    Keys are made of the parts of the name, of what of a part outlives a slip, and of years: two years that are
    neighbours have a key in common.
    """
    named = {*each.given, *each.surname, *each.others}
    bare = sorted({_skeleton(part) for part in named})
    starts = sorted({part[:2] for part in named})
    years = sorted({year + off for year in possible_birth_years(each.record) for off in (0, 1)})
    keys = {f"full:{each.full_name}": years}
    keys |= {f"bare:{one}:{other}": years for one in bare for other in bare if one < other}
    keys |= {f"starts:{one}:{other}": years for one in starts for other in starts if one < other}
    # A name in short is its end as often as its beginning: Tina for Valentina, Vare for Kosovare.
    ends = sorted({(one[-3:], other[:2]) for one in named for other in named if one != other})
    keys |= {f"ends:{end}:{start}": years for end, start in ends}
    finer = {key: frozenset(f"{key}:{year}" for year in of) for key, of in keys.items()}
    finer |= {f"part:{part}": frozenset() for part in named}
    initials = {part[:1] for part in named}
    finer |= {f"born:{one}:{year}": _with(f"born:{one}:{year}", initials - {one[:1]}) for one in bare for year in years}
    if each.record.birth_date is not None:
        day, month, year = each.record.birth_date.day, each.record.birth_date.month, each.record.birth_date.year
        date = f"born:{year}:{min(day, month)}:{max(day, month)}"
        finer[date] = _with(date, initials)
    return finer


def _with(key: str, letters: Iterable[str]) -> frozenset[str]:
    return frozenset(f"{key}:{letter}" for letter in letters)


def _skeleton(part: str) -> str:
    # Letters swapped, doubled or lost leave the first letter and most consonants in place.
    return part[:1] + "".join(sorted(set(part[1:]) - _VOWELS))


def _blocks(records: Sequence[Prepared]) -> Iterator[list[int]]:
    """Yield sets of rows to be compared among themselves, none larger than the largest block."""
    shared: defaultdict[str, list[int]] = defaultdict(list)
    keys = [block_keys(each) for each in records]
    for place, finer in enumerate(keys):
        for key in finer:
            shared[key].append(place)
    parted: defaultdict[str, list[int]] = defaultdict(list)
    for key, places in shared.items():
        if len(places) <= LARGEST_BLOCK:
            yield places
            continue
        for place in places:
            for further in keys[place][key]:
                parted[further].append(place)
    for places in parted.values():
        yield from _neighbours(places, records) if len(places) > LARGEST_BLOCK else (places,)


def _neighbours(places: Sequence[int], records: Sequence[Prepared]) -> Iterator[list[int]]:
    """Yield sets in which each row meets its next neighbours, however many share the key."""
    ordered = sorted(places, key=lambda place: _sorting(records[place]))
    for start in range(0, len(ordered), NEIGHBOURS):
        yield ordered[start : start + 2 * NEIGHBOURS]


def _sorting(each: Prepared) -> tuple[str, str]:
    years = possible_birth_years(each.record)
    return each.full_name, f"{min(years, default=0)}{each.record.birth_date or ''}"
