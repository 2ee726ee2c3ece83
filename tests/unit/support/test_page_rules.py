"""The rules of a page, each with a page that keeps it and one that breaks it."""

import pytest

from tests.support.client import filled
from tests.support.page import Page
from tests.support.page_rules import HEADERS, faults_of

GOOD = """<!doctype html><html lang="en"><head><title>Cases – Throughcare</title>
<script type="module" src="/app.js"></script></head><body><main id="main"><h1>Cases</h1>
<form method="post" action="/cases"><input type="hidden" name="csrf_token" value="t">
<label for="name">Alias</label><input id="name" name="name" value="D" aria-describedby="hint"><p id="hint">Any</p>
<fieldset><legend>Sex</legend><label for="f">Female</label><input type="radio" id="f" name="sex" value="F"></fieldset>
<button>Save</button></form><a href="/cases/1">First</a></main></body></html>"""

BAD = [
    pytest.param('lang="en"', 'lang="de"', "lang is", id="another language"),
    pytest.param("<h1>Cases</h1>", "<h1>Cases</h1><h1>More</h1>", "2 elements h1", id="two h1"),
    pytest.param("<h1>Cases</h1>", "<h2>Cases</h2>", "0 elements h1", id="no h1"),
    pytest.param("<h1>Cases</h1>", "<h1>Cases</h1><h3>x</h3>", "h3 follows h1", id="a level left out"),
    pytest.param("Cases – Throughcare", " – Throughcare", "title", id="a title that says nothing"),
    pytest.param('src="/app.js"></script>', ">x()</script>", "inline <script>", id="inline script"),
    pytest.param("<h1>", "<style>a{}</style><h1>", "inline <style>", id="inline style"),
    pytest.param("<h1>", '<h1 style="color:red">', "style", id="a style attribute"),
    pytest.param("<button>", '<button onclick="x()">', "onclick", id="a handler"),
    pytest.param('href="/cases/1"', 'href="https://elsewhere.test"', "leaves the site", id="another host"),
    pytest.param('src="/app.js"', 'src="//elsewhere.test/a.js"', "leaves the site", id="a host without a scheme"),
    pytest.param('href="/cases/1"', 'href="javascript:x"', "leaves the site", id="script in a link"),
    pytest.param('<label for="name">Alias</label>', "", "no label", id="no label"),
    pytest.param('for="name">Alias', 'for="name"> ', "no label", id="a label without words"),
    pytest.param('for="f"', 'for="g"', "label for 'g'", id="a label for nothing"),
    pytest.param('id="hint"', 'id="name"', "'name' 2 times", id="an id twice"),
    pytest.param('<p id="hint">', "<p>", "names 'hint'", id="a hint that is not there"),
    pytest.param('value="t"', 'value=""', "no token", id="no token"),
    pytest.param('method="post"', 'method="get"', "into the address", id="a token in the address"),
    pytest.param("<fieldset>", "<div>", "</fieldset> where", id="not well formed"),
    pytest.param("<button>Save", "<button>", "button says nothing", id="a button without words"),
    pytest.param('href="/cases/1"', 'href=""', "leads nowhere", id="a link without an address"),
    pytest.param("Save", "Save %(name)s", "shows '%('", id="a gap that was not filled"),
]


def page(body: str, **headers: str) -> Page:
    return Page.read("/cases", 200, {**HEADERS, **headers}, body)


def test_good_page_has_no_fault() -> None:
    assert faults_of(page(GOOD)) == []


@pytest.mark.parametrize(("good", "bad", "said"), BAD)
def test_rule_refuses_bad_page(good: str, bad: str, said: str) -> None:
    assert good in GOOD

    found = faults_of(page(GOOD.replace(good, bad, 1)))

    assert any(said in fault for fault in found), found


@pytest.mark.parametrize("name", list(HEADERS))
def test_rule_refuses_a_header_that_says_something_else(name: str) -> None:
    assert faults_of(page(GOOD, **{name: "other"})) == [f"header {name} is 'other', not {HEADERS[name]!r}"]


def test_form_is_sent_as_a_browser_would_and_only_with_what_it_offers() -> None:
    form = page(GOOD).form("Save")

    assert filled(form, {}) == [("csrf_token", "t"), ("name", "D")]
    assert filled(form, {"sex": "F", "name": None}) == [("csrf_token", "t"), ("sex", "F")]
    with pytest.raises(LookupError, match="offers"):
        filled(form, {"sex": "M"})
    with pytest.raises(LookupError, match="no field 'age'"):
        filled(form, {"age": "20"})
    with pytest.raises(LookupError, match="0 forms with a button 'Delete'"):
        page(GOOD).form("Delete")
