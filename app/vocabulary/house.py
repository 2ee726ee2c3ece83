"""Life in a shelter's house: limits on movement, what the person says to them, how they are reviewed."""

from app.vocabulary.answer import NOT_ASKED
from app.vocabulary.code import OWN, CodeList, entry

LIMIT_KIND = CodeList(
    "limit_kind",
    OWN,
    (
        entry("stays_in", "Does not leave the house", "Nuk del nga shtëpia", "Ne izlazi iz kuće"),
        entry("accompanied", "Goes out accompanied only", "Del vetëm me shoqërim", "Izlazi samo u pratnji"),
        entry(
            "certain_hours",
            "Goes out at certain hours",
            "Del në orë të caktuara",
            "Izlazi u određeno vreme",
        ),
        entry(
            "certain_places",
            "Keeps away from some places",
            "Nuk shkon në disa vende",
            "Ne ide na neka mesta",
        ),
        entry("other", "Another limit", "Kufizim tjetër", "Drugo ograničenje"),
    ),
)

OWN_WORD = CodeList(
    "own_word",
    OWN,
    (
        entry("agrees", "Agrees", "Pajtohet", "Slaže se"),
        entry("does_not", "Does not agree", "Nuk pajtohet", "Ne slaže se"),
        NOT_ASKED,
    ),
)

LIMIT_REVIEW = CodeList(
    "limit_review",
    OWN,
    (
        entry("upheld", "It is still needed", "Është ende i nevojshëm", "I dalje je potrebno"),
        entry("lifted", "It is lifted", "Hiqet", "Ukida se"),
    ),
)

TOLD_WAY = CodeList(
    "told_way",
    OWN,
    (
        entry("spoken", "It was spoken about", "U bisedua", "Razgovarano je"),
        entry("read", "The person read it", "Personi e lexoi", "Lice je pročitalo"),
        entry("read_aloud", "It was read aloud", "U lexua me zë", "Pročitano je naglas"),
        entry("interpreter", "Through an interpreter", "Me përkthyes", "Preko prevodioca"),
    ),
)

LISTS = (LIMIT_KIND, OWN_WORD, LIMIT_REVIEW, TOLD_WAY)
