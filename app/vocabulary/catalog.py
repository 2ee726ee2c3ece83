"""Finds a code list by its name. A new file of lists is added to `_NOUNS` here."""

from app.vocabulary import (
    age_band,
    age_group,
    agency,
    answer,
    bed,
    breakdown,
    call,
    child,
    closure,
    community,
    compensation,
    consent,
    country,
    decision,
    decline,
    entry_door,
    exploitation,
    funding,
    gender,
    guardian,
    hotline,
    house,
    indicator,
    justice,
    language,
    legal_status,
    length_of_stay,
    link,
    means_of_control,
    meeting,
    metric,
    need,
    operation,
    palermo,
    recruitment,
    referral,
    refusal,
    region,
    reintegration,
    return_journey,
    risk,
    role,
    safe_contact,
    scope,
    service,
    sex,
    shelter,
    shut_house,
    signal,
    status,
    training,
    transnational,
)
from app.vocabulary.code import CodeList

_NOUNS = (
    age_band.LISTS,
    age_group.LISTS,
    agency.LISTS,
    answer.LISTS,
    bed.LISTS,
    breakdown.LISTS,
    call.LISTS,
    child.LISTS,
    closure.LISTS,
    community.LISTS,
    compensation.LISTS,
    consent.LISTS,
    country.LISTS,
    decision.LISTS,
    decline.LISTS,
    entry_door.LISTS,
    exploitation.LISTS,
    funding.LISTS,
    gender.LISTS,
    guardian.LISTS,
    hotline.LISTS,
    house.LISTS,
    indicator.LISTS,
    justice.LISTS,
    language.LISTS,
    legal_status.LISTS,
    length_of_stay.LISTS,
    link.LISTS,
    means_of_control.LISTS,
    meeting.LISTS,
    metric.LISTS,
    need.LISTS,
    operation.LISTS,
    palermo.LISTS,
    recruitment.LISTS,
    referral.LISTS,
    refusal.LISTS,
    region.LISTS,
    reintegration.LISTS,
    return_journey.LISTS,
    risk.LISTS,
    role.LISTS,
    safe_contact.LISTS,
    scope.LISTS,
    service.LISTS,
    sex.LISTS,
    shelter.LISTS,
    shut_house.LISTS,
    signal.LISTS,
    status.LISTS,
    training.LISTS,
    transnational.LISTS,
)
_ALL: tuple[CodeList, ...] = tuple(code_list for noun in _NOUNS for code_list in noun)
_BY_NAME = {code_list.name: code_list for code_list in _ALL}
if len(_BY_NAME) != len(_ALL):
    raise ValueError("two code lists have the same name")


def names() -> tuple[str, ...]:
    """Return the names of all code lists in alphabetical order."""
    return tuple(sorted(_BY_NAME))


def get(name: str) -> CodeList:
    """Return a code list; KeyError that names the list when there is none."""
    try:
        return _BY_NAME[name]
    except KeyError:
        raise KeyError(f"there is no code list {name!r}; see app/vocabulary/catalog.py") from None
