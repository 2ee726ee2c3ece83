"""Referral to the mechanism of another country: what was passed on of her, who stays in touch, and what came back."""

from app.vocabulary.code import OWN, CodeList, entry

LISTS = (
    CodeList(
        "transnational_share",
        OWN,
        (
            entry("name", "Her or his name", "Emri i personit", "Ime lica"),
            entry("needs", "Needs", "Nevojat", "Potrebe"),
        ),
    ),
    CodeList(
        "follow_up_by",
        OWN,
        (
            entry("receiver", "The receiving partner", "Partneri pritës", "Partner za prihvat"),
            entry(
                "return_partner", "The return partner here", "Partneri i kthimit këtu", "Ovdašnji partner za povratak"
            ),
            entry("sender", "The agency that sends this", "Institucioni që e dërgon këtë", "Ustanova koja ovo šalje"),
            entry("nobody", "Nobody: the person wants none", "Askush: personi nuk dëshiron", "Niko: lice to ne želi"),
        ),
    ),
    CodeList(
        "reception_answer",
        OWN,
        (
            entry("met", "Arrived and was met", "Arriti dhe u prit", "Lice je stiglo i dočekano je"),
            entry("not_met", "Was not met", "Nuk u prit", "Lice nije dočekano"),
            entry("no_answer", "No answer from the receiver", "Pa përgjigje nga pritësi", "Nema odgovora od primaoca"),
        ),
    ),
)
