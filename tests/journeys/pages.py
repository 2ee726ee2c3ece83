"""What people do in the browser, in their own words: sign in, open a case, take a step, answer what waits.

`Person` is one member with a window of her own. She sees what the pages show her and knows no identifier.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, Response, expect

from app.demo import PASSWORD
from app.services.unit_of_work import Database
from tests.journeys.watch import Notebook, Watch
from tests.support.chromium import DESK
from tests.support.factors import code_of

FIRST = object()
"""Answers a question with the first of what can be chosen."""

NOWHERE = "about:blank"
PATIENCE = 60_000
"""Milliseconds that a busy machine is waited for."""

Answer = str | int | bool | date | Iterable[str] | object


class Person:
    """One member at her own screen. Every page that she opens is written into the notebook."""

    def __init__(
        self, browser: Browser, notebook: Notebook, sign_in: str, database: Database, locale: str = "en-GB"
    ) -> None:
        self.name, self.site, self.database = sign_in, notebook.address, database
        self.window = browser.new_context(viewport=DESK, locale=locale, accept_downloads=True)
        self.window.set_default_timeout(PATIENCE)
        self.page: Page = self.window.new_page()
        self.watch = Watch(self.page, notebook)
        self.status = 0

    # --- moving about -------------------------------------------------------------------------------------------------

    def goes_to(self, path: str, status: int = 200) -> None:
        """Open an address; signs in first where the page asks for it."""
        with self._arriving(status):
            self.page.goto(self.site + path)
        if self._is_asked_to_sign_in():
            self._sign_in()
            with self._arriving(status):
                self.page.goto(self.site + path)

    def chooses(self, menu: str) -> None:
        """Follow a link of the menu; signs in first where she has not, or has been idle for too long."""
        if self.page.url == NOWHERE:
            self.goes_to("/")
        self.follows(self._in_the_menu(menu))
        if self._is_asked_to_sign_in():
            self._sign_in()
            self.follows(self._in_the_menu(menu))

    def _in_the_menu(self, words: str) -> Locator:
        """A link of the menu, which a phone folds away."""
        toggle = self.page.locator(".govuk-js-service-navigation-toggle")
        if toggle.is_visible() and toggle.get_attribute("aria-expanded") != "true":
            toggle.click()
        return self.page.locator("#navigation").get_by_role("link", name=words, exact=True)

    def follows(self, link: str | Locator, status: int = 200) -> None:
        """Click a link by its words, or the one that was found."""
        found = self.page.locator("main").get_by_role("link", name=link, exact=True) if isinstance(link, str) else link
        self._unfold(found)
        with self._arriving(status):
            found.click()

    def presses(self, button: str | Locator, status: int = 200) -> None:
        """Click a button of the page itself and wait for the page that follows."""
        main = self.page.locator("main")
        found = main.get_by_role("button", name=button, exact=True) if isinstance(button, str) else button
        with self._arriving(status):
            found.click()

    def goes_home(self) -> None:
        """Leave the screen; the next thing she does begins with signing in where her session is over by then."""
        self.page.goto(NOWHERE)

    def signs_out(self, button: str = "Sign out") -> None:
        """End the session, by the button in the header."""
        self.presses(self.page.get_by_role("button", name=button, exact=True))

    def reads_in(self, language: str) -> None:
        """Switch the language in the header."""
        self.presses(self.page.get_by_role("button", name=language))

    # --- cases --------------------------------------------------------------------------------------------------------

    def opens_a_case(self, act: str, given_name: str, family_name: str, **answers: Answer) -> str:
        """Look for the person, find nobody, log the case; gives its reference."""
        self.chooses("My work")
        self.follows(self.page.locator("main .govuk-button-group a.govuk-button"))
        self.fills(given_name=given_name, family_name=family_name)
        self.presses("Search")
        self.presses(act)
        self.fills(**answers)
        self.presses(act)
        return self.heading

    def opens(self, reference: str) -> None:
        """Open a case from the list."""
        self.chooses("Cases")
        self.follows(self.page.locator("#cases").get_by_role("link", name=reference))

    def takes(self, reference: str, step: str, button: str = "Record", **answers: Answer) -> None:
        """Take a step of a case: from the list to the case, unless she has it open, to the step's page, and back."""
        if not self.is_offered(reference, step):
            self.opens(reference)
        self.follows(self._step(step))
        self.fills(**answers)
        self.presses(button)
        self.sees_done()

    def is_refused(self, reference: str, step: str, button: str = "Record", **answers: Answer) -> str:
        """Try a step that the procedure does not allow so; gives what the page says, and leaves it."""
        if not self.is_offered(reference, step):
            self.opens(reference)
        self.follows(self._step(step))
        self.fills(**answers)
        self.presses(button, status=409)
        said = self.words
        self.chooses("Cases")
        return said

    def says_of(self, reference: str) -> str:
        """All that a case's page says, what is folded away too."""
        self.opens(reference)
        return self.page.locator("main").text_content() or ""

    def opens_the_case_that_follows(self, act: str, **answers: Answer) -> str:
        """Fill in the first page of a case to which a step has led; gives its reference."""
        self.fills(**answers)
        self.presses(act)
        return self.heading

    def accepts(self, what: str, **answers: Answer) -> None:
        """Accept the one referral that waits for her agency; the button bears the step's words."""
        self.chooses("Referrals")
        self.follows(self.page.locator("#waiting a").first)
        self.fills(**answers)
        self.presses(what)
        self.sees_done()

    def finds(self, given_name: str, family_name: str) -> str:
        """Search her agency's cases by name; gives what the page says."""
        self.goes_to("/cases/new")
        self.fills(given_name=given_name, family_name=family_name)
        self.presses("Search")
        return self.words

    def downloads(self, link: str) -> bytes:
        """Take a file that the page offers; gives what is in it."""
        with self.page.expect_download() as download:
            self.page.locator("main").get_by_role("link", name=link, exact=True).click()
        return Path(download.value.path()).read_bytes()

    # --- forms --------------------------------------------------------------------------------------------------------

    def fills(self, **answers: Answer) -> None:
        """Answer the questions of the page by their names, as plain values."""
        for name, answer in answers.items():
            self._answer(name, answer)

    def _answer(self, name: str, answer: Answer) -> None:
        if isinstance(answer, date):
            for part, number in (("day", answer.day), ("month", answer.month), ("year", answer.year)):
                self._field(f"{name}-{part}").fill(str(number))
        elif isinstance(answer, bool):
            self._picks(name, "yes" if answer else "no")
        elif answer is FIRST:
            self._picks_first(name)
        elif isinstance(answer, str | int):
            self._writes_or_picks(name, str(answer))
        else:
            for one in answer:  # type: ignore[union-attr]
                self._picks(name, one)

    def _writes_or_picks(self, name: str, answer: str) -> None:
        found = self._field(name).first
        kind = found.evaluate("one => one.tagName === 'SELECT' ? 'select' : one.type")
        if kind == "select":
            choices = found.locator("option")
            by_value = found.locator(f'option[value="{answer}"]')
            chosen = by_value if by_value.count() else choices.filter(has_text=answer).first
            found.select_option(chosen.get_attribute("value"))
        elif kind in ("radio", "checkbox"):
            self._picks(name, answer)
        else:
            found.fill(answer)

    def _picks(self, name: str, answer: str) -> None:
        """Tick the box, or choose the radio, with a value, or else with words beside it."""
        by_value = self._field(name).and_(self.page.locator(f'[value="{answer}"]'))
        if by_value.count():
            self._tick(by_value)
            return
        boxes = self.page.locator(".govuk-radios__item, .govuk-checkboxes__item").filter(
            has=self.page.locator(f'[name="{name}"]')
        )
        self._tick(boxes.filter(has_text=answer).first.locator("input"))

    def _picks_first(self, name: str) -> None:
        found = self._field(name).first
        if found.evaluate("one => one.tagName") == "SELECT":
            found.select_option(index=1)
        else:
            self._tick(found)

    def _tick(self, box: Locator) -> None:
        self._unfold(box)
        if not box.is_checked():
            self.page.locator(f'label[for="{box.get_attribute("id")}"]').click()
        expect(box).to_be_checked()

    def _field(self, name: str) -> Locator:
        found = self.page.locator(f'main [name="{name}"]')
        assert found.count(), f"{self.name} at {self.page.url}: no question {name!r}\n{self.words}"
        return found

    def _unfold(self, found: Locator) -> None:
        folded = found.locator("xpath=ancestor::details[not(@open)]/summary")
        if folded.count():
            folded.first.click()

    # --- what stands on the page --------------------------------------------------------------------------------------

    @property
    def heading(self) -> str:
        """The page's heading; of a case its reference."""
        words = self.page.locator("h1").inner_text()
        return words.strip().splitlines()[0].strip()

    @property
    def words(self) -> str:
        """All that the page itself says."""
        return self.page.locator("main").inner_text()

    def sees_done(self) -> None:
        """The green banner stands on the page."""
        expect(self.page.locator(".govuk-notification-banner--success")).to_be_visible()

    def is_offered(self, reference: str, step: str) -> bool:
        """Whether the page in front of her is the case and offers a step."""
        return self.page.locator("h1").filter(has_text=reference).count() > 0 and self._step(step).count() > 0

    def _step(self, words: str) -> Locator:
        """The link of a step; what happened is a link in the same words."""
        # By its words and not by its role: a step that is folded away has none until it is unfolded.
        steps = self.page.locator('main a[href*="/steps/"]')
        return steps.filter(has_text=re.compile(rf"^\s*{re.escape(words)}\s*$"))

    # --- signing in, and arriving -------------------------------------------------------------------------------------

    def _is_asked_to_sign_in(self) -> bool:
        return self.page.url.endswith("/sign-in")

    def _sign_in(self) -> None:
        self.fills(sign_in=self.name, password=PASSWORD)
        self.presses("Sign in")
        self.fills(code=code_of(self.database, self.name))
        self.presses("Go on")

    @contextlib.contextmanager
    def _arriving(self, status: int = 200) -> Iterator[None]:
        """Wait for the page that follows, giving a fresh code where one is asked for before it.

        Fails where the page has another status than the one that is expected.
        """
        with self.page.expect_navigation() as navigation:
            yield
        response: Response | None = navigation.value
        if self.page.locator('main [name="step_up_code"]').count():
            response = self._gives_a_fresh_code(response)
        self.status = response.status if response else 0
        assert self.status == status, f"{self.name} at {self.page.url}: {self.status}\n{self.words}"
        self.watch.arrived(self.status)

    def _gives_a_fresh_code(self, question: Response | None) -> Response | None:
        """Answer the question; gives the page that follows it.

        A form that was sent is answered by the question at the form's own address and as a refusal: the page of that
        address is still to come, so this one is not written down as it.
        """
        if question and question.ok:
            self.watch.arrived(question.status)
        self.watch.said.clear()
        self.fills(step_up_code=code_of(self.database, self.name))
        with self.page.expect_navigation() as navigation:
            self.page.locator("main").get_by_role("button", name="Go on", exact=True).click()
        return navigation.value
