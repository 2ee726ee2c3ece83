"""Care, durable solutions and evidence of age for children. Guardians are in guardian.py."""

from app.vocabulary.code import OWN, CodeList, entry

CARE = CodeList(
    "care_kind",
    OWN,
    (
        entry("child_shelter", "Child shelter", "Strehimore për fëmijë", "Sklonište za decu"),
        entry("foster", "Foster family", "Familje kujdestare", "Hraniteljska porodica"),
        entry(
            "parents",
            "Parents, after a safety check",
            "Prindërit, pas kontrollit të sigurisë",
            "Roditelji, posle provere bezbednosti",
        ),
        entry(
            "relatives",
            "Relatives, after a safety check",
            "Të afërmit, pas kontrollit të sigurisë",
            "Srodnici, posle provere bezbednosti",
        ),
        entry("residential", "Residential care for children", "Kujdes rezidencial për fëmijë", "Dom za decu"),
        entry("hospital", "Hospital", "Spital", "Bolnica"),
        entry(
            "adult_place_sole_option",
            "An adult place, as the sole safe option",
            "Vend për të rritur, si e vetmja mundësi e sigurt",
            "Mesto za odrasle, kao jedina bezbedna mogućnost",
        ),
    ),
)

SOLUTION = CodeList(
    "durable_solution",
    OWN,
    (
        entry("stay", "Stays in the country", "Qëndron në vend", "Ostaje u zemlji"),
        entry(
            "return", "Returns to the country of origin", "Kthehet në vendin e origjinës", "Vraća se u zemlju porekla"
        ),
        entry("third_country", "Goes to a third country", "Shkon në një vend të tretë", "Odlazi u treću zemlju"),
    ),
)

AGE_BASIS = CodeList(
    "age_basis",
    OWN,
    (
        entry("document", "Document", "Dokument", "Dokument"),
        entry("stated", "Stated by the person", "Deklaruar nga personi", "Izjava lica"),
        entry("register", "Civil register", "Regjistri civil", "Matična knjiga"),
        entry(
            "expert", "Assessed by several professions", "Vlerësim nga disa profesionistë", "Procena više stručnjaka"
        ),
        entry("estimated", "Estimated", "E vlerësuar përafërsisht", "Procenjeno"),
    ),
)

LISTS = (CARE, SOLUTION, AGE_BASIS)
