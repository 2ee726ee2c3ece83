"""Returns: kinds, risks, documents, reception and what monitoring finds. Reintegration has a file of its own."""

from app.vocabulary.answer import UNKNOWN
from app.vocabulary.code import OWN, CodeList, entry

KIND = CodeList(
    "return_kind",
    OWN,
    (
        entry("to_origin", "To the country of origin", "Në vendin e origjinës", "U zemlju porekla"),
        entry("from_abroad", "From abroad to this country", "Nga jashtë në këtë vend", "Iz inostranstva u ovu zemlju"),
        entry("domestic", "Home within the country", "Në shtëpi brenda vendit", "Kući unutar zemlje"),
        entry("third_country", "To a third country", "Në një vend të tretë", "U treću zemlju"),
    ),
)

RISK_FACTOR = CodeList(
    "return_risk_factor",
    OWN,
    (
        entry(
            "trafficker_at_destination",
            "The trafficker is at the destination",
            "Trafikanti gjendet në vendin e kthimit",
            "Trgovac ljudima je u mestu povratka",
        ),
        entry(
            "family_involved",
            "Family is involved or suspected",
            "Familja është e përfshirë ose e dyshuar",
            "Porodica je umešana ili osumnjičena",
        ),
        entry("debt", "A debt is still demanded", "Kërkohet ende një borxh", "Još se traži dug"),
        entry("no_housing", "No housing", "Nuk ka banim", "Nema stanovanja"),
        entry("no_income", "No income", "Nuk ka të ardhura", "Nema prihoda"),
        entry("stigma", "Stigma", "Stigmë", "Stigma"),
        entry("health", "Health", "Shëndeti", "Zdravlje"),
        entry("no_services", "No services there", "Nuk ka shërbime atje", "Tamo nema usluga"),
        entry(
            "legal_charge_at_destination",
            "A legal charge at the destination",
            "Akuzë ligjore në vendin e kthimit",
            "Optužba u mestu povratka",
        ),
        entry("other_factor", "Another factor", "Faktor tjetër", "Drugi činilac"),
        entry("none_known", "None known", "Asnjë i njohur", "Nijedan nije poznat"),
    ),
)

DOCUMENT = CodeList(
    "travel_document",
    OWN,
    (
        entry("passport", "Passport", "Pasaportë", "Pasoš"),
        entry("identity_card", "Identity card", "Letërnjoftim", "Lična karta"),
        entry("travel_certificate", "Emergency travel document", "Fletudhëtim", "Putni list"),
        entry("birth_certificate", "Birth certificate", "Certifikatë e lindjes", "Izvod iz matične knjige rođenih"),
    ),
)

RECEPTION = CodeList(
    "reception_place",
    OWN,
    (
        entry("family", "Family", "Familja", "Porodica"),
        entry("shelter", "Shelter", "Strehimore", "Sklonište"),
        entry("reception_centre", "Reception centre", "Qendër pritëse", "Prihvatni centar"),
        entry("own_home", "Own home", "Banesa e vet", "Sopstveni stan"),
        entry("other", "Other", "Tjetër", "Drugo"),
    ),
)

MONITORING = CodeList(
    "monitoring_finding",
    OWN,
    (
        entry("safe", "Safe", "Në siguri", "Bezbedno"),
        entry(
            "needs_support", "More support is needed", "Nevojitet më shumë mbështetje", "Potrebna je dodatna podrška"
        ),
        entry("at_risk", "At risk", "Në rrezik", "U opasnosti"),
        entry("re_trafficked", "Trafficked again", "Trafikim i përsëritur", "Ponovljena trgovina ljudima"),
        entry("not_reached", "Not reached", "Pa kontakt", "Nije dostupno"),
        entry("declined_contact", "Wants no more contact", "Nuk dëshiron më kontakt", "Ne želi dalji kontakt"),
    ),
)

LIVING = CodeList(
    "living_situation",
    OWN,
    (
        entry("with_family", "With family", "Me familjen", "Sa porodicom"),
        entry("own_home", "Own home", "Në banesën e vet", "U sopstvenom stanu"),
        entry("shelter", "In a shelter", "Në strehimore", "U skloništu"),
        entry("with_friends", "With friends", "Te miqtë", "Kod prijatelja"),
        UNKNOWN,
    ),
)

FAMILY = CodeList(
    "family_finding",
    OWN,
    (
        entry("safe_and_willing", "Safe and willing", "E sigurt dhe e gatshme", "Bezbedna i voljna"),
        entry("willing_with_support", "Willing, with support", "E gatshme, me mbështetje", "Voljna, uz podršku"),
        entry("not_safe", "Not safe", "Jo e sigurt", "Nije bezbedna"),
        entry("not_willing", "Not willing", "Jo e gatshme", "Nije voljna"),
        entry("not_reached", "Not reached", "Pa kontakt", "Nije dostupna"),
    ),
)

LISTS = (KIND, RISK_FACTOR, DOCUMENT, RECEPTION, MONITORING, LIVING, FAMILY)
