"""Pages with hostile strings in a browser: what ran, what it asked of elsewhere, what its policy refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import Any

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Dialog

from tests.matrix import Row
from tests.pages import sweep
from tests.pages.hostile_company import HostileCompany
from visavis.core.words import Role

#: Told by the page itself when something that a string asked for ran. ``eval`` is playwright's own way in;
#: the policy refuses it to others.
WATCH = """
window.ran = [];
for (const name of ['alert', 'confirm', 'prompt', 'print', 'open']) {
  window[name] = (...told) => { window.ran.push(name + ' ' + told); };
}
document.addEventListener('securitypolicyviolation', (told) => {
  window.ran.push('policy ' + told.effectiveDirective + ' ' + told.blockedURI);
});
"""
_UNFOLD = "document.querySelectorAll('details').forEach((one) => { one.open = true; })"
#: A page that says no, and what leads elsewhere than a page.
_SAYS_NO = ("Failed to load resource", "net::ERR_ABORTED")


@contextmanager
def serving() -> Iterator[str]:
    """The site on this machine; gives its address."""
    server = LiveServerThread("127.0.0.1", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.terminate()
        server.join()


def walk(
    browser: Browser, address: str, world: HostileCompany, asked: Iterable[tuple[Row, Role]]
) -> Iterator[tuple[Row, list[str]]]:
    """Open each route as somebody; its faults."""
    watched = sweep.opened(browser, address)
    heard = watched.complaints
    watched.page.add_init_script(WATCH)
    watched.page.on("dialog", lambda one: _dismiss(one, heard))
    watched.page.on("request", lambda one: heard.extend(_elsewhere(one.url, address)))
    for role, group in groupby(sorted(asked, key=lambda one: one[1]), key=lambda one: one[1]):
        watched.sign_in(world.clients[role])
        for row, _role in group:
            for path in world.paths(row, role):
                yield row, [f"{path} as {role}: {fault}" for fault in _faults(watched, path)]
    watched.page.context.close()


def _dismiss(dialog: Dialog, heard: list[str]) -> None:
    heard.append(f"dialog {dialog.message}")
    dialog.dismiss()


def _elsewhere(url: str, address: str) -> Iterator[str]:
    if not url.startswith((address, "data:", "blob:", "about:")):
        yield f"asked for {url}"


def _faults(watched: sweep.Opened, path: str) -> list[str]:
    watched.complaints.clear()
    page: Any = watched.page
    try:
        answer = page.goto(watched.address + path)
    except Exception as error:  # noqa: BLE001  a file is taken, not shown
        return [] if "Download is starting" in str(error) or "ERR_ABORTED" in str(error) else [repr(error)]
    ran = page.evaluate(f"() => {{ {_UNFOLD}; return window.ran || ['unwatched']; }}")
    known = [told for told in watched.complaints if not told.startswith(_SAYS_NO)]
    refused = [f"{answer.status}"] if answer and answer.status >= 500 else []
    return [*refused, *(f"ran {each}" for each in ran), *known]
