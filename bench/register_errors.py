"""How clerks write a name, a birth or a place: spellings, alphabets, slips. The people are drawn elsewhere."""

import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

import cyrtranslit

from bench.register_people import Person

_TO_SERBIAN = (
    ("Xh", "Dž"), ("xh", "dž"), ("Gj", "Đ"), ("gj", "đ"), ("Sh", "Š"), ("sh", "š"), ("Zh", "Ž"), ("zh", "ž"),
    ("Th", "T"), ("th", "t"), ("Dh", "D"), ("dh", "d"), ("Q", "Ć"), ("q", "ć"), ("Ç", "Č"), ("ç", "č"), ("Ë", "E"),
    ("ë", "e"), ("Y", "I"), ("y", "i"), ("X", "Dz"), ("x", "dz"), ("rr", "r"), ("Rr", "R"), ("ll", "l"), ("Ll", "L"),
)  # fmt: skip
_TO_ALBANIAN = (
    ("Dž", "Xh"), ("dž", "xh"), ("Đ", "Gj"), ("đ", "gj"), ("Š", "Sh"), ("š", "sh"), ("Ž", "Zh"), ("ž", "zh"),
    ("Ć", "Q"), ("ć", "q"), ("Č", "Ç"), ("č", "ç"),
)  # fmt: skip
_EASTERN = (
    (("y", "i"), ("iy", "ij"), ("ya", "ia"), ("yu", "iu")),
    (("H", "G"), ("Kh", "H")),
    (("x", "ks"), ("j", "zh")),
)
_EASTERN_LANGUAGES = ("ukrainian", "romanian", "bulgarian")
_SHORT = {
    "Albulena": "Lena", "Aleksandra": "Saša", "Alexandra": "Sanda", "Fatmire": "Mira", "Florentina": "Tina",
    "Ludmila": "Luda", "Lyudmyla": "Luda", "Nataliya": "Nata", "Natalia": "Nata", "Nataša": "Nata", "Svetlana": "Sveta",
    "Svitlana": "Sveta", "Tatiana": "Tania", "Tetyana": "Tanya", "Xhevahire": "Xheva", "Mirjeta": "Mira",
    "Mirjana": "Mira", "Liliana": "Lili", "Ljiljana": "Ljilja", "Viktoriya": "Vika", "Victoria": "Vica",
    "Kateryna": "Katya", "Snežana": "Sneža", "Gordana": "Goca", "Dragana": "Gaga",
}  # fmt: skip
_VOWELS = frozenset("aeiouyëăîAEIOUYË")
# Says in Serbian that there is none, and a register is read so: no clerk leaves a name like that.
_NO_NAME = "nema"
STYLES = ("native", "plain", "serbian", "serbian_plain", "cyrillic", "mixed")


@dataclass(frozen=True)
class Habits:
    """How often the clerks of one register do what; drawn anew for each seed."""

    style: str
    slip: float
    capitals: float
    short: float
    married: float
    double: float
    swapped_parts: float
    day_month: float
    digit: float
    year_only: float
    no_birth: float
    age_off: float
    first_of_january: float
    citizenship_slip: float
    elsewhere: float
    form_slip: float
    scope_slip: float
    days_without_order: bool


def draw_habits(random: Random, register: str) -> Habits:
    """Return the habits of a register of one of the three kinds."""
    advocates, partner = register == "advocates", register == "return_partner"
    return Habits(
        style=random.choices(STYLES, (4, 4, 1, 1, 1 if register != "police" else 0, 3))[0],
        slip=random.uniform(0.02, 0.14),
        capitals=random.uniform(0.0, 0.12),
        short=random.uniform(0.03, 0.12) if advocates else random.uniform(0.0, 0.04),
        married=random.uniform(0.0, 0.06),
        double=random.uniform(0.0, 0.03),
        swapped_parts=random.uniform(0.0, 0.03),
        day_month=random.uniform(0.02, 0.1),
        digit=random.uniform(0.0, 0.03),
        year_only=random.uniform(0.1, 0.35) if partner else random.uniform(0.0, 0.05),
        no_birth=random.uniform(0.3, 0.6) if advocates else random.uniform(0.0, 0.04),
        age_off=random.uniform(0.05, 0.3),
        first_of_january=random.uniform(0.0, 0.03),
        citizenship_slip=random.uniform(0.0, 0.02),
        elsewhere=random.uniform(0.05, 0.3),
        form_slip=random.uniform(0.0, 0.12),
        scope_slip=random.uniform(0.0, 0.12),
        # In some registers the day is that of an entry, which tells nothing about the other registers' days.
        days_without_order=random.random() < 0.4,
    )


def write_given(random: Random, person: Person, habits: Habits) -> str:
    """Return the given name as a clerk with these habits writes it."""
    given = _shorten(random, person.given) if random.random() < habits.short else person.given
    written = _spell(random, given, person.names, habits)
    return person.given if written.casefold() == _NO_NAME else written


def write_surname(random: Random, person: Person, habits: Habits) -> str:
    """Return the surname as written: perhaps the married one, or both."""
    may_marry = person.sex == "F" and (person.identified_on - person.born).days > 16 * 365
    surname = _spell(random, person.surname, person.names, habits)
    if may_marry and random.random() < habits.married:
        return _spell(random, person.married_surname, person.names, habits)
    if may_marry and random.random() < habits.double:
        return f"{surname}{random.choice((' ', '-'))}{_spell(random, person.married_surname, person.names, habits)}"
    return surname


def write_birth(random: Random, born: date, habits: Habits) -> tuple[date | None, int | None]:
    """Return the birth date as written, or the year alone, or nothing."""
    if random.random() < habits.no_birth:
        return None, None
    if random.random() < habits.year_only:
        return None, born.year
    if random.random() < habits.first_of_january:
        return born.replace(month=1, day=1), None
    if random.random() < habits.day_month and born.day <= 12:
        return born.replace(day=born.month, month=born.day), None
    if random.random() < habits.digit:
        return born + random.choice((-1, 1)) * random.choice((timedelta(days=1), timedelta(days=10))), None
    return born, None


def write_age(random: Random, born: date, day: date, habits: Habits) -> int:
    """Return the age as told on a day, sometimes a year off."""
    age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    return age + (random.choice((-1, 1)) if random.random() < habits.age_off else 0)


def _shorten(random: Random, given: str) -> str:
    if given in _SHORT:
        return _SHORT[given]
    # What is left of a name in the mouth begins with a consonant and a vowel: Bona, Hona, Nela, Tushe.
    cuts = [given[at:] for at in (-5, -4) if len(given) > 5 and given[at] not in _VOWELS and given[at + 1] in _VOWELS]
    return random.choice(cuts).capitalize() if cuts else given


def _spell(random: Random, name: str, language: str, habits: Habits) -> str:
    style = random.choice(STYLES[:4]) if habits.style == "mixed" else habits.style
    written = _in_style(random, _eastern(random, name) if language in _EASTERN_LANGUAGES else name, style)
    if random.random() < habits.slip:
        written = _slip(random, written)
    return written.upper() if random.random() < habits.capitals else written


def _in_style(random: Random, name: str, style: str) -> str:
    if style in ("native", "plain") and random.random() < 0.3:
        name = _replace(name, _TO_ALBANIAN)
    if style in ("serbian", "serbian_plain", "cyrillic"):
        name = _replace(name, _TO_SERBIAN)
    if style == "cyrillic":
        return str(cyrtranslit.to_cyrillic(name, "sr"))
    return _plain(random, name) if style in ("plain", "serbian_plain") else name


def _plain(random: Random, name: str) -> str:
    for marked, bare in (("đ", "dj"), ("Đ", "Dj"), ("dž", "dz"), ("Dž", "Dz")):
        name = name.replace(marked, bare if random.random() < 0.8 else marked)
    name = name.replace("đ", "d").replace("Đ", "D")
    return "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))


def _eastern(random: Random, name: str) -> str:
    return name if random.random() < 0.6 else _replace(name, random.choice(_EASTERN))


def _slip(random: Random, name: str) -> str:
    if len(name) < 4:
        return name
    at = random.randrange(1, len(name) - 1)
    kind = random.choice(("swap", "lose", "double", "change"))
    if kind == "swap":
        return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    if kind == "lose":
        return name[:at] + name[at + 1 :]
    if kind == "double":
        return name[:at] + name[at] + name[at:]
    return name[:at] + random.choice("aeioulrnstm") + name[at + 1 :]


def _replace(name: str, pairs: tuple[tuple[str, str], ...]) -> str:
    for old, new in pairs:
        name = name.replace(old, new)
    return name
