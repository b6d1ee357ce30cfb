"""The visit in five minutes: its steps, its place, and a walk of the whole of it in a browser."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import expect

from tests import demo_urls, house
from tests.browser import axe_violations, fresh_page
from tests.demo.conftest import COMMAND, Instance, environment
from tests.guards import HouseClient
from visavis.demo.cast import BY_KEY
from visavis.demo.views import AT, ON
from visavis.demo.visit import VISIT, place, steps

VISITING = "/demo/visite/"
RULES = {"preload": False, "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture
def demo(settings: Any, banner: None) -> None:
    """The switches of the demo, on a database of the tests, with the accounts of all who are visited."""
    settings.DEMO, settings.ROOT_URLCONF = True, demo_urls.__name__
    company = house.company()
    for who in {step.who for step in VISIT}:
        account = house.account(email=BY_KEY[who].email)
        for role, _code in BY_KEY[who].grants:
            house.grant(account, company, role=role)


def _at(client: HouseClient) -> tuple[object, object]:
    return client.session.get(AT), client.session.get(ON)


@pytest.mark.django_db
def test_the_visit_is_offered_before_signing_in(demo: None, client: HouseClient) -> None:
    page = client.get("/compte/login/").content.decode()
    assert "Visite en 5 minutes" in page
    assert f'name="to" value="{VISIT[0].code}"' in page


@pytest.mark.django_db
def test_a_step_signs_in_as_the_one_who_sees_it(demo: None, client: HouseClient) -> None:
    for step in steps():
        answer = client.post(VISITING, {"to": step.code})
        assert (answer.status_code, answer["Location"]) == (302, step.url)
        assert _at(client) == (step.code, True)
        assert getattr(client.get("/aide/").wsgi_request.user, "email", "") == step.member.email


@pytest.mark.django_db
def test_leaving_keeps_the_place_and_the_page(demo: None, client: HouseClient) -> None:
    third = steps()[2]
    client.post(VISITING, {"to": third.code})
    answer = client.post(VISITING, {"to": "leave", "back": "/aide/?x=1"})
    assert answer["Location"] == "/aide/?x=1"
    assert _at(client) == (third.code, False)
    page = client.get("/aide/").content.decode()
    assert "demo-visit-title" not in page
    assert "Reprendre la visite (3 sur" in page


@pytest.mark.django_db
def test_leaving_leads_nowhere_else(demo: None, client: HouseClient) -> None:
    for elsewhere in ("https://example.org/", "//example.org/", ""):
        assert client.post(VISITING, {"to": "leave", "back": elsewhere})["Location"] == "/"


@pytest.mark.django_db
def test_becoming_somebody_else_keeps_the_place(demo: None, client: HouseClient) -> None:
    first = steps()[0]
    client.post(VISITING, {"to": first.code})
    other = next(step.who for step in VISIT if step.who != first.who)
    client.post("/demo/devenir/", {"who": other})
    assert _at(client) == (first.code, True)
    assert "Revenir à cette page" in client.get("/aide/").content.decode()


@pytest.mark.django_db
def test_a_step_that_does_not_exist_any_more_is_the_first(demo: None, client: HouseClient) -> None:
    client.post(VISITING, {"to": "gone"})
    assert _at(client) == (steps()[0].code, True)
    assert place("gone").number == 1


@pytest.mark.django_db
@pytest.mark.urls(demo_urls.__name__)
def test_outside_the_demo_there_is_no_visit(client: HouseClient) -> None:
    assert client.post(VISITING, {"to": VISIT[0].code}).status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
@pytest.mark.urls(demo_urls.__name__)
def test_a_page_that_is_not_built_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    from visavis.demo import visit

    planned = visit.Step("planned", "claire", "Planned", "Later.", "nowhere:at_all")
    monkeypatch.setattr(visit, "VISIT", (planned, *VISIT))
    assert planned not in steps()
    assert place("planned").step == steps()[0]


@pytest.mark.django_db
@pytest.mark.urls(demo_urls.__name__)
def test_steps_have_one_name_each_and_neighbours() -> None:
    found = [place(step.code) for step in steps()]
    assert len({one.step.code for one in found}) == len(found)
    assert (found[0].before, found[-1].after) == (None, None)
    assert all(one.after == other.step for one, other in pairwise(found))


@pytest.fixture(scope="module")
def served(built: Instance, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a copy of Vaubrune, served as ``visavis run`` serves it."""
    folder = tmp_path_factory.mktemp("visited") / "data"
    shutil.copytree(built.folder, folder)
    own = environment(folder) | {"PYTHONUNBUFFERED": "1"}
    own.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)  # of the tests in a browser; a server refuses it
    with subprocess.Popen(
        [*COMMAND, "run"],
        env=own,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout
        told = []
        for line in process.stdout:
            told.append(line)
            if "Ctrl-C" in line:
                break
        address = re.search(r"http://[\w.]+:\d+", "".join(told))
        assert address, told
        yield address[0]
        process.send_signal(signal.SIGTERM)


def _walk(page: Any) -> list[tuple[str, str]]:
    """Code and address of each step, as many as the banner counts."""
    found = [(step.code, step.url) for step in steps()]
    assert re.search(rf"\b{len(found)}\b", page.locator(".demo-visit .muted").inner_text())
    return found


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize(
    ("language", "width", "scripts"), [("fr-FR", 1280, True), ("en-GB", 390, True), ("fr-FR", 390, False)]
)
def test_the_visit_is_walked_from_the_sign_in_to_its_end(
    chromium: Any, served: str, vaubrune: Instance, language: str, width: int, *, scripts: bool
) -> None:
    choices = {
        "locale": language,
        "viewport": {"width": width, "height": 844},
        "java_script_enabled": scripts,
    }
    french = language.startswith("fr")
    with fresh_page(chromium, **choices) as page:
        page.goto(f"{served}/compte/login/")
        page.locator(f"button[value={VISIT[0].code}]").click()
        walk = _walk(page)
        for number, (code, url) in enumerate(walk, start=1):
            expect(page).to_have_url(served + url)
            expect(page.locator(".demo-visit h2")).not_to_be_empty()
            counter = f"{number} sur" if french else f"{number} of"
            expect(page.locator(".demo-visit .muted")).to_contain_text(counter)
            expect(page.locator("main h1"), code).to_be_visible()
            if scripts:
                assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), code
                assert not axe_violations(page, RULES), code
            if number < len(walk):
                page.locator(f".demo-visit button[value={walk[number][0]}]").click()
        page.locator(".demo-visit button[value=leave]").click()
        expect(page.locator(".demo-visit")).to_have_count(0)
        expect(page).to_have_url(served + walk[-1][1])
        again = page.locator(".demo button[value]", has_text=re.compile("Reprendre|Go on"))
        again.click()
        expect(page.locator(".demo-visit h2")).to_be_visible()


_SEEN = {
    "report": "À demandes égales",
    "symmetry": "Nouveaux horaires tournants",
    "alerts": "Serveur vocal",
    "mirror": "La clarté de ce qu’on m’explique",
    "pairs": "Évolution de cotisation",
    "ines": "Bonjour Inès",
    "barometer": "Caen et Saint-Malo",
    "groups": "Caen et Saint-Malo",
}


@pytest.mark.slow
@pytest.mark.parametrize("code", sorted(_SEEN))
def test_what_a_step_tells_to_look_at_is_on_its_page(code: str, vaubrune: Instance, banner: None) -> None:
    client = HouseClient()
    answer = client.post(VISITING, {"to": code}, follow=True)
    assert _SEEN[code] in answer.content.decode().replace("\u00a0", " ")
    assert code != "alerts" or re.fullmatch(r"/comprendre/alertes/\d+/", answer.redirect_chain[-1][0])
