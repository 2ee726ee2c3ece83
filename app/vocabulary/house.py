"""Life in a shelter's house: limits on movement, texts that a resident is given, what is kept, where she goes."""

from app.vocabulary.answer import NOT_ASKED, OTHER
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

HOUSE_TEXT = CodeList(
    "house_text",
    OWN,
    (
        entry("house_rules", "House rules", "Rregullat e shtëpisë", "Kućni red"),
        entry("rights_leaflet", "Leaflet on rights", "Fletushka për të drejtat", "Letak o pravima"),
    ),
)

ACKNOWLEDGED = CodeList(
    "acknowledged",
    OWN,
    (
        entry("understood", "The person understood it", "Personi e kuptoi", "Lice je razumelo"),
        entry("has_questions", "The person has questions", "Personi ka pyetje", "Lice ima pitanja"),
        entry("not_now", "The person does not wish to, now", "Personi nuk dëshiron tani", "Lice sada ne želi"),
    ),
)

BELONGING = CodeList(
    "belonging",
    OWN,
    (
        entry("papers", "Papers", "Dokumente", "Dokumenta"),
        entry("money", "Money", "Para", "Novac"),
        entry("telephone", "Telephone or other device", "Telefon ose pajisje tjetër", "Telefon ili drugi uređaj"),
        entry("valuables", "Valuables", "Sende me vlerë", "Vredni predmeti"),
        entry("medicine", "Medicine", "Ilaçe", "Lekovi"),
        entry("clothes", "Clothes and bags", "Rroba dhe çanta", "Odeća i torbe"),
        OTHER,
    ),
)

RETURNED_TO = CodeList(
    "returned_to",
    OWN,
    (
        entry("person", "The person", "Personit", "Licu"),
        entry("named", "Somebody whom the person named", "Dikujt që e caktoi personi", "Nekome koga je lice odredilo"),
        entry("advocate", "Who leads the case", "Atij që e udhëheq rastin", "Onome ko vodi slučaj"),
    ),
)

APPOINTMENT = CodeList(
    "appointment",
    OWN,
    (
        entry("school", "School or course", "Shkollë ose kurs", "Škola ili kurs"),
        entry("medical", "Medical", "Mjekësor", "Lekarski"),
        entry("court", "Court or prosecution", "Gjykatë ose prokurori", "Sud ili tužilaštvo"),
        entry("lawyer", "Lawyer", "Avokat", "Advokat"),
        entry("authority", "Public office", "Zyrë publike", "Javna ustanova"),
        entry("work", "Work", "Punë", "Posao"),
        entry("visit", "Visit", "Vizitë", "Poseta"),
        OTHER,
    ),
)

GOES_ALONG = CodeList(
    "goes_along",
    OWN,
    (
        entry("nobody", "Nobody, the person goes alone", "Askush, personi shkon vetë", "Niko, lice ide samo"),
        entry("staff", "Staff of the shelter", "Stafi i strehimores", "Osoblje skloništa"),
        entry("advocate", "Victim advocate", "Mbrojtës i viktimave", "Zaštitnik žrtava"),
        entry("social_worker", "Social worker", "Punëtor social", "Socijalni radnik"),
        entry("police", "Police", "Policia", "Policija"),
        entry("interpreter", "Interpreter", "Përkthyes", "Prevodilac"),
        entry("trusted", "Somebody whom the person trusts", "Dikush të cilit personi i beson", "Neko kome lice veruje"),
    ),
)

REACHED_BY = CodeList(
    "reached_by",
    OWN,
    (
        entry("shelter", "Through the shelter alone", "Vetëm përmes strehimores", "Samo preko skloništa"),
        entry(
            "safe_contact",
            "By the safe contact of the case",
            "Me kontaktin e sigurt të rastit",
            "Bezbednim kontaktom slučaja",
        ),
        entry("not_at_all", "Nobody turns to the person", "Askush nuk i drejtohet personit", "Niko se ne obraća licu"),
    ),
)

APPOINTMENT_OUTCOME = CodeList(
    "appointment_outcome",
    OWN,
    (
        entry("kept", "Kept", "U mbajt", "Održano"),
        entry("missed", "Missed", "U humb", "Propušteno"),
        entry("put_off", "Put off or called off", "U shty ose u anulua", "Odloženo ili otkazano"),
    ),
)

LISTS = (
    LIMIT_KIND,
    OWN_WORD,
    LIMIT_REVIEW,
    TOLD_WAY,
    HOUSE_TEXT,
    ACKNOWLEDGED,
    BELONGING,
    RETURNED_TO,
    APPOINTMENT,
    GOES_ALONG,
    REACHED_BY,
    APPOINTMENT_OUTCOME,
)
