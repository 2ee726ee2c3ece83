"""The outcome of one attempt to call the person on duty."""

from app.vocabulary.code import OWN, CodeList, entry

LISTS = (
    CodeList(
        "call_outcome",
        OWN,
        (
            entry("answered", "Answered", "U përgjigj", "Javio se"),
            entry("no_answer", "No answer", "Nuk u përgjigj", "Ne javlja se"),
            entry("busy", "Line busy", "Linja e zënë", "Zauzeta linija"),
            entry("switched_off", "Telephone switched off", "Telefoni i fikur", "Telefon isključen"),
            entry("wrong_number", "Wrong number", "Numër i gabuar", "Pogrešan broj"),
            entry("message_left", "Asked to call back", "U kërkua të kthejë thirrjen", "Zamoljen da uzvrati poziv"),
            entry("declined", "Answered and declined", "U përgjigj dhe nuk pranoi", "Javio se i nije prihvatio"),
        ),
    ),
)
