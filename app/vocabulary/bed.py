"""Beds: why one is out of use."""

from app.vocabulary.code import OWN, CodeList, entry

TURNAROUND = "turnaround"
"""What a departure makes by itself: nobody chooses it."""

VOID_REASON = CodeList(
    "void_reason",
    OWN,
    (
        entry("repair", "Repairs in the room", "Riparime në dhomë", "Popravke u sobi"),
        entry("damaged", "The bed is damaged", "Shtrati është i dëmtuar", "Krevet je oštećen"),
        entry("hygiene", "Infection or vermin", "Infeksion ose dëmtues", "Infekcija ili štetočine"),
        entry(
            "one_to_a_room",
            "The room is needed for one person",
            "Dhoma duhet për një person",
            "Soba treba jednoj osobi",
        ),
        entry("no_staff", "Not enough staff", "Nuk ka personel të mjaftueshëm", "Nema dovoljno osoblja"),
        entry(TURNAROUND, "Being made ready", "Në përgatitje", "U pripremi"),
        entry("other", "Another reason", "Arsye tjetër", "Drugi razlog"),
    ),
)

LISTS = (VOID_REASON,)
