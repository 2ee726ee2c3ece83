"""Which shelters would take her, with the reasons for and against. It shows; it never decides."""

from app.models.intake import ShelterIntake
from app.queries.shelter_intake import PlaceRow
from app.queries.standing import Standing
from app.vocabulary import age_band

ADULT = 18


def reasons_against(place: PlaceRow, known: Standing) -> list[str]:
    """Reason keys why the place does not take her on the day that it was read for; empty where it does."""
    shut = [place.shut] if place.shut else []
    return shut + (_against(place.intake, known) if place.intake else ["no_intake"])


def _against(takes: ShelterIntake, known: Standing) -> list[str]:
    is_child = known.is_child or known.age_in_doubt
    is_foreign = known.citizenship not in ("XK", "unknown")
    too_young, too_old = _out_of_age(takes, known)
    only_adults = is_child and takes.min_age >= ADULT
    only_children = not is_child and takes.max_age is not None and takes.max_age < ADULT
    checks = (
        ("no_men", known.sex == "M" and not takes.takes_men),
        ("no_women", known.sex == "F" and not takes.takes_women),
        ("no_children", only_adults),
        ("no_adults", only_children),
        ("no_younger", too_young and not only_adults),
        ("no_older", too_old and not only_children),
        ("no_foreign", is_foreign and not takes.takes_foreign),
        ("no_domestic", not is_foreign and not takes.takes_domestic),
        ("no_high_risk", is_high(known) and not takes.takes_high_risk),
        ("no_disability", known.disability == "yes" and not takes.takes_disability),
        ("no_accompanied", known.has_children == "yes" and not takes.takes_accompanied),
    )
    return [key for key, stands in checks if stands]


def _out_of_age(takes: ShelterIntake, known: Standing) -> tuple[bool, bool]:
    """Whether everyone of her age band is too young for the place, or too old; of a presumed child nobody says so."""
    youngest, oldest = age_band.bounds(known.age_band)
    if known.age_in_doubt or (known.is_child and youngest >= ADULT):
        return False, False
    too_young = oldest is not None and oldest < takes.min_age
    return too_young, takes.max_age is not None and youngest > takes.max_age


def reasons_for(place: PlaceRow, known: Standing) -> list[str]:
    """Reason keys why the place is the one for her, by risk, age, origin and sex (field.md 9.1 A9)."""
    is_child = known.is_child or known.age_in_doubt
    is_foreign = known.citizenship not in ("XK", "unknown")
    kind, takes = place.shelter.kind, place.intake
    checks = (
        ("for_high_risk", is_high(known) and kind == "high_risk"),
        ("for_children", is_child and kind == "child"),
        ("for_foreign", is_foreign and not is_child and not is_high(known) and kind == "foreign"),
        ("for_men", known.sex == "M" and not is_child and kind == "men_disabled"),
        ("for_disability", known.disability == "yes" and takes is not None and takes.takes_disability),
        ("for_accompanied", known.has_children == "yes" and takes is not None and takes.takes_accompanied),
        ("for_others", not (is_child or is_foreign or is_high(known) or known.sex == "M") and kind == "ngo"),
    )
    return [key for key, stands in checks if stands]


def to_check(place: PlaceRow, known: Standing, free_cots: int) -> list[str]:
    """Keys of what to ask or to settle before the place is chosen: what is not known of her would speak against it."""
    takes = place.intake
    checks = (
        ("ask_disability", known.disability == "unknown" and takes is not None and not takes.takes_disability),
        ("ask_children", known.has_children == "unknown" and takes is not None and not takes.takes_accompanied),
        ("few_cots", known.babies > free_cots),
    )
    return [key for key, stands in checks if stands]


def is_high(known: Standing) -> bool:
    """Whether the risk is rated high, provisionally or jointly."""
    return known.states.get("risk", "").endswith("_high")
