"""Every page, export, e-mail and printed report with hostile strings wherever people write.

``benchmarks/hostile.py`` does the same with all of them, in a browser too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from allauth.account import app_settings as account_settings
from django.db import transaction
from django.urls import reverse

import visavis
from tests import hostile, planted, scope
from tests.matrix import Row
from tests.pages import hostile_company, hostile_mail
from tests.pages.hostile_company import READ, HostileCompany
from tests.shared import SHARED
from visavis.core.words import Role
from visavis.share.letters.models import Kind

pytestmark = pytest.mark.usefixtures("every_address")

FOLDER = SHARED / "data" / "trust"


@cache
def some(size: int) -> list[str]:
    """As many strings, from all along the lists."""
    found = hostile.strings(FOLDER)
    step = max(1, (len(found) - len(hostile.FEW)) // (size - len(hostile.FEW)))
    return [*hostile.FEW, *found[len(hostile.FEW) :: step]][:size]


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[HostileCompany]:
    """The company, with some of the strings in every column that people write."""
    batch = some(150)
    with django_db_blocker.unblock(), transaction.atomic(), scope.quickly():
        found = hostile_company.build(20)
        assert planted.plant(batch) > 1000
        yield found
        transaction.set_rollback(True)


@pytest.mark.parametrize("row", READ, ids=lambda row: row.name)
def test_hostile_words_are_words(row: Row, world: HostileCompany, db: None) -> None:
    assert not [
        f"{path} as {role}: {fault}"
        for role in hostile_company.roles(row)
        for path, answer in world.answers(row, role)
        for fault in hostile_company.faults(answer, row, some(150))
    ]


def test_hostile_words_in_an_address_are_words(world: HostileCompany, db: None) -> None:
    batch, found = some(60), []
    for place, row in enumerate(READ):
        if row.of:
            continue
        role = hostile_company.roles(row)[0]
        text = batch[place % len(batch)]
        query = dict.fromkeys(
            (
                "perimetre",
                "periode",
                "canal",
                "motif",
                "voix",
                "q",
                "page",
                "theme",
                "jour",
                "geste",
                "qui",
                "next",
            ),
            text,
        )
        path = reverse(row.name, kwargs=row.words)
        answer = world.clients[role].get(path, query)
        found += [f"{path} {text!r}: {fault}" for fault in hostile.faults_of(answer)]
    assert not found


def test_hostile_words_in_an_e_mail_are_words(world: HostileCompany, db: None, settings: Any) -> None:
    settings.SENDS_LETTERS, settings.ADDRESS = True, "https://localhost"
    sent = list(hostile_mail.letters(hostile_mail.subscribed(world)))
    addresses = [text for text in hostile.strings(FOLDER) if "@" in text][:12]
    asked = list(hostile_mail.of_accounts([*addresses, "a+b@acme.example", "a'b@acme.example"]))
    assert {kind for kind, _one in sent} == set(Kind)
    assert {kind for kind, _one in asked} == hostile_mail.ACCOUNT
    assert not [
        f"{kind}: {fault}"
        for kind, one in (*sent, *asked)
        for fault in (
            *hostile_mail.faults(one),
            *(each for part in hostile_mail.parts(one) for each in hostile.faults_of(part, styles=True)),
        )
    ]


def test_no_other_e_mail_is_sent() -> None:
    """Whoever adds a way of sending adds it to ``tests/pages/hostile_mail.py``."""
    source = Path(visavis.__file__).parent
    sends = re.compile(
        r"\b(EmailMessage|EmailMultiAlternatives|send_mail|send_mass_mail|mail_admins|sendmail)\b"
    )
    found = {
        str(path.relative_to(source))
        for path in source.rglob("*.py")
        if sends.search(path.read_text("utf-8"))
    }
    assert found == {"share/letters/sending.py", "people/accounts/adapter.py"}
    for option in ("EMAIL_NOTIFICATIONS", "LOGIN_BY_CODE_ENABLED", "PASSWORD_RESET_BY_CODE_ENABLED"):
        assert getattr(account_settings, option) is False
    assert account_settings.EMAIL_VERIFICATION == "none"


def test_the_check_bites() -> None:
    for page in (
        "<p onclick=x>",
        "<script>x</script>",
        "<iframe>",
        "<a href='javascript:x'>",
        "<a href='//evil'>",
    ):
        assert list(hostile.faults_of_page(page)) or "//" in page
    assert list(hostile.faults_of_csv(b'"a"\r\n"=1+1"\r\n'))
    assert list(hostile.faults_of_page("<!-- x -->"))
    assert list(hostile.faults_of_escape("<p><b class=x>y</b></p>", ["<b class=x>y"]))
    assert not list(hostile.faults_of_page(f"<p>&lt;script&gt;</p><a href='/x/'>{Role.ADMIN}</a>"))
