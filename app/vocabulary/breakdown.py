"""By what a count can be broken down, and the words of its rows. How they are counted belongs to the queries."""

from app.vocabulary import (
    age_band,
    age_group,
    community,
    country,
    education,
    entry_door,
    exploitation,
    means_of_control,
    recruitment,
    region,
    scope,
    sex,
)
from app.vocabulary.answer import NOT_ASKED, REFUSED, UNKNOWN
from app.vocabulary.code import OWN, CodeList, Label, entry

SEX, AGE_BAND, ADULT_CHILD, CITIZENSHIP, COMMUNITY = "sex", "age_band", "adult_child", "citizenship", "community"
MEANS = "means_of_control"

BREAKDOWN = CodeList(
    "breakdown",
    OWN,
    (
        entry(SEX, "Sex", "Gjinia", "Pol"),
        entry(AGE_BAND, "Age band", "Grupmosha", "Starosna grupa"),
        entry(ADULT_CHILD, "Adult or child", "I rritur ose fëmijë", "Odrasla osoba ili dete"),
        entry(CITIZENSHIP, "Citizenship", "Shtetësia", "Državljanstvo"),
        entry(COMMUNITY, "Community", "Komuniteti", "Zajednica"),
        entry("region", "Region", "Rajoni", "Region"),
        entry("form", "Form of exploitation", "Forma e shfrytëzimit", "Oblik eksploatacije"),
        entry("scope", "Internal or cross-border", "I brendshëm ose ndërkufitar", "Unutrašnja ili prekogranična"),
        entry("recruitment", "Promise at recruitment", "Premtimi gjatë rekrutimit", "Obećanje pri vrbovanju"),
        entry("recruiter_relation", "Relation of the recruiter", "Lidhja e rekrutuesit", "Odnos vrbovaoca"),
        entry("recruiter_sex", "Sex of the recruiter", "Gjinia e rekrutuesit", "Pol vrbovaoca"),
        entry(MEANS, "Means of control", "Mjetet e kontrollit", "Sredstva kontrole"),
        entry("education", "Education", "Arsimi", "Obrazovanje"),
        entry("destination", "Country of exploitation", "Shteti i shfrytëzimit", "Država eksploatacije"),
        entry("entry_door", "Door of entry", "Dera e hyrjes", "Način ulaska u sistem"),
    ),
)

_LISTS: dict[str, CodeList] = {
    SEX: sex.LISTS[0],
    CITIZENSHIP: country.LISTS[0],
    COMMUNITY: community.LISTS[0],
    "region": region.LISTS[0],
    "form": exploitation.FORM,
    "scope": scope.LISTS[0],
    "recruitment": recruitment.PROMISE,
    "recruiter_relation": recruitment.RELATION,
    "recruiter_sex": sex.LISTS[0],
    MEANS: means_of_control.LISTS[0],
    "education": education.EDUCATION,
    "destination": country.LISTS[0],
    "entry_door": entry_door.LISTS[0],
}

SEVERAL = frozenset({MEANS})
"""Breakdowns of which a person may have several codes: she stands in the row of each, and rows do not add up."""

BETWEEN = ";"
"""What parts the codes of such a breakdown where they are kept as one word, in alphabetical order."""

CHILD, ADULT = "child", "adult"
HOME = "XK"
NO_ANSWER = {code.code: code for code in (UNKNOWN, REFUSED, NOT_ASKED)}
"""What any row may be beside those of its list: three different things, none of them zero."""

NO_COMMUNITY = frozenset(NO_ANSWER)

_GROUPS, _BANDS = age_group.LISTS[0], age_band.LISTS[0]
_CHILD_BANDS = frozenset({"0-8", "9-17"})
_AGE_NOT_KNOWN = {
    CHILD: Label("Child, age not known", "Fëmijë, mosha nuk dihet", "Dete, starost nije poznata"),
    ADULT: Label("Adult, age not known", "I rritur, mosha nuk dihet", "Odrasla osoba, starost nije poznata"),
}
_AGAINST_BAND = {
    CHILD: Label("treated as a child", "trajtohet si fëmijë", "postupa se kao sa detetom"),
    ADULT: Label("treated as an adult", "trajtohet si i rritur", "postupa se kao sa odraslom osobom"),
}

LISTS = (BREAKDOWN,)


def age_value(is_child: bool, band: str) -> str:
    """The row of the age breakdown: rows of children and of adults are kept apart, so that each sums to its own."""
    return f"{CHILD if is_child else ADULT}:{band}"


def group_of(value: str) -> str:
    """Whether a row of the age breakdown is one of children or of adults."""
    return value.partition(":")[0]


def value_label(dimension: str, value: str, language: str) -> str:
    """The words of a row; a value that its list no longer has shows itself. KeyError for an unknown dimension."""
    if dimension == AGE_BAND:
        return _age_label(value, language)
    codes = _GROUPS if dimension == ADULT_CHILD else _LISTS[dimension]
    if value not in codes and value in NO_ANSWER:
        return NO_ANSWER[value].label.text(language)
    return codes.label(value, language) if value in codes else value


def codes_of(dimension: str) -> tuple[str, ...]:
    """All rows that a breakdown can have, in the order of its list, for the labels of an export."""
    if dimension == ADULT_CHILD:
        return (ADULT, CHILD)
    if dimension == AGE_BAND:
        return tuple(age_value(is_child, band) for is_child in (True, False) for band in _BANDS.keys())  # noqa: SIM118 - a code list, no dict
    listed = _LISTS[dimension].keys()
    return (*listed, *(code for code in NO_ANSWER if code not in listed))


def in_order(dimension: str, values: frozenset[str]) -> list[str]:
    """The values in the order of their list, those that it does not know at the end."""
    places = {code: place for place, code in enumerate(codes_of(dimension))}
    return sorted(values, key=lambda value: (places.get(value, len(places)), value))


def _age_label(value: str, language: str) -> str:
    group, _, band = value.partition(":")
    if band == UNKNOWN.code or band not in _BANDS:
        return _AGE_NOT_KNOWN[group].text(language)
    words = _BANDS.label(band, language)
    if (band in _CHILD_BANDS) == (group == CHILD):
        return words
    return f"{words} ({_AGAINST_BAND[group].text(language)})"
