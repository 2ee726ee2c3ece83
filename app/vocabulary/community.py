"""Community, asked only with consent, kept with the counting facts and shown in aggregates alone (decision 36)."""

from app.vocabulary.answer import NOT_ASKED, REFUSED, UNKNOWN
from app.vocabulary.code import OWN, CodeList, entry

LISTS = (
    CodeList(
        "community",
        OWN,
        (
            entry("kosovo_albanian", "Kosovo Albanian", "Shqiptare e Kosovës", "Kosovska albanska"),
            entry("kosovo_serb", "Kosovo Serb", "Serbe e Kosovës", "Kosovska srpska"),
            entry("roma", "Roma", "Rome", "Romska"),
            entry("ashkali", "Ashkali", "Ashkali", "Aškalijska"),
            entry("egyptian", "Egyptian", "Egjiptiane", "Egipćanska"),
            entry("bosniak", "Bosniak", "Boshnjake", "Bošnjačka"),
            entry("turk", "Turk", "Turke", "Turska"),
            entry("gorani", "Gorani", "Gorane", "Goranska"),
            entry("other", "Other community", "Komunitet tjetër", "Druga zajednica"),
            NOT_ASKED,
            REFUSED,
            UNKNOWN,
        ),
    ),
)
