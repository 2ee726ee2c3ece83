"""Headless Chromium for the tests: Debian's browser, driven by Playwright. What is clicked stands in the tests."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

PROGRAM_VARIABLE = "CHROMIUM"
DEFAULT_PROGRAM = "/usr/bin/chromium"
AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
AXE_RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
SERIOUS = frozenset({"serious", "critical"})
PHONE = ViewportSize(width=390, height=844)
DESK = ViewportSize(width=1280, height=900)

# Root needs --no-sandbox; the rest keeps the browser from calling anyone but the server under test.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-proxy-server",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class MissingChromium(RuntimeError):
    """Chromium is not on this machine; the suite fails, it never skips."""


def program() -> Path:
    """Return the browser's path; raise MissingChromium."""
    path = Path(os.environ.get(PROGRAM_VARIABLE) or DEFAULT_PROGRAM)
    if not os.access(path, os.X_OK):
        raise MissingChromium(f"{path} is missing (Debian package: chromium).")
    return path


@contextlib.contextmanager
def running_browser() -> Iterator[Browser]:
    """Start the browser and close it at the end. Give each person of a story a context of her own in it."""
    executable = program()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, headless=True, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


def accessibility_faults(page: Page) -> list[str]:
    """Return what axe finds serious or critical on the page: rule, element, advice; one line each."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", list(AXE_RULES)
    )
    return [
        f"{violation['id']} ({violation['impact']}): {node['html']} - {violation['help']}"
        for violation in found["violations"]
        if violation["impact"] in SERIOUS
        for node in violation["nodes"]
    ]
