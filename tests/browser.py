"""Debian's Chromium, driven by playwright; axe for accessibility."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


#: Milliseconds that what follows a click is waited for: it may come after another page is loaded.
expect.set_options(timeout=30_000)


@contextmanager
def launched(skip: Callable[[str], None]) -> Iterator[Browser]:
    """Start the browser; without one, ``skip`` says why."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if not path:
        skip("no browser here: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


@contextmanager
def fresh_page(browser: Browser, **choices: Any) -> Iterator[Page]:
    """Open a page without history; an error of its scripts is raised at the end."""
    choices = {"viewport": {"width": 1280, "height": 800}, "locale": "fr-FR"} | choices
    context = browser.new_context(**choices)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert not errors, f"the page's scripts failed: {errors}"


def axe_violations(page: Page, options: dict[str, Any] | None = None) -> list[str]:
    """What axe finds wrong, one line a rule with the elements concerned."""
    found = Axe().run(page, options=options).response["violations"]
    return [f"{rule['id']}: {[node['target'] for node in rule['nodes']]}" for rule in found]


def signed_in(page: Page, client: Any, address: str) -> Page:
    """Hand the session of a test client to the page.

    Args:
        page: the page.
        client: a client signed in with ``force_login``.
        address: where the live server stands.
    """
    from django.conf import settings

    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])
    return page
