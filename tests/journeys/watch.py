"""What is held against every page that a person opens: weight, accessibility, width on a phone, what the console says.

Faults are collected as sentences and read at the end of a story. What is clicked stands elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request, ViewportSize

from tests.support.chromium import DESK, accessibility_faults

FIRST_LOAD = 250 * 1024
LATER_LOAD = 30 * 1024
NARROW = ViewportSize(width=375, height=812)
IDENTIFIER = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
SETTLED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
"""Two frames later: a page hears of its new width at the beginning of a frame, not when it is given one."""

TOO_WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"


@dataclass(frozen=True)
class Visit:
    """One page that was opened: whose, of which kind, and the bytes that came over the wire for it."""

    kind: str
    weight: int
    is_first: bool


@dataclass
class Notebook:
    """What was seen of a site, by everybody together: each kind of page is looked at closely once."""

    address: str
    visits: list[Visit] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    looked_at: set[str] = field(default_factory=set)

    def heaviest(self, *, is_first: bool) -> Visit:
        """The heaviest first load of a browser, or the heaviest of those that came after it."""
        return max((one for one in self.visits if one.is_first is is_first), key=lambda one: one.weight)


class Watch:
    """Keeps the notebook for one window."""

    def __init__(self, page: Page, notebook: Notebook) -> None:
        self.page, self.notebook = page, notebook
        self.bytes, self.is_first = 0, True
        self.said: list[str] = []
        network = page.context.new_cdp_session(page)
        network.send("Network.enable")
        network.on("Network.loadingFinished", self._weigh)
        network.on("Network.requestWillBeSent", self._weigh_redirect)
        page.on("console", self._hear)
        page.on("pageerror", lambda fault: self.said.append(f"script fault: {fault}"))
        page.on("request", self._follow)

    def forget_cache(self) -> None:
        """Let the next page be a first load again."""
        network = self.page.context.new_cdp_session(self.page)
        network.send("Network.clearBrowserCache")
        self.is_first, self.bytes = True, 0

    def arrived(self, status: int = 200) -> None:
        """Write down the page that has loaded; look closely at a kind that is new. A refused page is not weighed."""
        kind = kind_of(self.page.url)
        if status < 400:
            self.notebook.visits.append(Visit(kind, self.bytes, self.is_first))
            self._judge_weight(kind)
            self.notebook.faults += [f"{kind}: {words}" for words in self.said]
        self.bytes, self.is_first = 0, False
        self.said.clear()
        if kind not in self.notebook.looked_at:
            self.notebook.looked_at.add(kind)
            self._look_closely(kind)

    def _judge_weight(self, kind: str) -> None:
        limit = FIRST_LOAD if self.is_first else LATER_LOAD
        if self.bytes > limit:
            self.notebook.faults.append(f"{kind}: {self.bytes} bytes, more than {limit}")

    def _look_closely(self, kind: str) -> None:
        self.notebook.faults += [f"{kind}: {fault}" for fault in accessibility_faults(self.page)]
        self._has_width(NARROW)
        if self.page.evaluate(TOO_WIDE):
            self.notebook.faults.append(f"{kind}: scrolls sideways on a phone")
        self._has_width(DESK)

    def _has_width(self, size: ViewportSize) -> None:
        self.page.set_viewport_size(size)
        self.page.evaluate(SETTLED)

    def _weigh(self, event: dict[str, Any]) -> None:
        self.bytes += int(event["encodedDataLength"])

    def _weigh_redirect(self, event: dict[str, Any]) -> None:
        self.bytes += int(event.get("redirectResponse", {}).get("encodedDataLength", 0))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.said.append(f"console {message.type}: {message.text}")

    def _follow(self, request: Request) -> None:
        if not request.url.startswith((self.notebook.address, "data:", "about:")):
            self.notebook.faults.append(f"a request leaves the site: {request.url}")


def kind_of(url: str) -> str:
    """The address of a page without what differs from case to case."""
    return IDENTIFIER.sub("<id>", urlsplit(url).path)
