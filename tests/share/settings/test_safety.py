"""The page of safety tells what stands, and changes with it."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from bs4 import BeautifulSoup
from django.core.cache import caches

from tests import house
from visavis.core import egress
from visavis.core.words import Role
from visavis.people.access import chain, journal
from visavis.people.access.clock import today
from visavis.people.access.models import JournalEntry
from visavis.people.access.viewer import NOBODY
from visavis.web.models import PolicyReport

pytestmark = pytest.mark.django_db


def page(member: house.Member, query: str = "") -> str:
    main = BeautifulSoup(member.client.get(f"/admin/surete/{query}").content, "html.parser").main
    return re.sub(r"\s+", " ", main.get_text(" ")) if main else ""


def test_a_whole_journal_shows_its_last_fingerprint_and_a_changed_one_its_line() -> None:
    admin = house.member(house.company(), Role.ADMIN)
    journal.write(by=NOBODY, verb="accounts.opened")
    entry = journal.write(by=NOBODY, verb="accounts.closed")
    assert chain.last_link() in page(admin)
    JournalEntry.objects.filter(pk=entry.pk).update(verb="accounts.opened")
    assert f"ligne {entry.pk} " in page(admin, "?tout=oui")
    assert f"ligne {entry.pk} " in page(admin), "a break that was seen is told until it is mended"


def test_within_an_hour_new_lines_alone_are_followed_and_the_page_says_since_when() -> None:
    admin = house.member(house.company(), Role.ADMIN)
    old = journal.write(by=NOBODY, verb="accounts.opened")
    shown = page(admin, "?tout=oui")
    assert "Toutes ont été suivies à" in shown
    JournalEntry.objects.filter(pk=old.pk).update(verb="accounts.closed")
    new = journal.write(by=NOBODY, verb="accounts.closed")
    journal.write(by=NOBODY, verb="accounts.opened")
    JournalEntry.objects.filter(pk=new.pk).update(verb="accounts.opened")
    assert f"ligne {new.pk} " in page(admin)
    caches["process"].clear()
    assert f"ligne {old.pk} " in page(admin), "an hour later, or in another process"


def test_what_was_cut_or_taken_away_meanwhile_has_all_lines_followed_again() -> None:
    admin = house.member(house.company(), Role.ADMIN)
    first, *_others, last = [journal.write(by=NOBODY, verb="accounts.opened") for _ in range(4)]
    page(admin, "?tout=oui")
    JournalEntry.objects.filter(pk=last.pk).delete()
    JournalEntry.objects.filter(pk=first.pk).update(verb="accounts.closed")
    assert f"ligne {first.pk} " in page(admin)


def test_reports_of_browsers_are_summed_over_thirty_days() -> None:
    admin = house.member(house.company(), Role.ADMIN)
    facts = {"directive": "img-src", "route": "web:help", "origin": "elsewhere"}
    for ago, times in ((0, 20), (5, 21), (40, 500)):
        PolicyReport.objects.create(day=today() - dt.timedelta(days=ago), times=times, **facts)
    told = page(admin)
    assert "web:help 41" in told
    assert "ailleurs" in told


def test_who_owes_a_second_step_is_named_until_it_is_set(settings: Any) -> None:
    admin = house.member(house.company(), Role.ADMIN)
    settings.SECOND_STEP_ROLES = frozenset({Role.ADMIN, Role.HR})
    Authenticator.objects.create(user=admin.account, type=Authenticator.Type.TOTP, data={"secret": "x"})
    late = house.member(house.unit(), Role.HR)
    house.member(house.unit(), Role.ADVISER)
    assert late.account.email in page(admin)
    Authenticator.objects.create(user=late.account, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert late.account.email not in page(admin)


def test_the_ways_out_are_those_that_were_configured() -> None:
    admin, before = house.member(house.company(), Role.ADMIN), egress.doors()
    try:
        egress.configure(egress.Door("mail", "smtp.acme.example", 587))
        assert "smtp.acme.example:587" in page(admin)
        egress.configure()
        assert "rien ne sort de cette machine" in page(admin)
    finally:
        egress.configure(*before)
