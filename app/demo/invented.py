"""Invented women and girls for registers of the demo: two names each, a birth day, and what a list says of them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import cycle, islice

Row = dict[str, str]

GIVEN = (
    *("Albana", "Arbnora", "Besa", "Blerina", "Donika", "Dafina", "Elira", "Fatbardha", "Fjolla", "Gresa", "Hana"),
    *("Ilira", "Jeta", "Kaltrina", "Lirije", "Majlinda", "Nora", "Orgesa", "Pranvera", "Qendresa", "Rina", "Saranda"),
    *("Teuta", "Valdete", "Yllka", "Zana", "Anica", "Bojana", "Cvetana", "Doina", "Emilia", "Galina", "Irina"),
    *(
        "Jovana",
        "Ksenia",
        "Ljubica",
        "Marina",
        "Natalia",
        "Oxana",
        "Polina",
        "Rodica",
        "Svetlana",
        "Tatiana",
        "Viorica",
    ),
)
SURNAMES = (
    *("Abazaj", "Bardhi", "Cakolli", "Dragusha", "Elezaj", "Frasheri", "Gashnjani", "Hyseni", "Islamaj", "Jashanica"),
    *("Kastrati", "Lladrovci", "Morinaj", "Ndreca", "Osmanaj", "Pllana", "Rugovaj", "Shabanaj", "Tahiraj", "Ukshini"),
    *("Vokshi", "Xhemajli", "Zeneli", "Antonescu", "Bogdanova", "Ciobanu", "Dumitrache", "Filipova", "Georgieva"),
    *("Hristova", "Ionescu", "Jankulovska", "Kovalenko", "Lupu", "Munteanu", "Nikolova", "Oprea", "Petrenko", "Rusu"),
)


def names() -> Iterator[tuple[str, str]]:
    """Two names for each person, never the same two; neighbours share neither."""
    for step in range(len(SURNAMES)):
        for place, given in enumerate(GIVEN):
            yield given, SURNAMES[(place * 7 + step) % len(SURNAMES)]


def people(
    names: Iterator[tuple[str, str]],
    number: int,
    citizenship: str,
    ages: Iterable[int],
    on: Iterable[date],
    **told: str,
) -> list[Row]:
    """So many women and girls of one citizenship, each with her age on the day on which an agency first met her."""
    met = zip(islice(names, number), cycle(ages), cycle(on), strict=False)
    base = {"sex": "F", "citizenship": citizenship, "form": "sexual_exploitation", **told}
    return [
        {**base, "given_names": given, "surname": surname, "birth_date": str(born_on(day, age, place)), "met": str(day)}
        for place, ((given, surname), age, day) in enumerate(met)
    ]


def born_on(day: date, age: int, place: int) -> date:
    """A birth day that makes her so old on the day."""
    return date(day.year - age, day.month, 1) - timedelta(days=1 + place * 37 % 330)


def days(first: date, last: date, number: int) -> list[date]:
    """So many days, spread over a period, both ends among them."""
    return [first + (last - first) * place // max(number - 1, 1) for place in range(number)]


def spread(rows: list[Row], field: str, shares: Mapping[str, int]) -> None:
    """Tell a field of the rows: so many of each value, one value after another."""
    told = (value for value, number in shares.items() for _ in range(number))
    for row, value in zip(rows, told, strict=False):
        row[field] = value
