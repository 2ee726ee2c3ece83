"""Adult, child, or in doubt, which is treated as a child (presumption of age). For counting: age_band.py."""

from app.vocabulary.code import OWN, CodeList, entry

LISTS = (
    CodeList(
        "age_group",
        OWN,
        (
            entry("adult", "Adult", "I rritur", "Odrasla osoba"),
            entry("child", "Child (under 18)", "Fëmijë (nën 18 vjeç)", "Dete (mlađe od 18 godina)"),
            entry(
                "in_doubt",
                "In doubt: treated as a child",
                "Në dyshim: trajtohet si fëmijë",
                "U sumnji: postupa se kao sa detetom",
            ),
        ),
    ),
)
