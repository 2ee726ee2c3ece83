"""The coarse dimensions of a case in clear: as they stand in the record, changed by what an act has just stated."""

from collections.abc import Mapping
from typing import Any

from app.queries.standing import Standing
from app.security.vault import Vault
from app.services.act import Act
from app.services.case_keys import CaseKeys
from app.vocabulary.answer import NOT_ASKED, UNKNOWN
from app.vocabulary.breakdown import BETWEEN, MEANS

ASKED_OF_ALL = ("sex", "age_band", "is_child", "citizenship", "region")
OF_THE_DECISION = ("form", "scope")
OF_THE_STORY = ("recruitment", "recruiter_relation", "recruiter_sex", MEANS, "education", "destination")
FIELDS = (*ASKED_OF_ALL, *OF_THE_DECISION, *OF_THE_STORY)

NOTHING_STATED = {
    **dict.fromkeys(OF_THE_DECISION, UNKNOWN.code),
    **dict.fromkeys(OF_THE_STORY, NOT_ASKED.code),
}
"""What the dimensions are of which no act has told anything."""


def stated(answers: Mapping[str, Any]) -> dict[str, str]:
    """The dimensions that a form's answers state; what was left open is not among them."""
    forms = answers.get("exploitation_form") or []
    form = forms[0] if len(forms) == 1 else ("several" if forms else answers.get("form"))
    means = BETWEEN.join(sorted(answers.get(MEANS) or []))
    named = {name: answers.get(name) for name in ("scope", *OF_THE_STORY)}
    found = {**named, "form": form, MEANS: means}
    return {name: str(value) for name, value in found.items() if value}


def dimensions(act: Act) -> dict[str, Any]:
    """The snapshot for counting: the record's own, with what this act changed, and the community from the identity."""
    now = {name: getattr(act.standing, name) for name in FIELDS} | act.snapshot
    return now | {"community": community_of(act)}


def community_of(act: Act) -> str:
    """The community, kept sealed with the identity and only where she agreed; else "not_asked" (decision 36)."""
    return community_told(act.vault, act.keys, act.standing)


def community_told(vault: Vault, keys: CaseKeys, known: Standing) -> str:
    """The same of a case in which no step is taken."""
    if known.identity is None:
        return "not_asked"
    identity = vault.open(keys.identity, known.identity, "client_record", "identity", known.record_id)
    community: str = identity.get("community", "not_asked")
    return community
