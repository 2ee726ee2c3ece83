"""The plain rule that the linker is measured against: nearly the same name, and a birth date or age that fits."""

from collections.abc import Mapping, Sequence

from rapidfuzz.distance import JaroWinkler

from app.matching import DOUBTFUL, SURE, RecordView, ScoredPair, name_parts
from app.matching.births import AGE_FITS, AGE_YEAR_OFF, DATE_SAME, DAY_MONTH_SWAPPED, YEAR_SAME, compare_births

_FITS = frozenset({DATE_SAME, YEAR_SAME, AGE_FITS, AGE_YEAR_OFF})


def plain_link(records: Sequence[RecordView], answers: Mapping[tuple[str, str], bool]) -> list[ScoredPair]:
    """Return the pairs by the rule, without transitive closure, names' rarity or any look at other pairs."""
    names = {each.record_id: " ".join(sorted(name_parts(f"{each.given_names} {each.surname}"))) for each in records}
    found = []
    ordered = sorted(records, key=lambda record: record.record_id)
    for at, other in enumerate(ordered):
        for one in ordered[:at]:
            if one.register == other.register:
                continue
            pair = (one.record_id, other.record_id)
            likeness = JaroWinkler.similarity(names[pair[0]], names[pair[1]])
            birth = compare_births(one, other)
            decision = _decision(likeness, birth)
            if answers.get(pair, decision != ""):
                found.append(ScoredPair(*pair, likeness, SURE if answers.get(pair) else decision, (f"birth:{birth}",)))
    return found


def _decision(likeness: float, birth: str) -> str:
    if likeness >= 0.92 and birth in _FITS:
        return SURE
    if likeness >= 0.85 and birth in {*_FITS, DAY_MONTH_SWAPPED}:
        return DOUBTFUL
    return ""
