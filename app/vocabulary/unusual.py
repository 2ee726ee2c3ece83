"""What of a day of reading a data protection officer is shown, and from which number on."""

from app.vocabulary.code import OWN, CodeList, entry

MANY, AT_NIGHT, STRANGE, STOPPED, ADDRESS, RECOVERY = "many", "at_night", "strange", "stopped", "address", "recovery"

LISTS = (
    CodeList(
        "unusual_reading",
        OWN,
        (
            entry(MANY, "Many cases opened", "Shumë raste të hapura", "Mnogo otvorenih slučajeva"),
            entry(AT_NIGHT, "Cases opened at night", "Raste të hapura natën", "Slučajevi otvoreni noću"),
            entry(
                STRANGE,
                "Cases opened without an act of hers or his",
                "Raste të hapura pa asnjë veprim të vetin",
                "Slučajevi otvoreni bez ijedne sopstvene radnje",
            ),
            entry(STOPPED, "Stopped from reading on", "U ndal nga leximi i mëtejshëm", "Zaustavljeno dalje čitanje"),
            entry(
                ADDRESS, "A shelter's address opened", "U hap adresa e një strehimoreje", "Otvorena adresa skloništa"
            ),
            entry(
                RECOVERY,
                "Signed in with a recovery code",
                "Hyri me një kod rikuperimi",
                "Prijava kodom za oporavak",
            ),
        ),
    ),
)

FROM = 10
"""So many cases in a day are many where they are also three times what is usual in the role."""
SOME = 3
"""So many cases at night or without an act are shown where they are also three times what is usual in the role."""
TIMES = 3
NIGHT_BEGINS, NIGHT_ENDS = 22, 6
"""Hours of the country's clocks."""
ACTS_DAYS = 90
"""Who did something in a case in so many days before does not look at it as a stranger."""
