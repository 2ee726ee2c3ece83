"""Returns: kinds, documents and what monitoring finds. Reintegration has a file of its own."""

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

DOCUMENT = CodeList(
    "travel_document",
    OWN,
    (
        entry("passport", "Passport", "Pasaportë", "Pasoš"),
        entry("identity_card", "Identity card", "Letërnjoftim", "Lična karta"),
        entry("emergency_document", "Emergency travel document", "Dokument udhëtimi urgjent", "Putni list"),
        entry("none", "None", "Asnjë", "Nijedan"),
    ),
)

MONITORING = CodeList(
    "monitoring_outcome",
    OWN,
    (
        entry("safe", "Safe, plan goes on", "Siguri, plani vazhdon", "Bezbedno, plan se nastavlja"),
        entry("needs_support", "More support needed", "Nevojitet më shumë mbështetje", "Potrebna je dodatna podrška"),
        entry("at_risk", "At risk", "Në rrezik", "U opasnosti"),
        entry("re_trafficked", "Trafficked again", "Trafikim i përsëritur", "Ponovljena trgovina ljudima"),
        entry("not_reached", "Not reached", "Nuk u kontaktua", "Nije dostupno"),
        entry("no_contact_wanted", "Wants no more contact", "Nuk dëshiron më kontakt", "Ne želi dalji kontakt"),
    ),
)

LISTS = (KIND, DOCUMENT, MONITORING)
