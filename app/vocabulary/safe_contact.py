"""Ways in which a person may be reached safely, who may answer and what may be said."""

from app.vocabulary.code import OWN, CodeList, entry

WAY = CodeList(
    "contact_way",
    OWN,
    (
        entry("phone", "Telephone", "Telefon", "Telefon"),
        entry("message", "Text message", "Mesazh", "Poruka"),
        entry("email", "E-mail", "Postë elektronike", "Elektronska pošta"),
        entry(
            "in_person",
            "In person, at an agreed place",
            "Personalisht, në vendin e caktuar",
            "Lično, na dogovorenom mestu",
        ),
        entry("through_agency", "Through an agency", "Përmes një institucioni", "Preko ustanove"),
        entry(
            "through_trusted_person",
            "Through a trusted person",
            "Përmes një personi të besuar",
            "Preko lica od poverenja",
        ),
        entry("person_calls", "The person calls, we do not", "Thërret vetë personi, ne jo", "Zove samo lice, mi ne"),
        entry("do_not_contact", "Do not contact", "Mos kontakto", "Ne kontaktirati"),
        entry("not_yet_known", "Not yet known", "Ende nuk dihet", "Još nije poznato"),
    ),
)

ANSWERED_BY = CodeList(
    "contact_answered_by",
    OWN,
    (
        entry("person_only", "The person only", "Vetëm personi", "Samo lice"),
        entry("trusted_person", "The trusted person named", "Personi i besuar i caktuar", "Navedeno lice od poverenja"),
        entry("anyone", "Anyone", "Kushdo", "Bilo ko"),
    ),
)

SAYABLE = CodeList(
    "contact_message",
    OWN,
    (
        entry("nothing", "Nothing: hang up", "Asgjë: mbylle telefonin", "Ništa: prekinuti vezu"),
        entry("code_word", "The code word only", "Vetëm fjala kyç", "Samo šifra"),
        entry("appointment", "That there is an appointment", "Se ka një takim", "Da postoji zakazan sastanak"),
        entry("agency_name", "The name of the agency", "Emri i institucionit", "Naziv ustanove"),
    ),
)

LISTS = (WAY, ANSWERED_BY, SAYABLE)
