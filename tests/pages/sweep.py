"""What every page must be, each rule a function that names its faults; and how pages are found and opened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString
from django.apps import apps
from django.conf import settings
from django.db import models
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Locator, Page

from tests.guards import HouseClient
from tests.matrix import EVERY_ROLE, Row
from tests.pages.company import Company
from tests.scores import bare_scores
from visavis.core.words import Role
from visavis.people.accounts.models import Account

#: ``preload`` off: axe would fetch our stylesheets again and trip over the policy that forbids inline ones.
AXE = {
    "preload": False,
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
#: Light and dark differ by their colours alone.
COLOURS = AXE | {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
#: The catalogue shows forms that lead nowhere and skeletons that wait for ever.
SAMPLES = "/admin/pieces/"
LOOKS = [(width, theme) for width in (1280, 390) for theme in ("light", "dark")]


@dataclass(frozen=True, slots=True)
class Visit:
    """A page as somebody opens it."""

    path: str
    role: Role | None
    html: str
    status: int = 200

    def __str__(self) -> str:
        return f"{self.path} as {self.role or 'nobody'}"


def client_of(company: Company, role: Role | None) -> HouseClient:
    """A fresh session of whoever holds a role; a browser without session for nobody."""
    client = HouseClient()
    if role:
        backend = "django.contrib.auth.backends.ModelBackend"
        client.force_login(company.casts[role].owner.account, backend=backend)
    return client


def in_english(company: Company, page: Visit) -> str:
    """The same page in English."""
    client, accounts = client_of(company, page.role), Account.objects.order_by()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    accounts.update(language="en")
    try:
        return client.get(page.path).content.decode()
    finally:
        accounts.update(language="fr")


def visit(company: Company, path: str, role: Role | None) -> Visit | None:
    """Open a page; None for what is no page: a file, a redirection."""
    answer = client_of(company, role).get(path)
    if "html" not in answer.get("Content-Type", "") or answer.status_code in {301, 302}:
        return None
    return Visit(path, role, answer.content.decode(), answer.status_code)


def pages_of(company: Company, row: Row) -> list[Visit]:
    """The pages of a route: one for each shape that the roles who may open it are shown."""
    found: dict[str, Visit] = {}
    for role in [*sorted(EVERY_ROLE if row.may is None else row.may), *([None] if row.public else [])]:
        cast = company.casts[role or Role.MANAGER]
        path = reverse(row.name, kwargs={**row.words, **(row.of(cast) if row.of else {})})
        if page := visit(company, path, role):
            found.setdefault(_shape(page.html), page)
    return list(found.values())


def _shape(html: str) -> str:
    """What two roles see alike: the tags of the main part and their classes, repeated ones once."""
    main = BeautifulSoup(html, "html.parser").find("main")
    assert isinstance(main, Tag), "no main part"
    shapes = (
        f"{tag.name}.{'.'.join(tag.get_attribute_list('class') or [''])}" for tag in main.find_all(True)
    )
    return " ".join(dict.fromkeys(shape for shape in shapes if not shape.startswith("tspan")))


# What the server says


def faults_of_markup(html: str) -> Iterator[str]:
    """One h1, a title, French declared, every score with its n and its interval."""
    soup = BeautifulSoup(html, "html.parser")
    if len(soup.find_all("h1")) != 1 or not soup.h1 or not soup.h1.get_text(strip=True):
        yield f"{len(soup.find_all('h1'))} h1"
    if not soup.title or not soup.title.get_text(strip=True).partition("·")[0].strip():
        yield "no title"
    if not soup.html or soup.html.get("lang") != "fr":
        yield "not declared in French"
    yield from (f"score without n and interval: {score}" for score in bare_scores(html))


_SAID = ("title", "alt", "placeholder", "aria-label", "data-label")
#: Names that no language changes: ours, and addresses of people.
_NAMES = re.compile(r"Vis-à-vis|\S+@\S+")


def said(html: str) -> set[str]:
    """All that a page lets read or hear, sentence by sentence; not what is marked as others' words."""
    soup = BeautifulSoup(html, "html.parser")
    for other in soup.select("[lang]:not(html), script, style, template, code, kbd, bdi"):
        other.decompose()
    words = [str(text) for text in soup.find_all(string=True) if type(text) is NavigableString]
    words += [str(tag[name]) for tag in soup.find_all(True) for name in _SAID if tag.get(name)]
    return {" ".join(text.split()) for text in words if text.strip()}


def data_words() -> list[str]:
    """Every text that the database holds, the longest first: data may be the same in both languages."""
    found: set[str] = set()
    for model in apps.get_models():
        for column in model._meta.fields:
            if isinstance(column, (models.CharField, models.TextField, models.JSONField)):
                values = model._default_manager.order_by().values_list(column.name, flat=True).distinct()
                found |= {" ".join(text.split()) for value in values for text in _texts(value)}
    return sorted((text for text in found if len(text) > 1), key=len, reverse=True)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)


def faults_of_language(french: str, english: str, data: list[str]) -> Iterator[str]:
    """Sentences of over two words that a French page and its English twin both say, data left out."""
    if '<html lang="en"' not in english:
        yield "has no English"
        return
    for text in sorted(said(french) & said(english)):
        if len(_own_words(text, data)) > 2:
            yield f"the same in both languages: {text}"


def _own_words(text: str, data: list[str]) -> list[str]:
    text = _NAMES.sub(" ", text)
    for known in data:
        if known in text:
            text = text.replace(known, " ")
    return re.findall(r"[^\W\d_]{2,}", text)


# What a browser shows


@dataclass
class Opened:
    """A browser page, what its console complained of, and how to bring it somewhere."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)

    def sign_in(self, client: HouseClient) -> None:
        """Become whoever ``client`` is."""
        self.page.context.clear_cookies()
        if cookie := client.cookies.get(settings.SESSION_COOKIE_NAME):
            fresh = {"name": cookie.key, "value": cookie.value, "url": self.address}
            self.page.context.add_cookies([fresh])  # type: ignore[list-item]

    def go(self, to: Visit) -> None:
        """Open a page with an empty console."""
        self.complaints.clear()
        self.page.goto(self.address + to.path)


def opened(browser: Browser, address: str, **choices: Any) -> Opened:
    """A fresh browser, nobody signed in."""
    context: BrowserContext = browser.new_context(locale="fr-FR", **choices)
    found = Opened(context.new_page(), address)
    found.page.on(
        "console", lambda told: found.complaints.append(told.text) if told.type == "error" else None
    )
    found.page.on("pageerror", lambda error: found.complaints.append(str(error)))
    return found


#: Everything folded in the main part unfolds; menus stay shut, they lie over the rest.
_UNFOLD = "document.querySelectorAll('main details:not(.menu)').forEach((one) => { one.open = true; })"
_WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
_BEYOND = """[...document.querySelectorAll('main *')]
  .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .slice(-2).map((one) => one.outerHTML.slice(0, 120)).join(' ; ')"""


def faults_of_looks(page: Page) -> Iterator[str]:
    """What axe says in light and dark, wide and narrow; what overflows, down to 320 pixels."""
    page.evaluate(_UNFOLD)
    page.evaluate(AXE_SCRIPT)
    for width, theme in LOOKS:
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        options = AXE if theme == "light" else COLOURS
        for rule in page.evaluate("(options) => axe.run(options)", options)["violations"]:
            yield f"{width} {theme}: {rule['id']} {[node['target'] for node in rule['nodes']][:3]}"
    for width in (1280, 390, 320):
        page.set_viewport_size({"width": width, "height": 640})
        if (over := page.evaluate(_WIDER)) > 0:
            yield f"overflows at {width} by {over}: {page.evaluate(_BEYOND)}"
    page.set_viewport_size({"width": 1280, "height": 844})
    page.emulate_media(color_scheme="light")


_MARK = """() => {
  const groups = new Set();
  const controls = 'a[href], button, input, select, textarea, summary, [tabindex]';
  const wanted = [...document.querySelectorAll(controls)]
    .filter((one) => one.tabIndex >= 0 && !one.disabled && one.type !== 'hidden' && one.checkVisibility())
    .filter((one) => one.type !== 'radio' || (!groups.has(one.name) && groups.add(one.name)));
  wanted.forEach((one, place) => { one.dataset.walk = place; });
  window.walked = [];
  const seen = (one) => one && getComputedStyle(one).outlineStyle !== 'none'
    && parseFloat(getComputedStyle(one).outlineWidth) >= 2;
  document.addEventListener('focusin', ({ target }) => {
    const group = target.type === 'radio' && document.querySelector(`[name="${target.name}"][data-walk]`);
    const sight = Boolean(seen(target) || seen(target.closest('label')));
    window.walked.push([(group || target).dataset.walk ?? '', sight, target.outerHTML.slice(0, 100)]);
  });
  return wanted.map((one) => one.outerHTML.slice(0, 100));
}"""


def faults_of_keys(page: Page) -> Iterator[str]:
    """Tab reaches every control and shows where it is."""
    wanted: list[str] = page.evaluate(_MARK)
    for _ in wanted:
        page.keyboard.press("Tab")
    walked: list[tuple[str, bool, str]] = page.evaluate("window.walked")
    for _ in range(40):
        if len({place for place, _, _ in walked if place}) == len(wanted):
            break
        page.keyboard.press("Tab")
        walked = page.evaluate("window.walked")
    reached = {place for place, _, _ in walked}
    missed = [words for place, words in enumerate(wanted) if str(place) not in reached]
    yield from (f"not reached by Tab: {words}" for words in missed)
    yield from (
        f"focus not seen: {words}" for words in sorted({words for _, seen, words in walked if not seen})
    )


def faults_without_scripts(browsing: Opened, to: Visit, known: set[str]) -> Iterator[str]:
    """The content stands, and each form that was not tried yet is taken and answered."""
    browsing.go(to)
    page = browsing.page
    if not page.locator("h1").is_visible():
        yield "no heading in sight"
    if to.path == SAMPLES:
        return
    for waiting in page.locator("main [aria-busy]").all():
        if not waiting.locator("a[href]").count():
            yield "something comes by script alone"
    for place, name in enumerate([_signature(form) for form in page.locator("main form").all()]):
        if name not in known:
            known.add(name)
            yield from _submit(browsing, to, place, name, known)


def _signature(form: Locator) -> str:
    html = BeautifulSoup(form.evaluate("(one) => one.outerHTML"), "html.parser")
    names = sorted({str(tag["name"]) for tag in html.find_all(True) if tag.get("name")})
    first = html.form
    assert first is not None
    action = re.sub("[0-9]+", "N", str(first.get("action", "")))
    return f"{first.get('method', 'get')} {action} {' '.join(names)}"


def _submit(browsing: Opened, to: Visit, place: int, name: str, known: set[str]) -> Iterator[str]:
    """Press the first button of a form; required fields may be empty: the server says so."""
    browsing.go(to)
    form = browsing.page.locator("main form").nth(place)
    if not form.count():
        known.discard(name)  # an earlier form changed the page: another page will try this one
        return
    button = form.locator("button:not([type=button])").first
    if not button.count():
        yield f"no button: {name}"
        return
    for summary in reversed(button.locator("xpath=ancestor::details[not(@open)]/summary").all()):
        summary.click()
    if not button.is_visible():
        return  # in a dialogue: without scripts its opener leads to the same form on its own page
    if not form.evaluate("(one) => one.noValidate || one.checkValidity()"):
        known.discard(name)  # the browser itself says what is missing: a page with it filled will tell
        return
    with browsing.page.expect_response(lambda answer: answer.request.is_navigation_request()) as waiting:
        button.click()
    with suppress(Exception):
        browsing.page.wait_for_load_state()
    if waiting.value.status not in {200, 302, 422}:
        yield f"{waiting.value.status} on submitting {name}"
