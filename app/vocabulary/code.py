"""The shape of a code list: label, code, list. The lists themselves live beside this file, one file a noun."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

LANGUAGES = ("en", "sq", "sr")

OWN = "Throughcare"
HTCDS = "HTCDS 2.0"
PALERMO = "Palermo Protocol art. 3(a)"
CTDC = "CTDC global dataset"
EUROSTAT = "Eurostat crim_thb"
ISO_COUNTRY = "ISO 3166-1"
ISO_LANGUAGE = "ISO 639-2"
ISO_CURRENCY = "ISO 4217"
ISCED = "ISCED 2011"


@dataclass(frozen=True, slots=True)
class Label:
    """What a person reads, in English, Albanian and Serbian (Latin script)."""

    en: str
    sq: str
    sr: str

    def text(self, language: str) -> str:
        """Return the wording for a language or locale (`sr_Latn` reads as `sr`); KeyError for any other language."""
        key = language.replace("-", "_").partition("_")[0].lower()
        if key not in LANGUAGES:
            raise KeyError(f"no labels in language {language!r}; there are {', '.join(LANGUAGES)}")
        wording: str = getattr(self, key)
        return wording


@dataclass(frozen=True, slots=True)
class Code:
    """One value that a coded field may take; `standard_code` is its name in the standard, empty where it has none."""

    code: str
    label: Label
    standard: str = OWN
    standard_code: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    def is_valid_on(self, day: date) -> bool:
        """Say whether the code may be chosen on a day; both ends of its validity are included."""
        starts = self.valid_from is None or self.valid_from <= day
        return starts and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class CodeList:
    """An ordered list of codes under one name; an `alphabetical` one is offered by wording, others in own order."""

    name: str
    standard: str
    codes: tuple[Code, ...]
    alphabetical: bool = False
    _by_code: dict[str, Code] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_code = {code.code: code for code in self.codes}
        if len(by_code) != len(self.codes):
            raise ValueError(f"code list {self.name!r} has the same code twice")
        object.__setattr__(self, "_by_code", by_code)

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __iter__(self) -> Iterator[Code]:
        return iter(self.codes)

    def __len__(self) -> int:
        return len(self.codes)

    def get(self, code: str) -> Code:
        """Return a code, also one that is no longer valid; KeyError when the list never had it."""
        try:
            return self._by_code[code]
        except KeyError:
            raise KeyError(f"code list {self.name!r} has no code {code!r}") from None

    def label(self, code: str, language: str) -> str:
        """Return the wording of a code in a language; KeyError for an unknown code or language."""
        return self.get(code).label.text(language)

    def keys(self) -> tuple[str, ...]:
        """Return the codes as plain strings, in the order of the list."""
        return tuple(code.code for code in self.codes)

    def by_standard(self, standard_code: str) -> Code:
        """Return the code that a standard calls by this name; KeyError when there is none."""
        for code in self.codes:
            if code.standard_code == standard_code:
                return code
        raise KeyError(f"code list {self.name!r} has no code for {standard_code!r} of its standard")

    def choices(self, language: str, on: date | None = None) -> list[tuple[str, str]]:
        """Return (code, wording) pairs to choose from, without those not valid on the day given."""
        offered = [code for code in self.codes if on is None or code.is_valid_on(on)]
        pairs = [(code.code, code.label.text(language)) for code in offered]
        return sorted(pairs, key=_reading_order) if self.alphabetical else pairs


def entry(code: str, en: str, sq: str, sr: str, standard: str = OWN, standard_code: str = "") -> Code:
    """Return a code from its three wordings."""
    return Code(code, Label(en, sq, sr), standard, standard_code)


def _reading_order(pair: tuple[str, str]) -> tuple[bool, str]:
    # Absent answers (lower-case codes) close the list; marks are ignored, so that Š stands with S.
    code, wording = pair
    plain = unicodedata.normalize("NFKD", wording.casefold())
    return code.islower(), "".join(mark for mark in plain if not unicodedata.combining(mark))
