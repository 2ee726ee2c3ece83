"""Proceedings against those who are accused: the steps of a file, why one is taken back, and the bands of sentences."""

from app.vocabulary.answer import OTHER, UNKNOWN
from app.vocabulary.code import OWN, CodeList, entry

OPENED, BEGUN = "investigation_opened", "prosecution_begun"
CONVICTED, ACQUITTED, REJECTED, DROPPED = "convicted", "acquitted", "charge_rejected", "dropped"
VERDICTS = (CONVICTED, ACQUITTED, REJECTED)
"""Steps that are said of one of the accused."""
ENDS = (*VERDICTS, DROPPED)
"""Steps with which proceedings end, against one of the accused or in the file as a whole."""

STEP = CodeList(
    "proceeding_step",
    OWN,
    (
        entry(OPENED, "Investigation opened", "U hap hetimi", "Otvorena istraga"),
        entry(BEGUN, "Prosecution begun", "Filloi ndjekja penale", "Započeto krivično gonjenje"),
        entry(CONVICTED, "Convicted", "Aktgjykim dënues", "Osuđujuća presuda"),
        entry(ACQUITTED, "Acquitted", "Aktgjykim lirues", "Oslobađajuća presuda"),
        entry(REJECTED, "Charge rejected", "Aktgjykim refuzues", "Optužba odbijena"),
        entry(DROPPED, "Dropped", "U pushua", "Obustavljeno"),
    ),
)

STEPS_OF_KIND = {"police": (OPENED, DROPPED), "prosecution": STEP.keys()}
"""Which steps a kind of agency records: charges and verdicts are the prosecution's."""

FINE_ONLY, SUSPENDED, BEYOND = "fine_only", "suspended", "over_10"
UP_TO_MONTHS = (("up_to_1", 12), ("over_1_to_2", 24), ("over_2_to_5", 60), ("over_5_to_10", 120))

LISTS = (
    STEP,
    CodeList(
        "proceeding_correction",
        OWN,
        (
            entry("entered_wrongly", "Entered wrongly", "U shënua gabimisht", "Pogrešno upisano"),
            entry("entered_twice", "Entered twice", "U shënua dy herë", "Upisano dva puta"),
            entry("set_aside", "Set aside on appeal", "U prish me ankesë", "Ukinuto po žalbi"),
            OTHER,
        ),
    ),
    CodeList(
        "sentence_band",
        OWN,
        (
            entry(FINE_ONLY, "Fine only", "Vetëm gjobë", "Samo novčana kazna"),
            entry(SUSPENDED, "Suspended", "Me kusht", "Uslovna osuda"),
            entry("up_to_1", "Up to 1 year", "Deri në 1 vit", "Do 1 godine"),
            entry("over_1_to_2", "Over 1 and up to 2 years", "Mbi 1 deri në 2 vjet", "Preko 1 do 2 godine"),
            entry("over_2_to_5", "Over 2 and up to 5 years", "Mbi 2 deri në 5 vjet", "Preko 2 do 5 godina"),
            entry("over_5_to_10", "Over 5 and up to 10 years", "Mbi 5 deri në 10 vjet", "Preko 5 do 10 godina"),
            entry(BEYOND, "Over 10 years", "Mbi 10 vjet", "Preko 10 godina"),
            UNKNOWN,
        ),
    ),
)


def band_of(months: int | None, fine: int | None, *, is_suspended: bool) -> str:
    """The band of a sentence; of which nothing is known is "unknown", and counts among the convictions all the same."""
    if is_suspended:
        return SUSPENDED
    if months is not None:
        return next((band for band, most in UP_TO_MONTHS if months <= most), BEYOND)
    return UNKNOWN.code if fine is None else FINE_ONLY
