"""Stays: children who come along, overstay, transfer, leaving at high risk, days that need checking."""

from app.vocabulary.code import OWN, CodeList, entry

COMPANION_AGE = CodeList(
    "companion_age",
    OWN,
    (
        entry("under_1", "Under 1 year", "Nën 1 vjeç", "Ispod 1 godine"),
        entry("from_1_to_5", "1 to 5 years", "1 deri në 5 vjeç", "Od 1 do 5 godina"),
        entry("from_6_to_11", "6 to 11 years", "6 deri në 11 vjeç", "Od 6 do 11 godina"),
        entry("from_12_to_17", "12 to 17 years", "12 deri në 17 vjeç", "Od 12 do 17 godina"),
        entry("unknown", "Not known", "Nuk dihet", "Nije poznato"),
    ),
)

TRANSFER_REASON = CodeList(
    "transfer_reason",
    OWN,
    (
        entry("safety", "Safety of the person", "Siguria e personit", "Bezbednost osobe"),
        entry("location", "The location has become known", "Vendndodhja është bërë e njohur", "Lokacija je otkrivena"),
        entry("closing", "The place closes", "Vendi mbyllet", "Mesto se zatvara"),
        entry("capacity", "No room left", "Nuk ka më vend", "Nema više mesta"),
        entry(
            "needs", "Another kind of place is needed", "Nevojitet lloj tjetër vendi", "Potrebna je druga vrsta mesta"
        ),
        entry("conflict", "Conflict in the house", "Konflikt në shtëpi", "Sukob u kući"),
        entry("family", "To be with family", "Për të qenë me familjen", "Da bude sa porodicom"),
        entry("own_wish", "Own wish", "Dëshira e vet", "Sopstvena želja"),
        entry("other", "Another reason", "Arsye tjetër", "Drugi razlog"),
    ),
)

OVERSTAY_DECIDER = CodeList(
    "overstay_decider",
    OWN,
    (
        entry("house", "The house", "Shtëpia", "Kuća"),
        entry("advocate", "Victim advocate", "Mbrojtës i viktimave", "Zaštitnik žrtava"),
        entry("social_worker", "Social worker", "Punëtor social", "Socijalni radnik"),
        entry(
            "direct_assistance",
            "Coordinator of Direct Assistance",
            "Koordinatori i Asistencës së Drejtpërdrejtë",
            "Koordinator direktne pomoći",
        ),
        entry("other", "Somebody else", "Dikush tjetër", "Neko drugi"),
    ),
)

EXIT_WISH = CodeList(
    "exit_wish",
    OWN,
    (
        entry("leave", "Wishes to leave", "Dëshiron të dalë", "Želi da izađe"),
        entry("stay", "Wishes to stay", "Dëshiron të qëndrojë", "Želi da ostane"),
        entry("undecided", "Has not decided", "Nuk ka vendosur", "Još nije odlučeno"),
    ),
)

EXIT_ANSWER_REASON = CodeList(
    "exit_answer_reason",
    OWN,
    (
        entry("no_known_threat", "No known threat", "Nuk ka kërcënim të njohur", "Nema poznate pretnje"),
        entry("threat_stands", "The threat stands", "Kërcënimi vazhdon", "Pretnja i dalje postoji"),
        entry("suspect_at_large", "A suspect is at large", "Një i dyshuar është në liri", "Osumnjičeni je na slobodi"),
        entry("proceedings_run", "Proceedings are running", "Procedura është në zhvillim", "Postupak je u toku"),
        entry("proceedings_ended", "Proceedings have ended", "Procedura ka përfunduar", "Postupak je završen"),
        entry("protected_elsewhere", "Protected elsewhere", "I mbrojtur diku tjetër", "Zaštita na drugom mestu"),
        entry("other", "Another reason", "Arsye tjetër", "Drugi razlog"),
    ),
)

SAFETY_OFFER_ANSWER = CodeList(
    "safety_offer_answer",
    OWN,
    (
        entry("accepted", "Offered and accepted", "U ofrua dhe u pranua", "Ponuđen i prihvaćen"),
        entry("declined", "Offered and declined", "U ofrua dhe u refuzua", "Ponuđen i odbijen"),
        entry("not_reached", "Could not be offered", "Nuk mund të ofrohej", "Nije mogao da se ponudi"),
    ),
)

DATES_SETTLEMENT = CodeList(
    "dates_settlement",
    OWN,
    (
        entry("corrected", "The days were put right", "Ditët u korrigjuan", "Dani su ispravljeni"),
        entry(
            "checked", "Checked: the days are right", "U kontrollua: ditët janë të sakta", "Provereno: dani su tačni"
        ),
        entry(
            "away",
            "Away for some nights, the bed was kept",
            "Mungoi disa netë, shtrati u ruajt",
            "Odsustvo nekoliko noći, krevet je sačuvan",
        ),
        entry("gone", "Nothing to check any more", "Nuk ka më çfarë të kontrollohet", "Više nema šta da se proverava"),
        entry("no_record", "It cannot be found out", "Nuk mund të sqarohet", "Ne može da se utvrdi"),
    ),
)

LISTS = (
    COMPANION_AGE,
    TRANSFER_REASON,
    OVERSTAY_DECIDER,
    EXIT_WISH,
    EXIT_ANSWER_REASON,
    SAFETY_OFFER_ANSWER,
    DATES_SETTLEMENT,
)
