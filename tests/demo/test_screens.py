"""The demo on screen: the banner, the roles, what each sees and what nobody sees."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter, deque
from collections.abc import Iterable
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.urls import resolve

from tests import demo_urls, house
from tests.demo.conftest import Instance, browser_of, environment, viewer_named
from tests.guards import HouseClient
from visavis.act.inbox.queries import own_cases_to_do
from visavis.core.words import Voice
from visavis.demo.cast import BY_KEY, CAST
from visavis.listen.releases.models import ReleasedComment
from visavis.listen.returns.models import Response, Verbatim
from visavis.listen.returns.queries import counted, returns, verbatims

ROLES = sorted(BY_KEY)
BECOME = "/demo/devenir/"
slow = pytest.mark.slow


@pytest.fixture
def demo(settings: Any, banner: None) -> None:
    """The switches of the demo, on a database of the tests."""
    settings.DEMO, settings.ROOT_URLCONF = True, demo_urls.__name__


def _ines() -> Any:
    return house.account(house.person(name="Inès Morel"), email=BY_KEY["ines"].email)


@pytest.mark.django_db
def test_the_sign_in_page_offers_the_cast_in_one_click(demo: None, client: HouseClient) -> None:
    page = client.get("/compte/login/").content.decode()
    assert "lundi 1er\u00a0décembre\u00a02025" in page
    assert re.search(r"<details[^>]*\bopen\b", page)
    for member in CAST:
        assert f'name="who" value="{member.key}"' in page
        assert str(member.sees) in unescape(page)


@pytest.mark.django_db
def test_becoming_somebody_opens_their_page_and_marks_them(demo: None, client: HouseClient) -> None:
    ines = _ines()
    house.grant(ines, house.company(), role=next(role for role, _ in BY_KEY["ines"].grants))
    page = client.post(BECOME, {"who": "ines"}, follow=True)
    assert page.redirect_chain == [("/", 302)]
    assert page.wsgi_request.user == ines
    current = re.findall(r'value="(\w+)" aria-current="true"', page.content.decode())
    assert current == ["ines"]


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["", "nobody", "admin"])
def test_nobody_else_can_be_become(demo: None, who: str, client: HouseClient) -> None:
    house.account(email="admin@vaubrune.example")
    assert client.post(BECOME, {"who": who}).status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_an_account_that_was_closed_is_not_become(demo: None, client: HouseClient) -> None:
    house.account(email=BY_KEY["ines"].email, is_active=False)
    assert client.post(BECOME, {"who": "ines"}).status_code == 404


@pytest.mark.django_db
def test_becoming_takes_a_post_with_its_token(demo: None) -> None:
    _ines()
    strict = HouseClient(enforce_csrf_checks=True)
    assert strict.get(BECOME).status_code == 405
    assert strict.post(BECOME, {"who": "ines"}).status_code == 403


@pytest.mark.django_db
@pytest.mark.urls("visavis.site.urls")
def test_outside_the_demo_the_switcher_does_not_exist(client: HouseClient) -> None:
    _ines()
    assert client.post(BECOME, {"who": "ines"}).status_code == 404
    assert b'name="who"' not in client.get("/compte/login/").content


@pytest.mark.django_db
@pytest.mark.urls(demo_urls.__name__)
def test_outside_the_demo_the_view_refuses_even_if_its_address_existed(client: HouseClient) -> None:
    _ines()
    assert client.post(BECOME, {"who": "ines"}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_the_look_of_the_banner_is_served_by_ourselves() -> None:
    assert finders.find("demo/demo.css")


_ASK = """
import django; django.setup()
from django.test import Client
from django.urls import reverse
print(Client().get("/compte/login/").content.decode())
print("ROUTE", reverse("demo:become"))
"""


@slow
def test_an_instance_with_its_mark_is_a_demo_by_itself(built: Instance) -> None:
    told = subprocess.run(
        [sys.executable, "-c", _ASK],
        env=environment(built.folder),
        capture_output=True,
        text=True,
        check=True,
    )
    assert "données fictives" in told.stdout
    assert f"ROUTE {BECOME}" in told.stdout


@slow
def test_an_instance_without_mark_is_none(tmp_path: Path) -> None:
    asked = "import django; django.setup()\nfrom django.urls import reverse\nreverse('demo:become')"
    told = subprocess.run(
        [sys.executable, "-c", asked], env=environment(tmp_path), capture_output=True, text=True, check=False
    )
    assert "NoReverseMatch" in told.stderr


@slow
def test_each_of_the_cast_signs_in_with_the_password_of_the_mark(vaubrune: Instance, settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["visavis.people.accounts.hashers.Argon2id"]
    password = re.search(r'"password": "([^"]+)"', (vaubrune.folder / "demo.json").read_text("utf-8"))
    assert password
    for member in CAST[:2]:
        client = HouseClient()
        answer = client.post("/compte/login/", {"login": member.email, "password": password[1]})
        assert (answer.status_code, answer["Location"]) == (302, "/")


@slow
def test_ines_sees_her_three_returns(vaubrune: Instance) -> None:
    viewer = viewer_named("ines")
    cases = list(own_cases_to_do(viewer)[:3])
    assert len(cases) == 3
    page = unescape(browser_of("ines").get("/").content.decode())
    for text in Verbatim.objects.filter(response__in=[case.response_id for case in cases]):
        assert text.text[:20] in page
    assert 'name="feeling"' in page, "an exchange to note in one tap"


@slow
@pytest.mark.parametrize("role", ROLES)
def test_no_role_may_list_or_count_what_employees_said(role: str, vaubrune: Instance) -> None:
    viewer = viewer_named(role)
    assert not returns(viewer).filter(voice=Voice.EMPLOYEE).exists()
    assert not verbatims(viewer).filter(voice=Voice.EMPLOYEE).exists()
    assert not counted(viewer, Voice.EMPLOYEE).exists()
    assert not counted(viewer, Voice.EMPLOYEE).filter(source=Response.Source.FEELING).exists()


#: A figure of employees as a page would put it: their questions, or the words of their markers.
_FIGURE = re.compile(r"(Climat|eNPS|Recommandation comme employeur)[^<]{0,40}\d")
#: The adviser's own figure, hers alone.
_LIVED = re.compile("Échanges bien vécus")
#: Pages whose employees' figures come from what was released.
_RELEASED = re.compile(
    r"/symetrie/|/barometre/|/rapports/|/equipe/|/double-attention/|/miroir/|/correspondances/"
)
#: Pages of one kind that are opened for each role, and pages in all.
_OF_A_KIND, _IN_ALL = 2, 60
_NOT_OPENED = ("/compte/", "/admin/pieces", "/static/")


def _pages(client: HouseClient) -> dict[str, str]:
    """The pages that links lead to, from the first one: a few of each kind."""
    kinds: Counter[str] = Counter()
    waiting, found, known = deque(["/"]), dict[str, str](), {"/": ""}
    while waiting and len(found) < _IN_ALL:
        address = waiting.popleft()
        kind = resolve(urlsplit(address).path).view_name
        if address in found or kinds[kind] >= _OF_A_KIND:
            continue
        kinds[kind] += 1
        answer = client.get(address)
        assert answer.status_code in {200, 302}, f"{address}, linked from {known[address]}"
        if answer.status_code == 302:
            waiting.append(answer["Location"])
            known.setdefault(answer["Location"], address)
            continue
        body = answer.getvalue()
        found[address] = unescape(body.decode(errors="replace"))
        hrefs = re.findall(r'href="(/[^"#]*)', found[address]) if "html" in answer["Content-Type"] else []
        for href in hrefs:
            if not href.startswith(_NOT_OPENED) and known.setdefault(href, address) == address:
                waiting.append(href)
    return found


#: Texts of fewer characters may be met by chance.
_LONG = 25


def _told(texts: Iterable[str], page: str) -> list[str]:
    """Those of the texts that a page holds; thousands of them, so their beginnings are looked up at once."""
    beginnings = {page[place : place + _LONG] for place in range(len(page) - _LONG + 1)}
    return [text for text in texts if text[:_LONG] in beginnings and text in page]


@slow
@pytest.mark.parametrize("role", ROLES)
def test_every_page_opens_and_none_tells_what_a_colleague_said(
    role: str,
    vaubrune: Instance,
    banner: None,
) -> None:
    viewer = viewer_named(role)
    others = Verbatim.objects.filter(voice=Voice.EMPLOYEE).exclude(response__author=viewer.person_id or 0)
    private = {text for text in others.values_list("text", flat=True) if len(text) >= _LONG}
    private -= set(Verbatim.objects.filter(voice=Voice.CUSTOMER).values_list("text", flat=True))
    private -= set(_told(private, "\n".join(ReleasedComment.objects.values_list("text", flat=True))))
    assert len(private) > 200
    pages = _pages(browser_of(role))
    assert len(pages) > 2
    for address, page in pages.items():
        assert not _told(private, page), f"{role} at {address} reads a colleague"
        assert role == "ines" or not _LIVED.search(page), f"{role} at {address} reads a ressenti"
        released = _RELEASED.search(address) or address == "/"
        assert released or not _FIGURE.search(page), f"{role} at {address} reads a figure"
        # A letter is shown as its reader will see it: no page of ours around it.
        if "<html" in page and not address.endswith("/courriel/"):
            assert "données fictives" in page, address
