"""What is kept of a person at intake: the sealed identity, safe contact, snapshot in clear, tokens."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert

from app.matching.records import RecordView
from app.matching.tokens import link_texts, possible_birth_years, search_texts, token
from app.models.record import LinkToken, SearchToken
from app.services.unit_of_work import Work
from app.vocabulary import age_band

ADULT = 18
IDENTITY_FIELDS = ("given_name", "family_name", "birth_date", "birth_year", "age", "age_on", "community")
CONTACT_FIELDS = (
    "safe_contact",
    "contact_detail",
    "contact_hours",
    "contact_answered_by",
    "contact_may_say",
    "contact_code_word",
)
NO_CONTACT = frozenset({None, "", "do_not_contact", "not_yet_known"})


def identity_of(answers: Mapping[str, Any], on: date) -> dict[str, Any]:
    """The identity as it will be sealed; an age is kept with the day it was told on."""
    kept = {name: answers[name] for name in IDENTITY_FIELDS if answers.get(name) not in (None, "")}
    if "age" in kept and "age_on" not in kept:
        kept["age_on"] = on.isoformat()
    citizenships = answers.get("citizenship") or []
    return kept | ({"citizenships": list(citizenships)} if citizenships else {})


def contact_of(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The safe contact as it will be sealed (decision 26)."""
    return {name: answers[name] for name in CONTACT_FIELDS if answers.get(name) not in (None, "")}


def has_safe_contact(answers: Mapping[str, Any]) -> bool:
    """Whether there is a way to reach her at all."""
    return answers.get("safe_contact") not in NO_CONTACT


def age_on(identity: Mapping[str, Any], day: date) -> int | None:
    """Her age on a day as far as it is known: from the birth date, the age that was told, or the birth year."""
    if identity.get("birth_date"):
        born = date.fromisoformat(identity["birth_date"])
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    if identity.get("age") is not None:
        return int(identity["age"])
    return day.year - int(identity["birth_year"]) if identity.get("birth_year") else None


def age_facts(age_group: str | None, age: int | None) -> dict[str, Any]:
    """The age band and whether she counts as a child: presumption of age where it is in doubt."""
    is_child = age < ADULT if age is not None and age_group in (None, "", "adult", "child") else age_group == "child"
    return {"age_band": age_band.band(age), "is_child": is_child or age_group == "child"}


def snapshot_of(answers: Mapping[str, Any], identity: Mapping[str, Any], on: date) -> dict[str, Any]:
    """The coarse dimensions in clear."""
    citizenships = list(answers.get("citizenship") or [])
    return {
        "sex": answers.get("sex") or "unknown",
        "region": answers.get("region") or "unknown",
        "citizenship": "XK" if "XK" in citizenships else (citizenships or ["unknown"])[0],
        "form": answers.get("form") or "unknown",
        "scope": answers.get("scope") or "unknown",
        **age_facts(answers.get("age_group"), age_on(identity, on)),
    }


def record_view(
    record_id: UUID,
    register: str,
    identity: Mapping[str, Any],
    snapshot: Mapping[str, Any],
    seen_on: date | None = None,
) -> RecordView:
    """The record as tokens and the linker look at it."""

    def day(name: str) -> date | None:
        return date.fromisoformat(identity[name]) if identity.get(name) else None

    return RecordView(
        record_id=str(record_id),
        register=register,
        given_names=identity.get("given_name", ""),
        surname=identity.get("family_name", ""),
        other_names=identity.get("other_names", ""),
        birth_date=day("birth_date"),
        birth_year=identity.get("birth_year"),
        age=identity.get("age"),
        age_on=day("age_on"),
        sex=snapshot["sex"] if snapshot["sex"] in ("F", "M") else "",
        citizenships=frozenset(identity.get("citizenships") or ()),
        region=_known(snapshot["region"]),
        form=_known(snapshot["form"]),
        scope=_known(snapshot["scope"]),
        seen_on=seen_on,
    )


def _known(code: str) -> str:
    return "" if code == "unknown" else code


def store_tokens(work: Work, view: RecordView, agency_id: UUID, *, is_new: bool = True) -> None:
    """Keep the search tokens of one agency and the linker's tokens of a record."""
    record_id = UUID(view.record_id)
    if not is_new:
        work.session.execute(delete(SearchToken).where(SearchToken.record_id == record_id))
        work.session.execute(delete(LinkToken).where(LinkToken.record_id == record_id))
    search_key, link_key = work.vault.keyring.search(agency_id), work.vault.keyring.link
    texts = search_texts(view.given_names, view.surname, birth_years=possible_birth_years(view))
    found = [{"agency_id": agency_id, "token": token(search_key, one), "record_id": record_id} for one in texts]
    linked = [{"token": token(link_key, one), "record_id": record_id} for one in link_texts(view)]
    if found:
        work.session.execute(insert(SearchToken), found)
        work.session.execute(insert(LinkToken), linked)
