"""Contacts of the hotline: by which way, at what time of day, from whom, about what, and what came of it."""

from app.vocabulary.answer import OTHER, UNKNOWN
from app.vocabulary.code import OWN, CodeList, entry

SENT_ON = "sent_on"
"""The outcome of a contact that was sent on as a signal: written by sending it, never chosen."""

LISTS = (
    CodeList(
        "hotline_channel",
        OWN,
        (
            entry("phone", "Telephone", "Telefon", "Telefon"),
            entry("message", "Text message", "Mesazh", "Poruka"),
            entry("chat", "Chat", "Bisedë në internet", "Čet"),
            entry("email", "E-mail", "Postë elektronike", "Elektronska pošta"),
            entry("in_person", "In person", "Personalisht", "Lično"),
            OTHER,
        ),
    ),
    CodeList(
        "part_of_day",
        OWN,
        (
            entry("morning", "Morning (6-12)", "Paradite (6-12)", "Pre podne (6-12)"),
            entry("afternoon", "Afternoon (12-18)", "Pasdite (12-18)", "Posle podne (12-18)"),
            entry("evening", "Evening (18-22)", "Mbrëmje (18-22)", "Veče (18-22)"),
            entry("night", "Night (22-6)", "Natë (22-6)", "Noć (22-6)"),
        ),
    ),
    CodeList(
        "hotline_caller",
        OWN,
        (
            entry("person", "The person herself or himself", "Vetë personi", "Samo lice"),
            entry("family", "Family or friends", "Familja ose miqtë", "Porodica ili prijatelji"),
            entry("customer", "A customer", "Një klient", "Mušterija"),
            entry("public", "Someone from the public", "Dikush nga publiku", "Neko iz javnosti"),
            entry("professional", "A professional", "Një profesionist", "Stručno lice"),
            UNKNOWN,
        ),
    ),
    CodeList(
        "hotline_topic",
        OWN,
        (
            entry("information", "Information", "Informata", "Informacije"),
            entry(
                "work_abroad", "An offer of work or marriage", "Ofertë për punë ose martesë", "Ponuda posla ili braka"
            ),
            entry("sexual_exploitation", "Sexual exploitation", "Shfrytëzim seksual", "Seksualna eksploatacija"),
            entry("forced_labour", "Forced labour", "Punë e detyruar", "Prinudni rad"),
            entry("forced_begging", "Forced begging", "Lypje e detyruar", "Prinudno prosjačenje"),
            entry("missing", "A missing person", "Person i zhdukur", "Nestalo lice"),
            entry("violence", "Violence at home", "Dhunë në familje", "Nasilje u porodici"),
            entry("help_running", "Help that is under way", "Ndihmë që është në vazhdim", "Pomoć koja je u toku"),
            OTHER,
        ),
    ),
    CodeList(
        "hotline_outcome",
        OWN,
        (
            entry("informed", "Informed", "U informua", "Data informacija"),
            entry("advised", "Advised", "U këshillua", "Dat savet"),
            entry("named_service", "A service was named", "U tregua një shërbim", "Navedena je služba"),
            entry("call_back", "Will call again", "Do të thërrasë përsëri", "Zvaće ponovo"),
            entry("does_not_agree", "Does not agree to more", "Nuk pajtohet për më shumë", "Nije saglasno sa više"),
            entry("broken_off", "Broken off", "U ndërpre", "Prekinuto"),
            entry("abuse", "Abuse of the line", "Keqpërdorim i linjës", "Zloupotreba linije"),
            entry(SENT_ON, "Sent on as a signal", "U dërgua si njoftim", "Poslato kao prijava"),
        ),
    ),
)
