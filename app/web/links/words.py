"""The keys by which app/matching says how two records agree, in words. A test sees when one is missing."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

AGREES, NEARLY, AGAINST = "calm", "note", "alarm"

ATTRIBUTES = {
    "given_names": _l("First name"),
    "surname": _l("Surname"),
    "name_order": _l("Order of the names"),
    "birth_date": _l("Birth"),
    "sex": _l("Sex"),
    "citizenship": _l("Citizenship"),
    "region": _l("Region"),
    "form": _l("Form of exploitation"),
    "scope": _l("Internal or cross-border"),
    "seen": _l("Days of the two acts"),
    "link": _l("The link itself"),
}

_OF_A_NAME = {
    "same": (_l("the same"), AGREES),
    "close": (_l("a letter or two differ"), AGREES),
    "short": (_l("one is a short form of the other"), NEARLY),
    "part": (_l("one part of the name is the same"), NEARLY),
    "alike": (_l("alike, but both can be names of their own"), AGAINST),
    "initial": (_l("only an initial is given, and it fits"), NEARLY),
    "differs": (_l("different"), AGAINST),
}
_OF_A_CODE = {"same": (_l("the same"), AGREES), "differs": (_l("different"), AGAINST)}

LEVELS = {
    "given_names": _OF_A_NAME,
    "surname": {**_OF_A_NAME, "differs_may_be_married": (_l("different: it may be a married name"), NEARLY)},
    "name_order": {"swapped": (_l("first name and surname stand the other way round"), NEARLY)},
    "birth_date": {
        "same": (_l("the same day"), AGREES),
        "day_month_swapped": (_l("the same, with day and month the other way round"), AGREES),
        "close": (_l("one digit or one day apart"), NEARLY),
        "year_same": (_l("the same year; one of the two gives no day"), AGREES),
        "year_off": (_l("one year apart"), AGAINST),
        "year_same_day_differs": (_l("the same year, but another day"), AGAINST),
        "age_fits": (_l("the age that was told fits"), AGREES),
        "age_year_off": (_l("the age that was told is a year off"), NEARLY),
        "age_two_off": (_l("the age that was told is two years off"), AGAINST),
        "differs": (_l("different"), AGAINST),
    },
    "sex": _OF_A_CODE,
    "citizenship": {**_OF_A_CODE, "often_confused": (_l("different, but these two are often taken for one"), NEARLY)},
    "region": _OF_A_CODE,
    "form": _OF_A_CODE,
    "scope": _OF_A_CODE,
    "seen": {
        "near": (_l("within six weeks"), AGREES),
        "within_months": (_l("within half a year"), NEARLY),
        "far": (_l("more than half a year apart"), AGAINST),
    },
    "link": {
        "through_another_record": (_l("both are linked with a third record"), NEARLY),
        "reviewer_answered": (_l("a reviewer has answered this pair"), AGREES),
    },
}

TONES = {AGREES: _l("For it"), NEARLY: _l("May fit"), AGAINST: _l("Against it")}


@dataclass(frozen=True)
class Agreement:
    """How two records agree in one attribute, in words, and for which answer it speaks."""

    attribute: str
    level: str
    tone: str

    @property
    def speaks(self) -> str:
        """The tone in words."""
        return str(TONES[self.tone])


def agreement(reason: str) -> Agreement:
    """A reason key in words; one without words shows itself, and fails a test."""
    attribute, _, level = reason.partition(":")
    words, tone = LEVELS.get(attribute, {}).get(level, (level, NEARLY))
    return Agreement(str(ATTRIBUTES.get(attribute, attribute)), str(words), tone)


def in_short(reasons: tuple[str, ...], tone: str) -> str:
    """The attributes of one tone on one line."""
    told = [agreement(reason) for reason in reasons]
    return "; ".join(f"{one.attribute}: {one.level}" for one in told if one.tone == tone)
