"""Levels of risk and the factors weighed for them. Which level leads to which shelter is the procedure's business."""

from app.vocabulary.code import OWN, CodeList, entry

LEVEL = CodeList(
    "risk_level",
    OWN,
    (
        entry("low", "Low", "I ulët", "Nizak"),
        entry("medium", "Medium", "I mesëm", "Srednji"),
        entry("high", "High", "I lartë", "Visok"),
    ),
)

FACTOR = CodeList(
    "risk_factor",
    OWN,
    (
        entry(
            "trafficker_at_large",
            "The trafficker is at large",
            "Trafikanti është në liri",
            "Trgovac ljudima je na slobodi",
        ),
        entry(
            "location_known_to_trafficker",
            "The trafficker may know where the person is",
            "Trafikanti mund ta dijë ku gjendet personi",
            "Trgovac ljudima možda zna gde se lice nalazi",
        ),
        entry("threats_received", "Threats have been made", "Ka pasur kërcënime", "Bilo je pretnji"),
        entry("testifying", "Is going to testify", "Do të dëshmojë", "Svedočiće"),
        entry(
            "recruiter_known_to_family",
            "The recruiter is known to the family",
            "Rekrutuesi njihet nga familja",
            "Porodica poznaje vrbovatelja",
        ),
        entry(
            "family_involved",
            "Family is involved or suspected",
            "Familja është e përfshirë ose e dyshuar",
            "Porodica je umešana ili osumnjičena",
        ),
        entry(
            "official_involved",
            "An official is involved or suspected",
            "Një zyrtar është i përfshirë ose i dyshuar",
            "Službeno lice je umešano ili osumnjičeno",
        ),
        entry(
            "organised_group",
            "An organised group is involved",
            "Është i përfshirë një grup i organizuar",
            "Umešana je organizovana grupa",
        ),
        entry("debt_outstanding", "A debt is still demanded", "Kërkohet ende një borxh", "Još se traži dug"),
        entry(
            "re_trafficked_before",
            "Was trafficked before",
            "Trafikim i mëparshëm",
            "Ranije je bilo žrtva trgovine ljudima",
        ),
        entry("children_at_risk", "Children are at risk", "Fëmijët janë në rrezik", "Deca su u opasnosti"),
        entry("self_harm", "Risk of self-harm", "Rrezik nga vetëlëndimi", "Opasnost od samopovređivanja"),
        entry("health_at_risk", "Health is at risk", "Shëndeti është në rrezik", "Zdravlje je ugroženo"),
        entry(
            "no_safe_place",
            "No safe place to stay",
            "Nuk ka vend të sigurt për qëndrim",
            "Nema bezbednog mesta za boravak",
        ),
        entry("awaiting_return", "Is waiting to return", "Në pritje të kthimit", "Čeka povratak"),
        entry("other_factor", "Another factor", "Faktor tjetër", "Drugi činilac"),
        entry("none_known", "None known", "Asnjë i njohur", "Nijedan nije poznat"),
    ),
)

LISTS = (LEVEL, FACTOR)
