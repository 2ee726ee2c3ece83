"""Checks of what people read: no sentence of a page without its translation, no sentence that cannot be translated."""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]")
ATTRIBUTE = re.compile(r"""[\w-]*=(["']).*?\1""")
TAG = re.compile(r"</?[a-z][^>]*>")
CYRILLIC = re.compile(r"[\u0400-\u04ff]")
WORD = re.compile(r"[^\W\d_]{2,}")
# A name is the same in every language.
NAMES = frozenset({"Throughcare"})


def sentences(root: Path) -> Catalog:
    """Return every sentence below app/, found as `make messages` finds them."""
    with (root / "babel.cfg").open(encoding="utf-8") as handle:
        methods, options = parse_mapping_cfg(handle)
    wanted = re.search(r'--keywords="([^"]+)"', (root / "Makefile").read_text(encoding="utf-8"))
    assert wanted, "the target `messages` of the Makefile names the keywords"
    keywords = {**DEFAULT_KEYWORDS, **parse_keywords(wanted[1].split())}
    found = Catalog()
    for name, line, message, _, context in extract_from_dir(str(root / "app"), methods, options, keywords):
        found.add(message, locations=[(f"app/{name}", line)], context=context)
    return found


def catalogue(text: str, language: str) -> Catalog:
    """Return a catalogue from the text of its file."""
    return read_po(io.StringIO(text), locale=language, ignore_obsolete=True)


def untranslated(found: Catalog, translated: Catalog) -> list[str]:
    """Every sentence has its translation, in every form that a number needs, and none is a guess."""
    return [
        f"{translated.locale}: {_key(message)!r} ({message.locations[0][0]}): {fault}; `make messages`, translate it"
        for message in found
        if message.id
        for fault in _gaps(translated.get(message.id, message.context))
    ]


def left_over(found: Catalog, translated: Catalog) -> list[str]:
    """A catalogue holds no sentence that no page has."""
    return [
        f"{translated.locale}: {_key(message)!r} stands on no page; run `make messages`"
        for message in translated
        if message.id and found.get(message.id, message.context) is None
    ]


def unlike(translated: Catalog) -> list[str]:
    """A translation keeps placeholders, tags and the closing mark of its sentence; Serbian stays in Latin script."""
    return [
        f"{translated.locale}: {_key(message)!r}: {fault} in {wording!r}"
        for message in translated
        if message.id
        for index, wording in enumerate(_forms(message.string))
        if wording
        for fault in _differences(_original(message, index, translated.num_plurals), wording)
    ]


def glossary(text: str) -> dict[str, dict[str, frozenset[str]]]:
    """Return the words of docs/glossary.md: English term -> language -> wordings, all in small letters."""
    tabled = [line for line in text.splitlines() if line.count("|") > 3]  # a term in three languages, not its meaning
    rows = [[cell.strip().casefold() for cell in line.split("|")[1:4]] for line in tabled]
    return {
        re.sub(r"\s*\(.*\)", "", english): {"sq": _wordings(albanian), "sr": _wordings(serbian)}
        for english, albanian, serbian in rows
        if WORD.search(english) and english != "english"
    }


def against_glossary(
    terms: dict[str, dict[str, frozenset[str]]], english: str, language: str, wording: str
) -> list[str]:
    """Where a sentence or a label is a term of the glossary, it is worded as the glossary has it."""
    allowed = terms.get(english.casefold(), {}).get(language, frozenset({wording.casefold()}))
    if wording.casefold() in allowed:
        return []
    return [f"{language}: {english!r} is {wording!r}; the glossary has {' or '.join(sorted(allowed))}"]


def bare_text(name: str, text: str) -> list[str]:
    """A template holds no words outside a call of gettext."""
    page = _Page()
    page.feed(_without_jinja(text))
    page.close()
    lines = page.found + _bare_arguments(text)
    return [f"{name}:{line}: {words!r} cannot be translated; put it into _() or trans" for line, words in sorted(lines)]


def bare_labels(name: str, text: str) -> list[str]:
    """A form or view gives no words to a field, a validator or a message outside a call of gettext."""
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    return [
        f"{name}:{argument.lineno}: {argument.value!r} cannot be translated; put it into _l()"
        for call in calls
        for argument in _spoken_arguments(call)
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str) and WORD.search(argument.value)
    ]


def _wordings(cell: str) -> frozenset[str]:
    return frozenset(part.strip() for part in cell.split(" / "))


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _forms(string: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string or ())


def _gaps(message: Message | None) -> Iterator[str]:
    if message is None:
        yield "not in the catalogue"
        return
    forms = _forms(message.string)
    if not forms or not all(form.strip() for form in forms):
        yield "not translated"
    if message.fuzzy:
        yield "marked as a guess (fuzzy)"


def _original(message: Message, index: int, plurals: int) -> str:
    if isinstance(message.id, str):
        return message.id
    # With two forms the first is for exactly one thing; with three it is for 1, 21, 31 ... and must carry the number.
    one, many = message.id
    return one if index == 0 and plurals == 2 else many


def _differences(original: str, wording: str) -> Iterator[str]:
    if sorted(PLACEHOLDER.findall(original)) != sorted(PLACEHOLDER.findall(wording)):
        yield "other placeholders"
    if sorted(TAG.findall(original)) != sorted(TAG.findall(wording)):
        yield "other tags"
    if original[-1:] != wording[-1:] and {original[-1:], wording[-1:]} & set(".:?!"):
        yield "another closing mark"
    if CYRILLIC.search(wording):
        yield "Cyrillic letters"


class _Page(HTMLParser):
    """Collects the words of a page and of the attributes that people see or hear."""

    SPOKEN = frozenset({"alt", "title", "placeholder", "aria-label", "aria-description"})
    SILENT = frozenset({"script", "style"})

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, str]] = []
        self.silent = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent = tag in self.SILENT
        for name, value in attrs:
            if name in self.SPOKEN:
                self._note(value or "")

    def handle_endtag(self, tag: str) -> None:
        self.silent = False

    def handle_data(self, data: str) -> None:
        if not self.silent:
            # A macro may make attributes alone, which stand inside a tag only where it is called.
            self._note(ATTRIBUTE.sub("", data))

    def _note(self, words: str) -> None:
        if any(word not in NAMES for word in WORD.findall(words)):
            before = words[: len(words) - len(words.lstrip())]
            self.found.append((self.getpos()[0] + before.count("\n"), " ".join(words.split())))


def _without_jinja(text: str) -> str:
    """Return what stands outside Jinja's tags and outside trans blocks; lines keep their numbers."""
    kept, inside_trans, opens_block = [], False, False
    for _, kind, value in _environment().lex(text):
        if kind == "name" and opens_block:
            inside_trans = {"trans": True, "endtrans": False}.get(value, inside_trans)
        if kind != "whitespace":
            opens_block = kind == "block_begin"
        is_page = kind == "data" and not inside_trans
        kept.append(value if is_page else "\n" * value.count("\n"))
    return "".join(kept)


def _bare_arguments(text: str) -> list[tuple[int, str]]:
    """Return words that are handed to a macro as they are, under a name that macros show."""
    pairs = [(pair.key, pair.value) for pair in _environment().parse(text).find_all(nodes.Pair)]
    pairs += [(nodes.Const(word.key), word.value) for word in _environment().parse(text).find_all(nodes.Keyword)]
    shown = {"text", "html", "titleText", "legend", "hint", "label", "heading", "caption", "title", "placeholder"}
    return [
        (value.lineno, value.value)
        for key, value in pairs
        if isinstance(key, nodes.Const) and key.value in shown
        if isinstance(value, nodes.Const) and isinstance(value.value, str)
        if re.match(r"[A-Z][a-z]|\w+ \w", value.value) and value.value not in NAMES
    ]


def _environment() -> Environment:
    # Only read, never rendered: nothing is shown to anybody.
    return Environment(extensions=["jinja2.ext.i18n"], autoescape=True)


def _spoken_arguments(call: ast.Call) -> Iterator[ast.expr]:
    called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    is_validator = called in {"InputRequired", "DataRequired", "Optional", "ValidationError", "StopValidation"}
    if called.endswith("Field") or called == "flash" or is_validator:
        yield from call.args[:1]
    if called == "SelectChoice":
        yield from call.args[1:2]
    if called.endswith("Field") or called == "SelectChoice" or called[:1].isupper():
        yield from (word.value for word in call.keywords if word.arg in {"label", "description", "message"})
