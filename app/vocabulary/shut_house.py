"""Houses of shelters: why one takes nobody, and why an alarm is stood down."""

from app.vocabulary.code import OWN, CodeList, entry

SHUT_KIND = CodeList(
    "shut_kind",
    OWN,
    (
        entry("suspended", "Suspended", "E pezulluar", "Obustavljena"),
        entry("closed", "Closed", "E mbyllur", "Zatvorena"),
        entry("compromised", "Its location is known", "Vendndodhja u zbulua", "Lokacija je otkrivena"),
    ),
)

SHUT_REASON = CodeList(
    "shut_reason",
    OWN,
    (
        entry("threats", "Threats", "Kërcënime", "Pretnje"),
        entry("location_known", "The location became known", "Vendndodhja u zbulua", "Lokacija je otkrivena"),
        entry("no_money", "The money has ended", "Mjetet kanë mbaruar", "Sredstva su potrošena"),
        entry("contract_ended", "The contract has ended", "Kontrata ka përfunduar", "Ugovor je istekao"),
        entry("no_staff", "Not enough staff", "Mungesë e personelit", "Nedovoljno osoblja"),
        entry("repairs", "Repairs", "Riparime", "Popravke"),
        entry("health", "Illness in the house", "Sëmundje në shtëpi", "Bolest u kući"),
        entry("not_yet_open", "Not opened yet", "Ende e pahapur", "Još nije otvorena"),
        entry("other", "Another reason", "Arsye tjetër", "Drugi razlog"),
    ),
)

STAND_DOWN = CodeList(
    "stand_down_reason",
    OWN,
    (
        entry("false_alarm", "A false alarm", "Alarm i rremë", "Lažna uzbuna"),
        entry("danger_over", "The danger is over", "Rreziku ka kaluar", "Opasnost je prošla"),
        entry(
            "other_address",
            "The house is at another address now",
            "Shtëpia është tani në adresë tjetër",
            "Kuća je sada na drugoj adresi",
        ),
    ),
)

LISTS = (SHUT_KIND, SHUT_REASON, STAND_DOWN)
