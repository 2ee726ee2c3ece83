"""What every page must be, whatever it is about. Expected values are written here by hand, not taken from the app."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from tests.support.page import Element, FormOnPage, Page

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'; "
    "report-uri /browser-reports"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}
LANGUAGES = ("en", "sq", "sr-Latn")
PRODUCT = " – Throughcare"
NAMED = ("aria-describedby", "aria-labelledby", "aria-controls")
UNTYPED = frozenset({"hidden", "submit", "button"})


def faults_of(page: Page) -> list[str]:
    """All that is wrong with a page, one line each."""
    return [
        *page.faults,
        *_headers(page),
        *_frame(page),
        *_inline(page),
        *_names(page),
        *(fault for form in page.forms for fault in _form(form)),
        *_words(page),
    ]


def _headers(page: Page) -> list[str]:
    return [
        f"header {name} is {page.headers.get(name)!r}, not {value!r}"
        for name, value in HEADERS.items()
        if page.headers.get(name) != value
    ]


def _frame(page: Page) -> list[str]:
    root, found = page.root, []
    languages = [html["lang"] for html in root.all("html")]
    if len(languages) != 1 or languages[0] not in LANGUAGES:
        found.append(f"lang is {languages}, not one of {LANGUAGES}")
    for tag in ("h1", "main"):
        if len(root.all(tag)) != 1:
            found.append(f"{len(root.all(tag))} elements {tag}, not one")
    if not page.title.endswith(PRODUCT) or page.title == PRODUCT or " / " in page.title:
        found.append(f"title {page.title!r} does not say what the page is, or there are several")
    if page.heading and not page.heading.strip():
        found.append("the h1 is empty")
    levels = [int(heading.tag[1]) for heading in root.all("h1", "h2", "h3", "h4", "h5", "h6") if _in_main(heading)]
    found += [f"a heading h{after} follows h{before}" for before, after in pairwise(levels) if after > before + 1]
    return found


def _in_main(element: Element) -> bool:
    return element.is_inside("main")


def _inline(page: Page) -> list[str]:
    """What the content policy forbids, and what would call another host."""
    found = []
    for element in page.root.walk():
        if element.tag == "style" or (element.tag == "script" and not element["src"]):
            found.append(f"inline <{element.tag}>")
        for name, value in element.attributes.items():
            if name == "style" or name.startswith("on"):
                found.append(f"<{element.tag} {name}=...>")
            if name in ("src", "href", "action") and value.split(":")[0] in ("http", "https", "javascript", "data"):
                found.append(f"<{element.tag} {name}={value[:40]!r}> leaves the site")
            if name in ("src", "href", "action") and value.startswith("//"):
                found.append(f"<{element.tag} {name}={value[:40]!r}> leaves the site")
    return found


def _names(page: Page) -> list[str]:
    """Ids once each; what points to an id points to one that is there."""
    ids = Counter(element["id"] for element in page.root.walk() if "id" in element)
    found = [f"id {name!r} {number} times" for name, number in ids.items() if number > 1 or not name]
    for element in page.root.walk():
        for attribute in NAMED:
            found += [
                f"{attribute} names {name!r}, which is not there"
                for name in element[attribute].split()
                if name not in ids
            ]
        if element.tag == "a" and element["href"].startswith("#") and element["href"][1:] not in ids:
            found.append(f"a link leads to {element['href']}, which is not there")
        if element.tag == "label" and element["for"] not in ids:
            found.append(f"a label for {element['for']!r}, which is not there")
    return found


def _form(form: FormOnPage) -> list[str]:
    found = []
    labelled = {label["for"]: label.text for label in form.element.all("label")}
    for control in form.controls:
        if control["type"] in UNTYPED:
            continue
        if not (labelled.get(control["id"]) or control["aria-label"] or control["aria-labelledby"]):
            found.append(f"{control.tag} {control['name']!r} has no label")
    if form.method == "POST" and not any(
        control["name"] == "csrf_token" and control["value"] for control in form.controls
    ):
        found.append(f"the form to {form.action} has no token against forgery")
    if form.method == "GET" and "csrf_token" in form.names:
        found.append(f"the form to {form.action} would put its token into the address")
    found += [
        f"a field {control['name']!r} stands outside a fieldset" for control in form.controls if _is_loose(control)
    ]
    return found


def _is_loose(control: Element) -> bool:
    return control["type"] == "radio" and not control.is_inside("fieldset")


def _words(page: Page) -> list[str]:
    """Buttons and links say what they do; nothing of the machine's own shows."""
    found = [f"a {e.tag} says nothing" for e in page.root.all("a", "button") if not (e.text or e["aria-label"])]
    found += ["a link leads nowhere" for link in page.root.all("a") if not link["href"]]
    found += ["an image has no alt" for image in page.root.all("img") if "alt" not in image]
    text = page.root.text
    found += [
        f"the page shows {leak!r}"
        for leak in ("Traceback (most", "{{", "}}", "<function", " object at 0x", "%(")
        if leak in text
    ]
    return found
