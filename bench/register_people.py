"""Draws the invented people of a year: names, births, namesakes, sisters. How they are written down is not here."""

import tomllib
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

FRESH_SEEDS_FROM = 1000
# From so many people on they are drawn as a country has them: all names, and namesakes as often as names are common.
MANY = 500

# Citizenship, community, the names of its people, and how many in a hundred.
_GROUPS = (
    ("XK", "kosovo_albanian", "albanian", 52),
    ("XK", "kosovo_serb", "serbian", 4),
    ("XK", "roma", "albanian", 3),
    ("AL", "", "albanian", 20),
    ("MD", "", "romanian", 9),
    ("UA", "", "ukrainian", 4),
    ("MK", "", "macedonian", 3),
    ("RO", "", "romanian", 2),
    ("BG", "", "bulgarian", 2),
    ("RS", "", "serbian", 1),
)
_REGIONS = ("prishtine", "prizren", "peje", "mitrovice", "gjilan", "ferizaj", "gjakove")
_FORMS = ("sexual_exploitation",) * 6 + ("forced_begging", "forced_labour", "servitude")


@dataclass(frozen=True)
class Person:
    """One invented person as she is, before any clerk wrote her name."""

    number: int
    given: str
    surname: str
    married_surname: str
    sex: str
    born: date
    citizenship: str
    community: str
    names: str
    region: str
    form: str
    scope: str
    identified_on: date


@dataclass(frozen=True)
class Pool:
    """The few names that a year's people share."""

    female: tuple[str, ...]
    male: tuple[str, ...]
    surnames: tuple[str, ...]


def draw_people(random: Random, count: int, year: int, lists: tuple[str, ...]) -> list[Person]:
    """Return invented people; some share a full name, some are sisters, names are few and unevenly common."""
    pools = _pools(random, lists, count)
    people = [_person(random, number, year, pools) for number in range(count)]
    fewest, most = (count // 50, count // 20) if count >= MANY else (count // 14, count // 4)
    for _ in range(random.randint(fewest, most)):
        _make_namesake(random, people)
    for _ in range(random.randint(0, max(1, count // 15))):
        _make_sister(random, people)
    return people


def lists_for(seed: int, count: int = 0) -> tuple[str, ...]:
    """Return which name lists a seed draws from: fresh seeds have names that no development seed had."""
    lists = ("a", "b") if seed >= FRESH_SEEDS_FROM else ("a",)
    return (*lists, "c") if count >= MANY else lists


def _pools(random: Random, lists: tuple[str, ...], count: int) -> dict[str, Pool]:
    stored = tomllib.loads((Path(__file__).parent / "register_names.toml").read_text(encoding="utf-8"))
    pools = {}
    for language, by_list in stored.items():
        names = {
            kind: [name for each in lists for name in by_list[each][kind].split()]
            for kind in ("female", "male", "surnames")
        }
        # A year's people come from a few towns: the fewer they are, the fewer names they share.
        share = random.uniform(0.3, 0.9) if count < MANY else 1.0
        picked = {kind: tuple(_some(random, pool, share)) for kind, pool in names.items()}
        pools[language] = Pool(picked["female"], picked["male"], picked["surnames"])
    return pools


def _some(random: Random, names: list[str], share: float) -> list[str]:
    unique = sorted(set(names))
    return random.sample(unique, max(2, round(len(unique) * share)))


def _uneven(random: Random, names: tuple[str, ...]) -> str:
    return names[min(int(len(names) * random.random() ** 1.6), len(names) - 1)]


def _person(random: Random, number: int, year: int, pools: dict[str, Pool]) -> Person:
    citizenship, community, language, _ = random.choices(_GROUPS, [group[3] for group in _GROUPS])[0]
    pool = pools[language]
    sex = "M" if random.random() < 0.08 else "F"
    surname = _uneven(random, pool.surnames)
    internal = citizenship == "XK" and random.random() < 0.75
    identified_on = date(year, 1, 1) + timedelta(days=random.randrange(335))
    age = (
        min(round(random.triangular(11, 17, 16)), 17) if random.random() < 0.4 else round(random.triangular(18, 35, 20))
    )
    return Person(
        number=number,
        given=_uneven(random, pool.male if sex == "M" else pool.female),
        surname=surname,
        married_surname=random.choice([name for name in pool.surnames if name != surname]),
        sex=sex,
        born=identified_on - timedelta(days=round((age + random.random()) * 365.25)),
        citizenship=citizenship,
        community=community,
        names=language,
        region=random.choice(_REGIONS),
        form=random.choice(_FORMS),
        scope="internal" if internal else "cross_border",
        identified_on=identified_on,
    )


def _make_namesake(random: Random, people: list[Person]) -> None:
    one = random.choice(people)
    others = [person for person in people if person.sex == one.sex and person.names == one.names and person is not one]
    if others:
        other = random.choice(others)
        # Half of them are hard to tell apart by age as well.
        born = one.born + timedelta(days=random.randint(-1100, 1100)) if random.random() < 0.5 else other.born
        too_young = (other.identified_on - born).days < 11 * 365
        people[other.number] = replace(
            other, given=one.given, surname=one.surname, born=other.born if too_young or born == one.born else born
        )


def _make_sister(random: Random, people: list[Person]) -> None:
    one = random.choice(people)
    others = [person for person in people if person.names == one.names and person.given != one.given]
    born = one.born + timedelta(days=random.choice((-1, 1)) * random.randint(330, 1500))
    if others and (one.identified_on - born).days > 11 * 365:
        other = random.choice(others)
        people[other.number] = replace(
            other,
            surname=one.surname,
            citizenship=one.citizenship,
            community=one.community,
            region=one.region,
            born=born,
        )
