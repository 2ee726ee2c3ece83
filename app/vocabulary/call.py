"""The outcome of one attempt to call the person on duty."""

from app.vocabulary.code import OWN, CodeList, entry

LISTS = (
    CodeList(
        "call_outcome",
        OWN,
        (
            entry("answered", "Answered", "Përgjigje", "Javljanje"),
            entry("no_answer", "No answer", "Pa përgjigje", "Bez odgovora"),
            entry("busy", "Line busy", "Linja e zënë", "Zauzeta linija"),
            entry("switched_off", "Telephone switched off", "Telefoni i fikur", "Telefon isključen"),
            entry("wrong_number", "Wrong number", "Numër i gabuar", "Pogrešan broj"),
            entry("not_on_duty", "Not on duty", "Jashtë gatishmërisë", "Nije dežurstvo"),
            entry("message_left", "Asked to call back", "U kërkua kthimi i thirrjes", "Zamoljeno da se uzvrati poziv"),
        ),
    ),
)
