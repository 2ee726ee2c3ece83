"""Pure linking of records to people: name keys, tokens, comparison, scores. No database, no keys, no web."""

from app.matching.lexicon import spelling_variants
from app.matching.link import link
from app.matching.names import name_parts, part_key
from app.matching.records import DOUBTFUL, SURE, RecordView, ScoredPair
from app.matching.tokens import link_texts, possible_birth_years, query_texts, search_texts, token

__all__ = [
    "DOUBTFUL",
    "SURE",
    "RecordView",
    "ScoredPair",
    "link",
    "link_texts",
    "name_parts",
    "part_key",
    "possible_birth_years",
    "query_texts",
    "search_texts",
    "spelling_variants",
    "token",
]
