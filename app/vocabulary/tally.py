"""The names of what is counted in acts and not in people, one sentence that defines each, its unit and its breakdowns.

How they are counted belongs to the queries.
"""

from app.vocabulary.code import OWN, CodeList, Label, entry

RAIDS, SEARCHES, ARRESTS, CONTACTS = "raids", "home_searches", "arrests", "hotline_contacts"
TRAININGS, TRAINED = "trainings", "trained"
KEPT, MISSED, NIGHTS = "clocks_kept", "clocks_missed", "bed_nights"
INVESTIGATIONS, PROSECUTIONS, ONGOING = "investigations", "prosecutions", "ongoing"
CONVICTED, ACQUITTED, REJECTED = "convicted", "acquitted", "charges_rejected"

OF_OPERATIONS = (RAIDS, ARRESTS)
"""What the police's work is judged by: how many raids there were to an arrest."""

ACCUSED = (CONVICTED, ACQUITTED, REJECTED)
"""The tallies whose numbers are of persons accused: small ones are not shown to everybody."""

RELEASED = (KEPT, MISSED, *ACCUSED)
"""The tallies of which small numbers are not shown to everybody: one deadline tells that somebody came that month."""

ACTS, FILES, PERSONS, OF_NIGHTS, OF_CONTACTS = "acts", "files", "persons", "nights", "contacts"

TALLY = CodeList(
    "tally",
    OWN,
    (
        entry(RAIDS, "Raids", "Bastisje", "Racije"),
        entry(SEARCHES, "Searches of private homes", "Bastisje të shtëpive private", "Pretresi privatnih stanova"),
        entry(ARRESTS, "Arrests", "Arrestime", "Hapšenja"),
        entry(CONTACTS, "Contacts of the hotline", "Kontakte të linjës së ndihmës", "Kontakti SOS linije"),
        entry(TRAININGS, "Training sessions", "Trajnime", "Obuke"),
        entry(TRAINED, "People trained", "Persona të trajnuar", "Obučena lica"),
        entry(KEPT, "Deadlines kept", "Afate të respektuara", "Ispoštovani rokovi"),
        entry(MISSED, "Deadlines missed", "Afate të kaluara", "Propušteni rokovi"),
        entry(NIGHTS, "Bed-nights", "Netë-shtretër", "Noćenja"),
        entry(INVESTIGATIONS, "Investigations opened", "Hetime të hapura", "Otvorene istrage"),
        entry(PROSECUTIONS, "Prosecutions begun", "Ndjekje penale të filluara", "Započeta krivična gonjenja"),
        entry(ONGOING, "Proceedings under way", "Procedura në vazhdim", "Postupci u toku"),
        entry(CONVICTED, "Convicted", "Të dënuar", "Osuđeni"),
        entry(ACQUITTED, "Acquitted", "Të liruar", "Oslobođeni"),
        entry(REJECTED, "Charges rejected", "Akuza të refuzuara", "Odbijene optužbe"),
    ),
)

UNIT = CodeList(
    "tally_unit",
    OWN,
    (
        entry(ACTS, "acts", "veprime", "radnje"),
        entry(FILES, "files", "lëndë", "predmeti"),
        entry(PERSONS, "persons", "persona", "lica"),
        entry(OF_NIGHTS, "nights", "netë", "noći"),
        entry(OF_CONTACTS, "contacts", "kontakte", "kontakti"),
    ),
)

DIMENSION = CodeList(
    "tally_dimension",
    OWN,
    (
        entry("operation", "Kind of operation", "Lloji i operacionit", "Vrsta operacije"),
        entry("ground", "Ground", "Arsyeja", "Osnov"),
        entry("topic", "Topic", "Tema", "Tema"),
        entry("audience", "For whom", "Për kë", "Za koga"),
        entry("clock", "Deadline", "Afat", "Rok"),
        entry("law_article", "Law article", "Neni i ligjit", "Član zakona"),
        entry("form", "Form of exploitation", "Forma e shfrytëzimit", "Oblik eksploatacije"),
        entry("official", "An official accused", "I akuzuar një zyrtar", "Optuženo službeno lice"),
        entry("sentence", "Sentence", "Dënimi", "Kazna"),
    ),
)

LIST_OF = {
    "operation": "operation_kind",
    "ground": "operation_reason",
    "topic": "hotline_topic",
    "audience": "agency_kind",
    "law_article": "law_article",
    "form": "exploitation_form",
    "official": "yes_no_unknown",
    "sentence": "sentence_band",
}
"""The code list of a breakdown's rows; deadlines are named by the procedure."""

_OF_FILES = ("law_article", "form", "official")
DIMENSIONS: dict[str, tuple[str, ...]] = {
    RAIDS: ("ground",),
    SEARCHES: ("operation", "ground"),
    ARRESTS: ("operation", "ground"),
    CONTACTS: ("topic",),
    TRAININGS: ("audience",),
    TRAINED: ("audience",),
    KEPT: ("clock",),
    MISSED: ("clock",),
    NIGHTS: (),
    INVESTIGATIONS: _OF_FILES,
    PROSECUTIONS: _OF_FILES,
    ONGOING: _OF_FILES,
    CONVICTED: (*_OF_FILES, "sentence"),
    ACQUITTED: _OF_FILES,
    REJECTED: _OF_FILES,
}
"""By what each is broken down, besides by agency."""

_UNITS = {
    CONTACTS: OF_CONTACTS,
    NIGHTS: OF_NIGHTS,
    TRAINED: PERSONS,
    **dict.fromkeys((INVESTIGATIONS, PROSECUTIONS, ONGOING), FILES),
    **dict.fromkeys(ACCUSED, PERSONS),
}

_DEFINITIONS = {
    RAIDS: Label(
        "Operations of the kind raid that were held in the period, whatever came of them.",
        "Operacionet e llojit bastisje të kryera në periudhë, pavarësisht nga rezultati.",
        "Operacije vrste racija održane u periodu, bez obzira na ishod.",
    ),
    SEARCHES: Label(
        "Searches of private homes in all operations held in the period, as recorded with each.",
        "Bastisjet e shtëpive private në të gjitha operacionet e periudhës, siç janë shënuar te secili.",
        "Pretresi privatnih stanova u svim operacijama u periodu, kako su uz svaku zabeleženi.",
    ),
    ARRESTS: Label(
        "Arrests in all operations held in the period, as recorded with each.",
        "Arrestimet në të gjitha operacionet e periudhës, siç janë shënuar te secili.",
        "Hapšenja u svim operacijama u periodu, kako su uz svaku zabeležena.",
    ),
    CONTACTS: Label(
        "Calls, messages and visits that the hotline logged for a day of the period.",
        "Thirrjet, mesazhet dhe vizitat që linja e ndihmës i shënoi për një ditë të periudhës.",
        "Pozivi, poruke i posete koje je SOS linija zabeležila za neki dan perioda.",
    ),
    TRAININGS: Label(
        "Sessions on the procedure that were held in the period.",
        "Seancat e trajnimit për procedurën të mbajtura në periudhë.",
        "Obuke o proceduri održane u periodu.",
    ),
    TRAINED: Label(
        "People who took part in those sessions, added up: who came to two counts twice.",
        "Personat që morën pjesë në ato seanca, të mbledhur: kush erdhi në dy, llogaritet dy herë.",
        "Lica koja su učestvovala u tim obukama, sabrana: ko je došao na dve, računa se dva puta.",
    ),
    KEPT: Label(
        "Deadlines of cases that were met in time, by the day on which they were met.",
        "Afatet e rasteve të respektuara me kohë, sipas ditës kur u respektuan.",
        "Rokovi u slučajevima koji su na vreme ispoštovani, po danu kada su ispoštovani.",
    ),
    MISSED: Label(
        "Deadlines of cases that passed unmet, by the day on which they were due, pauses and exemptions considered.",
        "Afatet e rasteve që kaluan pa u respektuar, sipas ditës së skadimit, me pauzat dhe përjashtimet.",
        "Rokovi u slučajevima koji su istekli neispoštovani, po danu isteka, uz pauze i izuzeća.",
    ),
    NIGHTS: Label(
        "Nights that people slept in beds of shelters: each person once a night, and by agency as it counts them.",
        "Netët e fjetura në shtretërit e strehimoreve: secili person një herë në natë, e sipas institucionit ashtu siç "
        "i numëron vetë.",
        "Noći provedene u krevetima skloništa: svako lice jednom za noć, a po ustanovama onako kako ih same broje.",
    ),
    INVESTIGATIONS: Label(
        "Files in which an investigation was first opened in the period.",
        "Lëndët në të cilat hetimi u hap për herë të parë në periudhë.",
        "Predmeti u kojima je istraga prvi put otvorena u periodu.",
    ),
    PROSECUTIONS: Label(
        "Files in which the prosecution was first begun in the period, whatever the number of the accused.",
        "Lëndët në të cilat ndjekja penale filloi për herë të parë në periudhë, pavarësisht nga numri i të akuzuarve.",
        "Predmeti u kojima je krivično gonjenje prvi put započeto u periodu, bez obzira na broj optuženih.",
    ),
    ONGOING: Label(
        "Files with a prosecution begun and, at the period's end, not ended against every accused against whom it was "
        "begun; one begun against the file as a whole ends with its first verdict or when it is dropped.",
        "Lëndët me ndjekje penale të filluar dhe, në fund të periudhës, të papërfunduar ndaj secilit të akuzuar "
        "ndaj të cilit filloi; ajo e filluar për lëndën si tërësi mbaron me aktgjykimin e parë ose kur pushohet.",
        "Predmeti sa započetim krivičnim gonjenjem koje na kraju perioda nije okončano prema svakom optuženom "
        "prema kome je započeto; ono koje je započeto za predmet u celini završava se prvom presudom ili obustavom.",
    ),
    CONVICTED: Label(
        "Accused who were first convicted in a file in the period; a sentence that is not known is a row of its own.",
        "Të akuzuarit e dënuar për herë të parë në një lëndë në periudhë; dënimi që nuk dihet është rresht më vete.",
        "Optuženi koji su u nekom predmetu prvi put osuđeni u periodu; kazna koja nije poznata poseban je red.",
    ),
    ACQUITTED: Label(
        "Accused who were first acquitted in a file in the period.",
        "Të akuzuarit e liruar për herë të parë në një lëndë në periudhë.",
        "Optuženi koji su u nekom predmetu prvi put oslobođeni u periodu.",
    ),
    REJECTED: Label(
        "Accused against whom the charge was first rejected in a file in the period.",
        "Të akuzuarit ndaj të cilëve akuza u refuzua për herë të parë në një lëndë në periudhë.",
        "Optuženi prema kojima je optužba u nekom predmetu prvi put odbijena u periodu.",
    ),
}

LISTS = (TALLY, UNIT, DIMENSION)


def definition(tally: str) -> Label:
    """Return the sentence that defines a tally; KeyError for a name that is none."""
    return _DEFINITIONS[TALLY.get(tally).code]


def unit_of(tally: str) -> str:
    """Return what a tally is counted in; KeyError for a name that is none."""
    return _UNITS.get(TALLY.get(tally).code, ACTS)
