"""Why a case is erased."""

from app.vocabulary.code import OWN, CodeList, entry

ERASURE_REASON = CodeList(
    "erasure_reason",
    OWN,
    (
        entry("person_asked", "The person asked for it", "E kërkoi vetë personi", "Lice je to zatražilo"),
        entry("period_over", "The period of keeping is over", "Afati i ruajtjes ka kaluar", "Rok čuvanja je istekao"),
        entry(
            "ordered",
            "A court or the data protection authority ordered it",
            "E urdhëroi gjykata ose autoriteti për mbrojtjen e të dhënave",
            "Naredio je sud ili organ za zaštitu podataka",
        ),
    ),
)

LISTS = (ERASURE_REASON,)
