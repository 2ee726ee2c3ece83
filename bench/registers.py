"""Invented registers of one year as three agencies keep them, with the truth beside; for tests and benchmarks alone.

python -m bench.registers SEED FOLDER   writes the files of one seed
"""

import csv
import io
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from app.matching import RecordView
from app.registers import RegisterRow, parse, preset, read
from bench.register_errors import Habits, draw_habits, write_age, write_birth, write_given, write_surname
from bench.register_people import Person, draw_people, lists_for

REGISTERS = ("police", "advocates", "return_partner")
# How likely a person stands in each register: as in the founding year, 32, 33 and 16 of 38.
_SHARES = {"police": 0.84, "advocates": 0.87, "return_partner": 0.42}
_ALBANIAN = {
    "XK": "Kosovë", "AL": "Shqipëri", "MD": "Moldavi", "UA": "Ukrainë", "MK": "Maqedoni", "RO": "Rumani",
    "BG": "Bullgari", "RS": "Serbi",
}  # fmt: skip
_ENGLISH = {
    "XK": "Kosovo", "AL": "Albania", "MD": "Moldova", "UA": "Ukraine", "MK": "Macedonia", "RO": "Romania",
    "BG": "Bulgaria", "RS": "Serbia",
}  # fmt: skip
_ALPHA3 = {"XK": "XKX", "AL": "ALB", "MD": "MDA", "UA": "UKR", "MK": "MKD", "RO": "ROU", "BG": "BGR", "RS": "SRB"}
_FORMS = {
    "sexual_exploitation": ("shfrytëzim seksual", "sexual exploitation", "SexualExploitation"),
    "forced_begging": ("lypje", "begging", "ForcedBegging"),
    "forced_labour": ("punë e detyruar", "forced labour", "ForcedLabour"),
    "servitude": ("shërbim shtëpiak", "domestic servitude", "Servitude"),
}
_COMMUNITIES = {"kosovo_albanian": "shqiptare", "kosovo_serb": "serbe", "roma": "rome"}
_DOORS = ("police", "police", "police", "police", "self", "hotline", "NGO", "social work", "family")


@dataclass(frozen=True)
class GeneratedYear:
    """The files of one invented year and, for each (register, row), the number of the person."""

    seed: int
    year: int
    files: dict[str, bytes]
    truth: dict[tuple[str, int], int]

    def record_truth(self) -> dict[str, int]:
        """Return the person of each record id as `records_of` makes them."""
        return {f"{register}:{row}": person for (register, row), person in self.truth.items()}


def generate(
    seed: int, people: int = 38, year: int | None = None, agencies: Iterable[str] = REGISTERS
) -> GeneratedYear:
    """Return the registers of one invented year; the same seed gives the same bytes.

    More than three agencies can be asked for: a name such as "police 2" is another register of the same kind.
    """
    random = Random(seed)
    of_year = year or _some_year(random)
    drawn = draw_people(random, people, of_year, lists_for(seed, people))
    shares = {name: _SHARES[name.split(" ")[0]] for name in agencies}
    members: dict[str, list[Person]] = {name: [] for name in shares}
    for person in drawn:
        stands_in = [name for name, share in shares.items() if random.random() < share]
        for name in stands_in or [random.choice(sorted(shares))]:
            members[name].append(person)
    return _written(random, seed, of_year, members)


def generate_wide(seed: int, agencies: int = 5, rows: int = 2000) -> GeneratedYear:
    """Return as many registers of as many rows each, over the people of a country; every second stands in each."""
    random = Random(seed)
    of_year = _some_year(random)
    drawn = draw_people(random, 2 * rows, of_year, lists_for(seed, 2 * rows))
    kinds = [REGISTERS[at % len(REGISTERS)] for at in range(agencies)]
    names = [kind if at < len(REGISTERS) else f"{kind} {at // len(REGISTERS) + 1}" for at, kind in enumerate(kinds)]
    return _written(random, seed, of_year, {name: random.sample(drawn, rows) for name in names})


def _some_year(random: Random) -> int:
    return random.choice((2004, 2005, 2006, 2008, 2009, 2010, 2011))


def _written(random: Random, seed: int, of_year: int, members: Mapping[str, list[Person]]) -> GeneratedYear:
    """Have each register's clerk write down its people, in an order of its own."""
    files: dict[str, bytes] = {}
    truth: dict[tuple[str, int], int] = {}
    for name, persons in members.items():
        kind = name.split(" ")[0]
        habits = draw_habits(random, kind)
        random.shuffle(persons)
        left_out = random.choice(((), (), ("Rajoni", "Region"), ("Forma e shfrytëzimit", "Form of exploitation")))
        rows = [_WRITERS[kind](random, person, number, habits) for number, person in enumerate(persons, start=1)]
        rows = [{head: cell for head, cell in row.items() if head not in left_out} for row in rows]
        files[name] = _csv(rows, ";" if kind == "police" and random.random() < 0.5 else ",")
        truth.update({(name, number): person.number for number, person in enumerate(persons, start=2)})
    return GeneratedYear(seed, of_year, files, truth)


def records_of(year: GeneratedYear) -> list[RecordView]:
    """Return what the linker sees of all rows, taken in through the presets as an agency would."""
    records = []
    for register, content in year.files.items():
        mapping = preset(register.split(" ")[0])
        parsed = parse(mapping, read(content), today=date(year.year + 1, 6, 1), year=year.year)
        assert not parsed.errors, parsed.errors[:3]
        records.extend(view(f"{register}:{row.row}", register, row) for row in parsed.rows)
    return records


def view(record_id: str, register: str, row: RegisterRow) -> RecordView:
    """Return what the linker sees of an imported row."""
    return RecordView(
        record_id=record_id,
        register=register,
        given_names=row.given_names,
        surname=row.surname,
        other_names=row.other_names,
        birth_date=row.birth_date,
        birth_year=row.birth_year,
        age=row.age,
        age_on=row.age_on,
        sex=row.sex if row.sex != "unknown" else "",
        citizenships=frozenset(row.citizenships),
        region=row.region if row.region != "unknown" else "",
        form=row.form if row.form != "unknown" else "",
        scope=row.scope if row.scope != "unknown" else "",
        seen_on=row.seen_on,
    )


def _police(random: Random, person: Person, number: int, habits: Habits) -> dict[str, str]:
    born, year = write_birth(random, person.born, habits)
    return {
        "Nr.": str(number),
        "Emri": write_given(random, person, habits),
        "Mbiemri": write_surname(random, person, habits),
        "Datëlindja": f"{born:%d.%m.%Y}" if born else str(year or ""),
        "Gjinia": person.sex,
        "Shtetësia": _ALBANIAN[_citizenship(random, person, habits)],
        "Komuniteti": {"kosovo_albanian": "shqiptare", "kosovo_serb": "serbe", "roma": "rome"}.get(
            person.community, ""
        ),
        "Rajoni": _region(random, person, habits),
        "Forma e shfrytëzimit": _FORMS[_form(random, person, habits)][0],
        "Lloji i trafikimit": "i brendshëm" if _is_internal(random, person, habits) else "ndërkufitar",
        "Data e identifikimit": f"{person.identified_on:%d.%m.%Y}",
        "Asistenca": "refuzoi" if random.random() < 0.08 else "po",
    }


def _advocates(random: Random, person: Person, number: int, habits: Habits) -> dict[str, str]:
    opened = _later(random, person.identified_on, habits, 0, 40)
    born, year = write_birth(random, person.born, habits)
    surname, given = write_surname(random, person, habits), write_given(random, person, habits)
    told = born is None or random.random() < 0.3
    return {
        "Ref": f"VA-{person.identified_on.year}-{number:03d}",
        "Client": f"{given}, {surname}" if random.random() < habits.swapped_parts else f"{surname}, {given}",
        "Date of birth": f"{born:%Y-%m-%d}" if born else str(year or ""),
        "Age": str(write_age(random, person.born, opened, habits)) if told else "",
        "Sex": {"F": "female", "M": "male"}[person.sex],
        "Nationality": _ENGLISH[_citizenship(random, person, habits)],
        "Region": _region(random, person, habits),
        "Form of exploitation": _FORMS[_form(random, person, habits)][1],
        "Trafficking": "internal" if _is_internal(random, person, habits) else "cross-border",
        "Referred by": random.choice(_DOORS),
        "Assisted from": f"{opened:%Y-%m-%d}",
    }


def _return_partner(random: Random, person: Person, number: int, habits: Habits) -> dict[str, str]:
    born, year = write_birth(random, person.born, habits)
    returned = _later(random, person.identified_on, habits, 20, 150)
    given, surname = write_given(random, person, habits), write_surname(random, person, habits)
    if random.random() < habits.swapped_parts:
        given, surname = surname, given
    return {
        "case_id": f"R{number:04d}",
        "prs_FirstName": given,
        "prs_SecondName": surname,
        "prs_Birthdate": f"{born:%Y-%m-%d}" if born else str(year or ""),
        "prs_Gender": {"F": "Feminine", "M": "Masculine"}[person.sex],
        "prs_Citizenship": _ALPHA3[_citizenship(random, person, habits)],
        "vic_TypeOfExploitation": _FORMS[_form(random, person, habits)][2],
        "returned_on": f"{returned:%Y-%m-%d}" if random.random() < 0.6 else "",
    }


_WRITERS: dict[str, Callable[[Random, Person, int, Habits], dict[str, str]]] = {
    "police": _police,
    "advocates": _advocates,
    "return_partner": _return_partner,
}


def _citizenship(random: Random, person: Person, habits: Habits) -> str:
    if random.random() < habits.citizenship_slip:
        return {"XK": "AL", "AL": "XK", "RS": "XK"}.get(person.citizenship, person.citizenship)
    return person.citizenship


def _form(random: Random, person: Person, habits: Habits) -> str:
    return random.choice(sorted(_FORMS)) if random.random() < habits.form_slip else person.form


def _is_internal(random: Random, person: Person, habits: Habits) -> bool:
    return (person.scope == "internal") != (random.random() < habits.scope_slip)


def _region(random: Random, person: Person, habits: Habits) -> str:
    regions = ("Prishtinë", "Prizren", "Pejë", "Mitrovicë", "Gjilan", "Ferizaj", "Gjakovë")
    if random.random() < habits.elsewhere:
        return random.choice(regions)
    return next(name for name in regions if name.lower().replace("ë", "e") == person.region)


def _later(random: Random, identified_on: date, habits: Habits, soonest: int, latest: int) -> date:
    if habits.days_without_order:
        return date(identified_on.year, 1, 1) + timedelta(days=random.randrange(365))
    return min(identified_on + timedelta(days=random.randint(soonest, latest)), date(identified_on.year, 12, 31))


def _csv(rows: list[dict[str, str]], delimiter: str) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]) if rows else ["Emri"], delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def main(seed: str, folder: str) -> None:
    """Write the registers of a seed and their truth into a folder."""
    made = generate(int(seed))
    Path(folder).mkdir(parents=True, exist_ok=True)
    for register, content in made.files.items():
        (Path(folder) / f"{register}.csv").write_bytes(content)
    truth = [{"register": register, "row": str(row), "person": str(who)} for (register, row), who in made.truth.items()]
    (Path(folder) / "truth.csv").write_bytes(_csv(truth, ","))


if __name__ == "__main__":
    main(*sys.argv[1:])
