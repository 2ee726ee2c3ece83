"""Every form, every question of an address and every word in one, as a request that sqlmap can take up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from werkzeug.routing import Rule, UnicodeConverter

from tests.security import rubbish
from tests.security.crossing import QUERIES
from tests.security.fuzzing import NO_FORM, Fuzz
from tests.security.matrix import Cell

Parameters = tuple[tuple[str, str], ...]
HERE = "*"
"""Marks for sqlmap where it shall try something that is no parameter."""
OF_THE_FORM = ("csrf_token", "once")
"""A token that is looked at before anything else, and a key whose odd signs are taken out: not tried."""
FORM = "Content-Type: application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Target:
    """One request: all its parameters are tried, or what is marked in it."""

    route: str
    method: str
    path: str
    parameters: Parameters
    cookie: str
    headers: tuple[str, ...] = ()

    @property
    def is_marked(self) -> bool:
        """Whether sqlmap is shown the place, and tries no other."""
        return HERE in self.path or any(HERE in head for head in (self.cookie, *self.headers))

    def raw(self, host: str) -> str:
        """The request as it goes over the line."""
        asked = urlencode(self.parameters)
        path = f"{self.path}?{asked}" if self.method == "GET" and asked else self.path
        head = [f"{self.method} {path} HTTP/1.1", f"Host: {host}", f"Cookie: {self.cookie}", *self.headers]
        return "\n".join([*head, FORM, "", asked, ""] if self.method == "POST" else [*head, "", ""])


def targets(fuzz: Fuzz, cells: Iterable[Cell]) -> list[Target]:
    """For each route and method one target with all that it asks for, and one for each word in its address."""
    return [one for cell in cells for one in _of(fuzz, cell)]


def of_headers(cookie: str) -> list[Target]:
    """What every request brings along: the session's token, the browser's name and languages, where it comes from."""
    names = ("User-Agent: Browser", "Accept-Language: sq", "Referer: /", "X-Forwarded-For: 127.0.0.1")
    brought = [(cookie, f"{name}{HERE}") for name in names] + [(f"{cookie}{HERE}", "Accept: text/html")]
    # sqlmap takes two requests for one where their addresses ask for the same names: so each asks for its own.
    return [
        Target("home.my_work", "GET", "/", ((f"as{number}", "1"),), own, (head,))
        for number, (own, head) in enumerate(brought)
    ]


def cookie_of(fuzz: Fuzz, role: str) -> str:
    """The cookie of a role's signed-in browser."""
    client, _ = fuzz.crossing.browser(role)
    kept = client.get_cookie("session")
    return f"session={kept.value}" if kept else "session=none"


def _of(fuzz: Fuzz, cell: Cell) -> Iterator[Target]:
    asked = _questions(fuzz, cell) if cell.is_look else _answers(fuzz, cell)
    path = urlsplit(fuzz.crossing.address(cell)).path
    cookie = cookie_of(fuzz, cell.role)
    if any(name not in OF_THE_FORM for name, _ in asked):
        yield Target(cell.route, cell.method, path, asked, cookie)
    for place in _words(next(fuzz.crossing.app.url_map.iter_rules(cell.route)), path):
        yield Target(cell.route, cell.method, place, asked, cookie)


def _questions(fuzz: Fuzz, cell: Cell) -> Parameters:
    """What the links and forms of a route's pages ask it for."""
    own = {name: str(value) for name, value in QUERIES.get(cell.route, {}).items()}
    names = sorted(fuzz.names.get(cell.route, set()) - {"csrf_token"})
    return tuple((dict.fromkeys(names, "a") | own).items())


def _answers(fuzz: Fuzz, cell: Cell) -> Parameters:
    """A form with every question answered by something that it may take: what is unfit would reach no statement."""
    form = fuzz.form_of(cell)
    if form is NO_FORM:
        return ()
    told = dict(rubbish.filled(form, "", "a text"))
    told |= {button["name"]: button["value"] for button in form.buttons if button["name"]}
    return tuple((name, value.replace(HERE, "")) for name, value in told.items() if name != "csrf_token")


def _words(rule: Rule, path: str) -> Iterator[str]:
    """The address with one of its words marked; an id is no word: what is no id reaches no view."""
    parts = path.split("/")
    named = [part[1:-1].rpartition(":")[2] if part.startswith("<") else "" for part in rule.rule.split("/")]
    for at, name in enumerate(named):
        if name and type(rule._converters[name]) is UnicodeConverter:
            yield "/".join([*parts[:at], parts[at] + HERE, *parts[at + 1 :]])
