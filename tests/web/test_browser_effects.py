"""What a real browser does with the pages: runs nothing foreign, asks nobody else, keeps nothing, shows nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from flask import Flask, Response, request
from playwright.sync_api import Browser, BrowserContext, Page

from app import journal
from app.demo import PASSWORD
from app.services.unit_of_work import Parts
from tests.factories.world import KINDS, World
from tests.support.chromium import ARGUMENTS, program
from tests.support.factors import code_of
from tests.support.promises import tell
from tests.support.served import served

pytestmark = pytest.mark.browser

CANARY = "Kanarina7316"
DATABASE = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
FRAMING = frozenset({"Content-Security-Policy", "X-Frame-Options", "Cross-Origin-Resource-Policy"})
FRAMING_AND_MORE = FRAMING | {"Cross-Origin-Embedder-Policy", "Cross-Origin-Opener-Policy"}
KEEPING = frozenset({"Cache-Control", "Clear-Site-Data"})
POLICY = frozenset({"Content-Security-Policy", "Cross-Origin-Embedder-Policy"})
PLANT = """foreign => {
  const inline = document.createElement("script");
  inline.textContent = "window.inlineRan = true";
  const other = document.createElement("script");
  other.src = foreign + "/planted.js";
  document.body.append(inline, other);
}"""


class Sight:
    """One application behind a socket, another site beside it, and a browser with a profile folder of its own."""

    def __init__(
        self, world: World, browser: Browser, folder: Path, left_out: frozenset[str], stack: ExitStack
    ) -> None:
        self.folder, self.database = folder, world.database
        # Another site's requests are refused besides: a control without headers shows what these hold alone.
        app = world.app(Parts(headers_left_out=left_out, other_sites_are_refused=not left_out))
        app.wsgi_app = _plain(app.wsgi_app)  # type: ignore[method-assign]
        self.ours = stack.enter_context(served(app))
        self.asked: list[str] = []
        self.theirs = stack.enter_context(served(_other_site(self.asked, self.ours)))
        self.requests: list[str] = []
        self.context: BrowserContext = stack.enter_context(_profile(browser, folder))
        self.context.on("request", lambda sent: self.requests.append(sent.url))
        self.page: Page = self.context.new_page()

    def sign_in(self, name: str = "advocate") -> None:
        """Sign in as a demo member, with password and code."""
        self.page.goto(f"{self.ours}/sign-in")
        self.page.get_by_label("Sign-in name").fill(name)
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.get_by_label("Code").fill(code_of(self.database, name))
        self.page.get_by_role("button", name="Go on").click()
        self.page.wait_for_url(f"{self.ours}/")

    def reads(self, case_id: UUID) -> None:
        """Open a case with the canary on it."""
        self.page.goto(f"{self.ours}/cases/{case_id}")
        assert CANARY in self.page.content()

    def kept(self) -> list[str]:
        """Files of the profile folder in which the canary stands; the browser is closed first."""
        self.context.close()
        return [file.name for file in self.folder.rglob("*") if file.is_file() and _holds(file)]


def _holds(file: Path) -> bool:
    return CANARY.encode() in file.read_bytes()


def _plain(answered: Any) -> Any:
    """Answers without compression, so that what is kept can be read."""

    def answer(environ: dict[str, Any], start: Any) -> Any:
        environ.pop("HTTP_ACCEPT_ENCODING", None)
        return answered(environ, start)

    return answer


def _other_site(asked: list[str], ours: str) -> Flask:
    site = Flask("another site")

    @site.get("/planted.js")
    def planted() -> Response:
        asked.append(request.path)
        return Response("window.foreignRan = true", mimetype="text/javascript")

    @site.get("/sending")
    def sending() -> str:
        form = f'<form method="post" action="{ours}/language"><input name="language" value="sq"></form>'
        return f'<!doctype html><title>form</title>{form}<a href="{ours}/">cases</a>'

    @site.get("/")
    def framing() -> str:
        return f'<!doctype html><title>frame</title><iframe src="{ours}/sign-in"></iframe>'

    return site


@contextmanager
def _profile(browser: Browser, folder: Path) -> Iterator[BrowserContext]:
    kind = browser.browser_type
    context = kind.launch_persistent_context(folder, executable_path=program(), headless=True, args=list(ARGUMENTS))
    try:
        yield context
    finally:
        context.close()


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def make_sight(
    request: pytest.FixtureRequest, kind: str, make_world: Callable[..., World], browser: Browser, tmp_path: Path
) -> Iterator[Callable[..., tuple[Sight, UUID]]]:
    """A case with the canary for a name, and a browser that looks."""
    with ExitStack() as stack:

        def make(left_out: frozenset[str] = frozenset()) -> tuple[Sight, UUID]:
            world = make_world(request.getfixturevalue(f"{kind}_template"))
            case_id = world.with_advocate(given_name=CANARY)
            return Sight(world, browser, tmp_path / "profile", left_out, stack), case_id

        yield make


Make = Callable[..., tuple[Sight, UUID]]


def _planted(sight: Sight) -> dict[str, bool]:
    sight.page.goto(f"{sight.ours}/sign-in")
    sight.page.evaluate(PLANT, sight.theirs)
    sight.page.wait_for_timeout(500)
    ran = {name: bool(sight.page.evaluate(f"window.{name} === true")) for name in ("inlineRan", "foreignRan")}
    return {**ran, "asked": bool(sight.asked)}


@pytest.mark.promise("T7.3")
def test_no_inline_and_no_foreign_script_runs_and_the_browser_says_so_to_us_alone(
    make_sight: Make, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    sight, _ = make_sight()

    with caplog.at_level(logging.WARNING, journal.NAME):
        ran = _planted(sight)

    assert ran == {"inlineRan": False, "foreignRan": False, "asked": False}
    noted = [record.__dict__["told"] for record in caplog.records if record.message == "policy_kept"]
    assert {"directive": "script-src-elem"} in noted
    tell("T7.3", DATABASE[kind], "inline and foreign script blocked and reported")


@pytest.mark.promise("T7.3")
def test_without_the_policy_both_run(make_sight: Make) -> None:
    sight, _ = make_sight(POLICY | {"Cross-Origin-Resource-Policy"})

    assert _planted(sight) == {"inlineRan": True, "foreignRan": True, "asked": True}


def _is_isolated(sight: Sight) -> bool:
    sight.page.goto(f"{sight.ours}/sign-in")
    return bool(sight.page.evaluate("crossOriginIsolated"))


def _framed(sight: Sight) -> str:
    sight.page.goto(sight.theirs)
    sight.page.wait_for_timeout(500)
    return sight.page.frames[-1].content()


@pytest.mark.promise("T7.3")
def test_the_pages_are_alone_in_their_process_and_in_no_frame(make_sight: Make) -> None:
    sight, _ = make_sight()

    assert _is_isolated(sight)
    assert "Password" not in _framed(sight)


@pytest.mark.promise("T7.3")
def test_without_the_headers_they_are_not_alone_and_framed(make_sight: Make) -> None:
    sight, _ = make_sight(FRAMING_AND_MORE)

    assert not _is_isolated(sight)
    assert "Password" in _framed(sight)


def test_a_browser_says_that_a_form_is_another_sites_and_its_link_leads_here(make_sight: Make) -> None:
    sight, _ = make_sight()

    assert _done_from_elsewhere(sight) == [("/language", 403), ("/sign-in", 200)]


def _done_from_elsewhere(sight: Sight) -> list[tuple[str, int]]:
    """What a page of another site gets from us: for its form, for its link."""
    answers: list[tuple[str, int]] = []
    link = "() => document.querySelector('a').click()"
    for done, path in (("form => form.submit()", "/language"), (link, "/sign-in")):
        sight.page.goto(f"{sight.theirs}/sending")
        with sight.page.expect_response(f"{sight.ours}{path}") as answer:
            sight.page.eval_on_selector("form", done)
        sight.page.wait_for_url(f"{sight.ours}{path}")
        answers.append((path, answer.value.status))
    return answers


def _seen_after_signing_out(sight: Sight, case_id: UUID) -> bool:
    sight.sign_in()
    sight.reads(case_id)
    sight.page.get_by_role("button", name="Sign out").click()
    sight.page.wait_for_url(f"{sight.ours}/sign-in")
    sight.page.go_back()
    return CANARY in sight.page.content()


@pytest.mark.promise("T7.3")
def test_after_signing_out_back_shows_nothing_the_profile_keeps_nothing_and_nobody_else_was_asked(
    make_sight: Make, kind: str
) -> None:
    sight, case_id = make_sight()

    seen = _seen_after_signing_out(sight, case_id)
    origins = {urlsplit(url)._replace(path="", query="").geturl() for url in sight.requests}

    assert not seen
    assert origins == {sight.ours}
    assert sight.kept() == []
    tell("T7.3", DATABASE[kind], f"{len(sight.requests)} requests, all to us; 0 files of the profile with a name")


@pytest.mark.promise("T7.3")
def test_where_pages_may_be_kept_back_shows_them_and_the_profile_has_them(make_sight: Make) -> None:
    sight, case_id = make_sight(KEEPING)

    seen = _seen_after_signing_out(sight, case_id)

    assert seen
    assert sight.kept() != []


@pytest.mark.promise("T7.3")
def test_pressing_escape_three_times_ends_the_session_and_shows_a_calendar(make_sight: Make) -> None:
    sight, case_id = make_sight()
    sight.sign_in()
    sight.reads(case_id)

    _ = [sight.page.keyboard.press("Escape") for _ in range(3)]
    sight.page.wait_for_url(f"{sight.ours}/calendar")
    said = sight.page.content()
    sight.page.goto(f"{sight.ours}/cases/{case_id}")

    assert (CANARY in said, "Throughcare" in said) == (False, False)
    assert urlsplit(sight.page.url).path == "/sign-in"


def test_pressing_escape_once_or_twice_leaves_nothing(make_sight: Make) -> None:
    sight, case_id = make_sight()
    sight.sign_in()
    sight.reads(case_id)

    sight.page.keyboard.press("Escape")
    sight.page.keyboard.press("Escape")
    sight.page.wait_for_timeout(300)

    assert CANARY in sight.page.content()
