"""Gender as the person describes it, for exchange with HTCDS. Counts use sex."""

from app.vocabulary.answer import NOT_ASKED, REFUSED
from app.vocabulary.code import HTCDS, CodeList, entry

LISTS = (
    CodeList(
        "gender",
        HTCDS,
        (
            entry("feminine", "Woman or girl", "Grua ose vajzë", "Žena ili devojčica", HTCDS, "Feminine"),
            entry("masculine", "Man or boy", "Burrë ose djalë", "Muškarac ili dečak", HTCDS, "Masculine"),
            entry(
                "transgender_feminine",
                "Transgender woman",
                "Grua transgjinore",
                "Trans žena",
                HTCDS,
                "TransgenderFeminine",
            ),
            entry(
                "transgender_masculine",
                "Transgender man",
                "Burrë transgjinor",
                "Trans muškarac",
                HTCDS,
                "TransgenderMasculine",
            ),
            entry("non_conforming", "Non-conforming", "Jokonform", "Rodno nekonformno lice", HTCDS, "NonConforming"),
            entry(
                "unknown",
                "Not specified or not known",
                "E paspecifikuar ose nuk dihet",
                "Nije navedeno ili nije poznato",
                HTCDS,
                "NonSpecifiedUnknown",
            ),
            REFUSED,
            NOT_ASKED,
        ),
    ),
)
