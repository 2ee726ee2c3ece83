"""Follows every link and every asking form that a person gets to, and looks through what comes back for foreign words.

What comes back is the whole answer: address, headers, text and attributes, the parts inside a workbook, the words of a
PDF. Each route is asked a bounded number of times, so that a list of a thousand cases is not a thousand pages.
"""

from __future__ import annotations

import html
import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from urllib.parse import unquote, urlencode, urlsplit
from zipfile import ZipFile

import pypdfium2
from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.test import Client, TestResponse

from app.demo import PASSWORD
from tests.security.crossing import ENDS_SESSIONS
from tests.security.entitled import Design, Reader
from tests.security.tokens import WORD, Planted, words_in
from tests.support.factors import signed_in, stay_fresh
from tests.support.page import FormOnPage, Page

LEADS_ON = re.compile(r"""\s(?:href|src|data-[a-z-]+)="(/[^"]*)\"""")
SEARCHED = ("Arta", "Provë")
"""What is typed into fields that look for something: the names of everybody in the caseload."""


@dataclass(frozen=True)
class Bounds:
    """How many answers to one person, and how many of one route, with a question and without."""

    answers: int
    of_route: int


@dataclass
class Crawl:
    """One application on a caseload with words in it."""

    app: Flask
    planted: Planted
    design: Design
    bounds: Bounds
    answers: int = 0
    looked_through: int = 0
    routes: set[str] = field(default_factory=set)
    failed: set[str] = field(default_factory=set)
    met: set[str] = field(default_factory=set)
    """Columns whose words reached somebody who may have them."""
    files: dict[str, set[str]] = field(default_factory=dict)
    """Routes that were answered with a file to keep, with the sealed columns of which a word was in one."""

    def leaks(self, sign_in: str) -> Iterator[str]:
        """Every foreign word that reaches a person on what she can get to from her first page on."""
        reader, client = self.design.readers[sign_in], self.browser(sign_in)
        waiting, seen, of_route, left = deque(["/"]), {"/"}, Counter[tuple[str, bool]](), self.bounds.answers
        while waiting and left:
            address = waiting.popleft()
            route = self._route(address)
            is_asking = "?" in address
            if not route or of_route[route, is_asking] >= self.bounds.of_route:
                continue
            of_route[route, is_asking] += 1
            left -= 1
            answer = client.get(address, buffered=True)
            yield from self.foreign(reader, route, address, answer)
            fresh = [one for one in leading_on(address, answer) if one not in seen]
            seen.update(fresh)
            waiting.extend(fresh)

    def browser(self, sign_in: str) -> Client:
        """A browser in which she is signed in and has given a code just now."""
        database, client = self.app.extensions["database"], self.app.test_client()
        client.set_cookie(self.app.session_interface.cookie, signed_in(database, sign_in, PASSWORD))  # type: ignore[attr-defined]
        stay_fresh(database)
        return client

    def foreign(self, reader: Reader, route: str, sent: str, answer: TestResponse) -> Iterator[str]:
        """The words of an answer that she may not have; what she sent herself is no news."""
        told, own = told_by(answer), set(words_in(unquote(sent)))
        self.answers += 1
        self.looked_through += len(told)
        self.routes.add(route)
        self.failed |= {route} if answer.status_code >= 500 else set()
        is_file = "attachment" in answer.headers.get("Content-Disposition", "")
        sealed = self.files.setdefault(route, set()) if is_file else set()
        for word in sorted(set(words_in(told)) - own):
            place = self.planted.words.get(word)
            if place is None:
                continue
            sealed |= {f"{place.table}.{place.column}"} if WORD.fullmatch(word) else set()
            if self.design.may_be_told(reader, place):
                self.met.add(f"{place.table}.{place.column}")
            else:
                part = f".{place.part}" if place.part else ""
                yield f"{reader.name} at {route} ({answer.status_code}): {place.table}.{place.column}{part}"

    def _route(self, address: str) -> str:
        """The route of an address of a page; none of a file of the look, and of what ends her session."""
        try:
            rule, _ = self.app.url_map.bind("localhost").match(urlsplit(address).path, method="GET")
        except HTTPException:
            return ""
        return "" if rule == "static" or rule in ENDS_SESSIONS else str(rule)


def told_by(answer: TestResponse) -> str:
    """Everything that an answer says, in whatever it is packed."""
    data = answer.get_data()
    if data[:4] == b"PK\x03\x04":
        with ZipFile(BytesIO(data)) as parts:
            body = "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
    elif data[:5] == b"%PDF-":
        body = "\n".join([*_words_of(data), data.decode("latin-1")])
    else:
        body = data.decode("utf-8", "replace")
    return html.unescape(unquote(f"{answer.headers}\n{body}"))


def _words_of(made: bytes) -> Iterator[str]:
    document = pypdfium2.PdfDocument(made)
    yield from document.get_metadata_dict().values()
    for page in document:
        yield page.get_textpage().get_text_range()


def leading_on(address: str, answer: TestResponse) -> Iterator[str]:
    """Where an answer leads without anything being changed: a redirect, links, forms that only ask."""
    if "Location" in answer.headers:
        yield _here(answer.headers["Location"])
    if answer.mimetype != "text/html":
        return
    body = answer.get_data(as_text=True)
    for found in LEADS_ON.findall(body):
        yield _here(html.unescape(found))
    if 'method="get"' in body:
        page = Page.read(address, answer.status_code, dict(answer.headers), body)
        yield from (one for form in page.forms if form.method == "GET" for one in _asking(form.action, form))


def _asking(action: str, form: FormOnPage) -> Iterator[str]:
    standing = form.as_it_stands()
    yield f"{action}?{urlencode(standing)}"
    for name, value in standing:
        offered: Iterable[str] = form.offered(name) or (SEARCHED if not value else ())
        others = [(other, kept) for other, kept in standing if other != name]
        yield from (f"{action}?{urlencode([*others, (name, one)])}" for one in offered)


def _here(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
