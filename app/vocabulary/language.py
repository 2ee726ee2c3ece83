"""Languages that a person or an interpreter speaks. The languages of the pages are in web/languages.py."""

from app.vocabulary.answer import NOT_ASKED, UNKNOWN
from app.vocabulary.code import ISO_LANGUAGE, CodeList, entry

_SPOKEN = (
    ("sqi", "Albanian", "Shqip", "Albanski"),
    ("srp", "Serbian", "Serbisht", "Srpski"),
    ("bos", "Bosnian", "Boshnjakisht", "Bosanski"),
    ("tur", "Turkish", "Turqisht", "Turski"),
    ("rom", "Romani", "Romisht", "Romski"),
    ("eng", "English", "Anglisht", "Engleski"),
    ("deu", "German", "Gjermanisht", "Nemački"),
    ("fra", "French", "Frëngjisht", "Francuski"),
    ("ita", "Italian", "Italisht", "Italijanski"),
    ("spa", "Spanish", "Spanjisht", "Španski"),
    ("mkd", "Macedonian", "Maqedonisht", "Makedonski"),
    ("hrv", "Croatian", "Kroatisht", "Hrvatski"),
    ("bul", "Bulgarian", "Bullgarisht", "Bugarski"),
    ("ron", "Romanian", "Rumanisht", "Rumunski"),
    ("ukr", "Ukrainian", "Ukrainisht", "Ukrajinski"),
    ("rus", "Russian", "Rusisht", "Ruski"),
    ("slk", "Slovak", "Sllovakisht", "Slovački"),
    ("pol", "Polish", "Polonisht", "Poljski"),
    ("ell", "Greek", "Greqisht", "Grčki"),
    ("ara", "Arabic", "Arabisht", "Arapski"),
    ("zho", "Chinese", "Kinezisht", "Kineski"),
    ("fil", "Filipino", "Filipinisht", "Filipinski"),
)

LISTS = (
    CodeList(
        "language",
        ISO_LANGUAGE,
        (
            *(entry(code, en, sq, sr, ISO_LANGUAGE, code) for code, en, sq, sr in _SPOKEN),
            entry("sgn", "A sign language", "Gjuhë e shenjave", "Znakovni jezik", ISO_LANGUAGE, "sgn"),
            entry("other", "Another language", "Gjuhë tjetër", "Drugi jezik", ISO_LANGUAGE, "mis"),
            UNKNOWN,
            NOT_ASKED,
        ),
    ),
)
