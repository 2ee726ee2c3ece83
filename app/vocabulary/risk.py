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
            "knows_whereabouts",
            "The trafficker may know where the person is",
            "Trafikanti mund ta dijë vendndodhjen",
            "Trgovac ljudima možda zna gde se nalazi",
        ),
        entry("threats_received", "Threats have been made", "Ka pasur kërcënime", "Bilo je pretnji"),
        entry("will_testify", "Is going to testify", "Do të dëshmojë", "Svedočiće"),
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
        entry(
            "trafficked_before",
            "Was trafficked before",
            "Ka qenë e trafikuar më parë",
            "Ranije je bilo žrtva trgovine ljudima",
        ),
        entry("self_harm", "Risk of self-harm", "Rrezik nga vetëlëndimi", "Opasnost od samopovređivanja"),
        entry("urgent_medical_need", "Urgent medical need", "Nevojë mjekësore urgjente", "Hitna medicinska potreba"),
        entry("children_at_risk", "Children are at risk", "Fëmijët janë në rrezik", "Deca su u opasnosti"),
        entry("awaiting_return", "Is waiting to return", "Në pritje të kthimit", "Čeka povratak"),
        entry("other", "Another factor", "Faktor tjetër", "Drugi činilac"),
    ),
)

LISTS = (LEVEL, FACTOR)
