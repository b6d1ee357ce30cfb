"""The larger model asked to teach: told plainly where it is absent, followed on the page where it works."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import house
from visavis.core.words import Role
from visavis.people.access.models import JournalEntry
from visavis.text.precision import available, vectors
from visavis.understand.learning import distilling
from visavis.understand.learning.models import Distillation
from visavis.understand.themes import works
from visavis.understand.themes.models import Work

pytestmark = pytest.mark.django_db
PAGE, ASK = "/comprendre/lecture/", "/comprendre/lecture/apprendre/"


@pytest.fixture
def absent(monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation without the extra."""
    monkeypatch.setattr(vectors, "find_spec", lambda _name: None)


@pytest.mark.usefixtures("absent")
def test_without_the_larger_model_the_page_says_so_and_nothing_can_be_asked() -> None:
    member = house.member(house.company(), Role.QUALITY)
    page = member.client.get(PAGE).text
    assert "Le modèle plus grand n’est pas installé" in page
    assert ASK not in page
    told = member.client.post(ASK, follow=True).text
    assert "Le modèle plus grand n’est pas installé." in told
    assert not Distillation.objects.exists()


@pytest.mark.skipif(not available(), reason="the extra 'precision' is not installed")
def test_asked_once_it_is_followed_on_the_page_and_not_asked_twice() -> None:
    member = house.member(house.company(), Role.QUALITY)
    page = member.client.post(ASK, follow=True).text
    assert "en arrière-plan" in page
    work = Distillation.objects.get()
    assert JournalEntry.objects.filter(verb="learning.distilled").exists()
    with pytest.raises(ValidationError):
        distilling.start(by=member.viewer, at=timezone.now())
    Distillation.objects.filter(pk=work.pk).update(state=Work.State.RUNNING, done=50, total=200)
    assert "50 textes sur 200" in member.client.get(PAGE).text.replace("\u00a0", " ")


@pytest.mark.skipif(not available(), reason="the extra 'precision' is not installed")
def test_work_that_has_nothing_to_teach_ends_and_says_so() -> None:
    member = house.member(house.company(), Role.QUALITY)
    work = distilling.start(by=member.viewer, at=timezone.now())
    distilling.work_on(work.pk, at=timezone.now())
    work.refresh_from_db()
    assert work.state == Work.State.READY
    page: Any = member.client.get(PAGE)
    assert "rien de neuf à enseigner" in page.text
    assert ASK in page.text


def test_two_who_ask_at_once_wait_for_each_other() -> None:
    if not connection.features.has_select_for_update:
        pytest.skip("this database has one writer at a time")
    with transaction.atomic(), CaptureQueriesContext(connection) as asked:
        assert not works.is_under_way(Distillation)
    first, *_rest = asked.captured_queries
    assert "FOR NO KEY UPDATE" in first["sql"]
