"""A page as the tests read it: a small tree from the standard library's parser, its forms, links, tables and words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, KeysView
from dataclasses import dataclass, field, replace
from functools import cached_property
from html.parser import HTMLParser

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
FOREIGN = frozenset(["path", "circle", "rect", "line", "text", "g", "svg", "title", "desc", "defs", "pattern"])


@dataclass
class Element:
    """One element: its name, attributes, children and the text between them."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)
    parent: Element | None = field(default=None, repr=False)

    def __getitem__(self, name: str) -> str:
        return self.attributes.get(name, "")

    def __contains__(self, name: str) -> bool:
        return name in self.attributes

    @property
    def text(self) -> str:
        """All words in it, blanks drawn together."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            else:
                yield from child._texts()

    def walk(self) -> Iterator[Element]:
        """All elements below it, in the order of the page."""
        return iter(self._below)

    @cached_property
    def _below(self) -> list[Element]:
        """Kept, for a page is read some thirty times once it is whole."""
        found: list[Element] = []
        waiting = self._inner
        while waiting:
            found.append(waiting.pop())
            waiting += found[-1]._inner
        return found

    @property
    def _inner(self) -> list[Element]:
        return [child for child in reversed(self.children) if isinstance(child, Element)]

    def all(self, *tags: str, where: Callable[[Element], bool] = lambda _: True) -> list[Element]:
        """The elements below it with one of the names for which `where` holds."""
        return [element for element in self.walk() if element.tag in tags and where(element)]

    def of_class(self, name: str) -> list[Element]:
        """The elements below it that carry a class."""
        return [element for element in self.walk() if name in element["class"].split()]

    def is_inside(self, tag: str) -> bool:
        """Whether an element with that name stands around it."""
        around = self.parent
        while around is not None and around.tag != tag:
            around = around.parent
        return around is not None


class _Builder(HTMLParser):
    """Builds the tree and notes where the page was not well formed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("#page")
        self.open = self.root
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        self.faults += [f"<{tag}> has {name} twice" for name in set(names) if names.count(name) > 1]
        element = Element(tag, {name: value or "" for name, value in attrs}, parent=self.open)
        self.open.children.append(element)
        if tag not in VOID:
            self.open = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            if tag not in FOREIGN:
                self.faults.append(f"<{tag}/> closes itself, which HTML ignores")
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.open.tag != tag or self.open.parent is None:
            self.faults.append(f"</{tag}> where <{self.open.tag}> is open")
            return
        self.open = self.open.parent

    def handle_data(self, data: str) -> None:
        self.open.children.append(data)


@dataclass(frozen=True)
class FormOnPage:
    """A form: where it goes, how, and what a browser would send of it as it stands."""

    element: Element
    page_path: str
    pressed: str = ""
    """The words of the button that sends it, where that matters."""

    @property
    def action(self) -> str:
        """The address that it is sent to: that of the button, its own, or that of its page."""
        own = [one["formaction"] for one in self.buttons if self.pressed and one.text == self.pressed]
        return "".join(own) or self.element["action"] or self.page_path

    @property
    def ways(self) -> list[FormOnPage]:
        """The form as it is sent by itself, and by each button that leads elsewhere."""
        return [self, *(replace(self, pressed=one.text) for one in self.buttons if one["formaction"])]

    @property
    def method(self) -> str:
        """GET or POST."""
        return (self.element["method"] or "get").upper()

    @property
    def controls(self) -> list[Element]:
        """All that can hold a value."""
        return self.element.all("input", "select", "textarea", where=lambda e: bool(e["name"]))

    @property
    def names(self) -> set[str]:
        """The names that a person can fill in, and the hidden ones."""
        return {control["name"] for control in self.controls}

    @property
    def buttons(self) -> list[Element]:
        """What sends it."""
        return self.element.all("button", where=lambda e: e["type"] in ("", "submit"))

    def as_it_stands(self) -> list[tuple[str, str]]:
        """What a browser would send without anybody touching it, the buttons apart."""
        return [(control["name"], value) for control in self.controls for value in _standing(control)]

    def offered(self, name: str) -> KeysView[str] | None:
        """The values that may be chosen for a name, in the page's order; None where anything can be typed."""
        found: dict[str, None] = {}
        is_free = False
        for control in self.controls:
            if control["name"] != name:
                continue
            if control.tag == "select":
                found |= {option["value"]: None for option in control.all("option")}
            elif control["type"] in ("radio", "checkbox"):
                found[control["value"]] = None
            else:
                is_free = True
        return None if is_free else found.keys()


def _standing(control: Element) -> list[str]:
    if control.tag == "textarea":
        text = "".join(child for child in control.children if isinstance(child, str))
        return [text.removeprefix("\n")]
    if control.tag == "select":
        options = control.all("option")
        chosen = [option["value"] for option in options if "selected" in option]
        return chosen or [option["value"] for option in options[:1]]
    kind = control["type"]
    if kind in ("radio", "checkbox"):
        return [control["value"]] if "checked" in control else []
    return [] if kind in ("file", "submit", "button") else [control["value"]]


@dataclass(frozen=True)
class Page:
    """What the server answered: status, headers and the parsed page."""

    path: str
    status: int
    headers: dict[str, str]
    body: str
    root: Element
    faults: tuple[str, ...]

    @classmethod
    def read(cls, path: str, status: int, headers: dict[str, str], body: str) -> Page:
        """Parse an answer."""
        builder = _Builder()
        builder.feed(body)
        builder.close()
        if builder.open is not builder.root:
            builder.faults.append(f"<{builder.open.tag}> is never closed")
        return cls(path, status, headers, body, builder.root, tuple(builder.faults))

    @property
    def title(self) -> str:
        """The words of the window's title."""
        return " / ".join(e.text for e in self.root.all("title", where=lambda e: not e.is_inside("svg")))

    @property
    def heading(self) -> str:
        """The words of the one h1."""
        return " / ".join(heading.text for heading in self.root.all("h1"))

    @property
    def main(self) -> Element:
        """The page itself, without what stands around it."""
        return self.root.all("main")[0]

    @property
    def text(self) -> str:
        """All words of the page itself."""
        return self.main.text

    @property
    def links(self) -> dict[str, str]:
        """Addresses by the words of their links."""
        return {link.text: link["href"] for link in self.root.all("a")}

    @property
    def errors(self) -> list[str]:
        """The lines of the error summary."""
        return [line.text for box in self.root.of_class("govuk-error-summary") for line in box.all("li")]

    @property
    def forms(self) -> list[FormOnPage]:
        """All forms, those of the head too."""
        return [FormOnPage(form, self.path.partition("?")[0]) for form in self.root.all("form")]

    def form(self, button: str) -> FormOnPage:
        """The one form whose button says so; raises LookupError for none or several."""
        found = [form for form in self.forms if any(one.text == button for one in form.buttons)]
        if len(found) != 1:
            offered = sorted({one.text for form in self.forms for one in form.buttons})
            raise LookupError(f"{len(found)} forms with a button {button!r} on {self.path}; buttons: {offered}")
        return replace(found[0], pressed=button)
