"""What may be sent instead of what was asked for: bodies of forms and queries of addresses, from odd to hostile."""

from __future__ import annotations

import io
import re
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus

from werkzeug.datastructures import MultiDict

from tests.support.page import Element, FormOnPage

MARK = "zq7"
"""Stands in all that is typed, so that it can be found where it must not be."""

TOKEN, KEY, VERSION = "csrf_token", "once", "row_version"
UNSEEN_BY_PEOPLE = (TOKEN, KEY, VERSION, "back")
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
FORM = "application/x-www-form-urlencoded"

TEXTS = {
    "words": f"{MARK} fjalë, reči",
    "one sign too many": MARK + "x" * 198,
    "very long": MARK + "x" * 7000,
    "nul": f"{MARK}\x00\x01\x1b",
    "from right to left": f"{MARK} \u202eesrever\u2066\u200f",
    "piled up": MARK + "e\u0301\u0316\u0489" * 20,
    "beyond the plane": f"{MARK} \U0001f98a \U000e0001 \ufdd0",
    "a huge number": "9" * 5000,
    "a number too large to keep": "2147483648",
    "a negative number": "-1",
    "no whole number": "1e309",
    "digits of another script": "١٢٣",
    "no such day": "31",
    "day zero": "0",
    "markup": f"<script>{MARK}</script>'\";--<!--",
    "a template": f"{MARK} {{{{7*7}}}} {{% x %}} %(num)s %s {{0}}",
    "a header": f"{MARK}\r\nLocation: //elsewhere.test\r\n\r\n",
    "blanks": " \t\r\n ",
    "a malformed id": f"{MARK}-0000-0000",
    "an unknown id": str(uuid.UUID(int=7)),
}
SHOWN_AGAIN = (
    "words",
    "from right to left",
    "piled up",
    "a negative number",
    "markup",
    "a template",
    "no whole number",
)
"""The texts that come back as they were typed."""


ANSWERS = (200, 302, 404, 409, 422)


@dataclass(frozen=True)
class Body:
    """A body by its name; `make` gives what the test client takes, from a form and its token."""

    name: str
    make: Callable[[FormOnPage, str], dict[str, Any]]
    answers: tuple[int, ...] = ANSWERS
    typed: str = ""

    @property
    def is_shown_again(self) -> bool:
        """Whether what was typed must stand in the page that comes back."""
        return self.name in SHOWN_AGAIN


def bodies() -> list[Body]:
    """All bodies, those that a form may take at their end: what acts changes what comes after it."""
    texts = [Body(name, _all_filled_with(text), typed=text) for name, text in TEXTS.items()]
    return [*texts, *_malformed(), *_nearly_right()]


def queries() -> list[str]:
    """What an address may ask for, in every one of its names."""
    days = ("2014-13-45", "0000-00-00", "9999-12-31", f"9999-12-31~{uuid.UUID(int=7)}", f"10000-01-01~{MARK}")
    return [*TEXTS.values(), *days, "", "1", "99999", "9999", "javascript:alert(1)", "//elsewhere.test"]


def _all_filled_with(text: str) -> Callable[[FormOnPage, str], dict[str, Any]]:
    def make(form: FormOnPage, token: str) -> dict[str, Any]:
        seen = {name: text for name in form.names if name not in UNSEEN_BY_PEOPLE}
        return _urlencoded([*_standing(form, token, but=seen), *seen.items()])

    return make


def _malformed() -> list[Body]:
    refused = (400,)
    return [
        Body("empty", lambda form, token: _urlencoded(_standing(form, token, but=form.names - {TOKEN}))),
        Body("without the token", lambda form, _: _urlencoded([("x", "1")]), refused),
        Body("a foreign token", lambda form, _: _urlencoded([(TOKEN, "IjEi.ZZZZZZ.abc")]), refused),
        Body("json", lambda form, token: {"json": {TOKEN: token, "text": MARK}}, refused),
        Body("a list in json", lambda form, token: {"json": [MARK], "headers": {"X-CSRFToken": token}}),
        Body("too large", lambda form, token: {"data": b"x=" + b"y" * 2_200_000, "content_type": FORM}, (413, 400)),
        Body("many fields", lambda form, token: _urlencoded([(TOKEN, token)] + [("x", "1")] * 3000)),
        Body("no form at all", lambda form, token: {"data": b"\x00\xff\xfe", "content_type": FORM}, refused),
        Body("broken parts", lambda form, token: _of_parts(b"--b\r\nContent-Disposition: nonsense"), refused),
        Body("invalid utf-8", _raw(b"%ff%fe%ed%a0%80")),
        Body("bytes as they are", _raw(b"\xff\xfe\xed\xa0\x80"), (*ANSWERS, 400)),
        Body("a file where text was asked for", _files),
        Body("hidden values too", _hidden_too),
        Body("repeated", lambda form, token: _urlencoded(filled(form, token, MARK) * 3)),
        Body("unknown fields", _with_unknown),
    ]


def _nearly_right() -> list[Body]:
    found = {
        "a version that is none": {VERSION: MARK},
        "a huge version": {VERSION: "9" * 40},
        "an old version": {VERSION: "1"},
        "a key that is none": {KEY: f"{MARK}\x00" * 200},
        "an empty key": {KEY: ""},
        "a key once more": {KEY: "the-same-key-for-all"},
    }
    kept = [
        Body(name, lambda form, token, own=own: _urlencoded(_with(filled(form, token, f"{MARK} text"), own)))  # type: ignore[misc]
        for name, own in found.items()
    ]
    days = {"the first day": ("1", "1", "1900"), "the last day": ("31", "12", "2100"), "day one": ("1", "1", "0001")}
    dated = [
        Body(name, lambda form, token, on=on: _urlencoded(filled(form, token, f"{MARK} text", on)))  # type: ignore[misc]
        for name, on in days.items()
    ]
    odd = [
        Body(f"filled in, {name}", lambda form, token, text=TEXTS[name]: _urlencoded(filled(form, token, text)))  # type: ignore[misc]
        for name in ("from right to left", "piled up", "beyond the plane", "markup", "a template")
    ]
    return [*dated, *odd, *kept]


def _standing(form: FormOnPage, token: str, but: Iterable[str] = ()) -> list[tuple[str, str]]:
    left_out = {*but, TOKEN}
    return [(TOKEN, token), *((name, value) for name, value in form.as_it_stands() if name not in left_out)]


def filled(
    form: FormOnPage, token: str, text: str, day: tuple[str, str, str] = ("3", "3", "2014")
) -> list[tuple[str, str]]:
    """Every question answered with something that it may take: one of the offers, a text, a day, a number."""
    told: dict[str, str] = {}
    for control in form.controls:
        name = control["name"]
        if control["type"] in ("hidden", "file"):
            continue
        offered = form.offered(name)
        part = name.rpartition("-")[2]
        if offered is not None:
            told[name] = _chosen(list(offered))
        elif part in ("day", "month", "year"):
            told[name] = day[("day", "month", "year").index(part)]
        else:
            told[name] = "1" if control["inputmode"] in ("numeric", "decimal") else text
    return [*_standing(form, token, but=told), *told.items()]


def _chosen(offered: list[str]) -> str:
    """The last by the alphabet; of ids, which are others in each run, the last on the page."""
    return offered[-1] if ID.fullmatch(offered[-1]) else max(offered)


def _with(sent: list[tuple[str, str]], own: dict[str, str]) -> list[tuple[str, str]]:
    return [(name, own.get(name, value)) for name, value in sent]


def _with_unknown(form: FormOnPage, token: str) -> dict[str, Any]:
    odd = ("self", "__class__", "csrf", "validate", "data", "errors", f"{MARK}[]", "agency_id", "member_id", "roles")
    return _urlencoded([*filled(form, token, " "), *((name, MARK) for name in odd)])


def _hidden_too(form: FormOnPage, token: str) -> dict[str, Any]:
    return _urlencoded([(TOKEN, token), *((name, f"{MARK}\x00") for name in form.names if name not in (TOKEN, "back"))])


def _files(form: FormOnPage, token: str) -> dict[str, Any]:
    names = [name for name in form.names if name not in UNSEEN_BY_PEOPLE]
    files: dict[str, Any] = {name: (io.BytesIO(b"\x00\xff" + MARK.encode()), f"{MARK}\x00.csv") for name in names}
    return {"data": {TOKEN: token, **files}, "content_type": "multipart/form-data"}


def _raw(value: bytes) -> Callable[[FormOnPage, str], dict[str, Any]]:
    def make(form: FormOnPage, token: str) -> dict[str, Any]:
        names = [name for name in form.names if name not in (TOKEN, "back")]
        typed = b"&".join(quote_plus(name).encode() + b"=" + value for name in names)
        return {"data": f"{TOKEN}={quote_plus(token)}&".encode() + typed, "content_type": FORM}

    return make


def _of_parts(content: bytes) -> dict[str, Any]:
    return {"data": content, "content_type": "multipart/form-data; boundary=b"}


def _urlencoded(sent: list[tuple[str, str]]) -> dict[str, Any]:
    return {"data": MultiDict(sent)}


def is_text(control: Element) -> bool:
    """Whether a person types into it what she can read again."""
    return control.tag == "textarea" or control["type"] == "text"
