"""Kinds of guardian and the result of the check on one."""

from app.vocabulary.code import OWN, CodeList, entry

KIND = CodeList(
    "guardian_kind",
    OWN,
    (
        entry("parent", "Parent", "Prind", "Roditelj"),
        entry("relative", "Relative", "I afërm", "Srodnik"),
        entry("appointed", "Appointed guardian", "Kujdestar i caktuar", "Postavljeni staratelj"),
        entry("temporary", "Temporary guardian", "Kujdestar i përkohshëm", "Privremeni staratelj"),
        entry(
            "institution",
            "Centre for social work as guardian",
            "Qendra për Punë Sociale si kujdestar",
            "Centar za socijalni rad kao staratelj",
        ),
    ),
)

CHECK = CodeList(
    "guardian_check",
    OWN,
    (
        entry("not_checked", "Not yet checked", "Ende i pakontrolluar", "Još nije proveren"),
        entry("cleared", "Checked, no concern", "I kontrolluar, pa shqetësim", "Proveren, bez zabrinutosti"),
        entry("suspect", "Suspected", "I dyshuar", "Osumnjičen"),
    ),
)

LISTS = (KIND, CHECK)
