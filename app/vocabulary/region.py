"""The seven regions by which offices, rosters and counts are kept; names in Albanian and Serbian both (decision 30)."""

from app.vocabulary.answer import UNKNOWN
from app.vocabulary.code import OWN, CodeList, entry

LISTS = (
    CodeList(
        "region",
        OWN,
        (
            entry("prishtine", "Prishtinë / Priština", "Prishtinë", "Priština"),
            entry("prizren", "Prizren", "Prizren", "Prizren"),
            entry("peje", "Pejë / Peć", "Pejë", "Peć"),
            entry("mitrovice", "Mitrovicë / Mitrovica", "Mitrovicë", "Mitrovica"),
            entry("gjilan", "Gjilan / Gnjilane", "Gjilan", "Gnjilane"),
            entry("ferizaj", "Ferizaj / Uroševac", "Ferizaj", "Uroševac"),
            entry("gjakove", "Gjakovë / Đakovica", "Gjakovë", "Đakovica"),
            entry("abroad", "Abroad", "Jashtë vendit", "Inostranstvo"),
            UNKNOWN,
        ),
    ),
)
