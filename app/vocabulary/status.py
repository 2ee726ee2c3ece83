"""Trafficking status and who decided it, as HTCDS exchanges them, and the basis of registration for Eurostat."""

from app.vocabulary.answer import UNKNOWN
from app.vocabulary.code import EUROSTAT, HTCDS, CodeList, entry

STATUS = CodeList(
    "trafficking_status",
    HTCDS,
    (
        entry(
            "presumed",
            "Presumed victim",
            "Viktimë e supozuar",
            "Pretpostavljena žrtva",
            HTCDS,
            "PossibleVictimOfTrafficking",
        ),
        entry(
            "identified",
            "Identified victim",
            "Viktimë e identifikuar",
            "Identifikovana žrtva",
            HTCDS,
            "ActualVictimOfTrafficking",
        ),
        entry(
            "not_a_victim",
            "Not a victim of trafficking",
            "Nuk është viktimë e trafikimit",
            "Nije žrtva trgovine ljudima",
            HTCDS,
            "NotAVictimOfTrafficking",
        ),
    ),
)

DECIDED_BY = CodeList(
    "status_decision_org",
    HTCDS,
    (
        entry("police", "Police", "Policia", "Policija", HTCDS, "Police"),
        entry(
            "ngo", "Non-governmental organisation", "Organizatë joqeveritare", "Nevladina organizacija", HTCDS, "NGO"
        ),
        entry(
            "court_or_prosecution",
            "Court or prosecution",
            "Gjykata ose prokuroria",
            "Sud ili tužilaštvo",
            HTCDS,
            "CourtOrProsecution",
        ),
        entry(
            "other_government",
            "Other government body",
            "Organ tjetër qeveritar",
            "Drugi državni organ",
            HTCDS,
            "NonPoliceGovernmentalOrganization",
        ),
        entry("other", "Other", "Tjetër", "Drugo", HTCDS, "Other"),
        UNKNOWN,
    ),
)

REGISTERED = CodeList(
    "registered_basis",
    EUROSTAT,
    (
        entry(
            "formally_identified",
            "Formally identified",
            "Identifikim formal",
            "Formalna identifikacija",
            EUROSTAT,
            "formally identified",
        ),
        entry(
            "meets_definition",
            "Meets the definition, not formally identified",
            "Plotëson përkufizimin, pa identifikim formal",
            "Ispunjava definiciju, bez formalne identifikacije",
            EUROSTAT,
            "meets the definition",
        ),
        entry(
            "declined",
            "Declined formal identification",
            "Nuk e pranoi identifikimin formal",
            "Odbijena formalna identifikacija",
            EUROSTAT,
            "declined formal identification",
        ),
    ),
)

LISTS = (STATUS, DECIDED_BY, REGISTERED)
