"""Two people start from the model of a sector at the same moment: it is there once, and nobody is refused."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from tests import house
from visavis.core.words import Role
from visavis.moments.references.models import Edition, Moment
from visavis.moments.references.services import starter
from visavis.people.access.viewer import Viewer
from visavis.share.settings.services import start_from
from visavis.understand.themes.models import Theme

#: Longer than anybody waits here; nothing is measured.
_AT_MOST = 60
_WAITS = ("BEGIN", "SELECT pg_advisory_xact_lock")


def _start(by: Viewer, wrapper: Callable[..., Any]) -> None:
    try:
        with connection.execute_wrapper(wrapper):
            start_from(by=by, sector="bank", at=timezone.now())
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_start_at_once_the_second_waits_and_finds_everything_there() -> None:
    both = [house.viewer(house.company(), Role.QUALITY) for _ in range(2)]
    writing, waiting = Event(), Event()
    begins = _WAITS[connection.vendor == "postgresql"]

    def first(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if sql.startswith('INSERT INTO "moments_references_moment"'):
            writing.set()
            assert waiting.wait(_AT_MOST)
        return execute(sql, *rest)

    def second(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if sql.startswith(begins):
            waiting.set()
        return execute(sql, *rest)

    with ThreadPoolExecutor(2) as two:
        one = two.submit(_start, both[0], first)
        assert writing.wait(_AT_MOST)
        two.submit(_start, both[1], second).result(_AT_MOST)
        one.result(_AT_MOST)
    assert Moment.objects.count() == len(starter("bank")["moments"])
    assert Theme.objects.filter(parent=None).count() == len(starter("bank")["themes"])
    assert sorted(Edition.objects.values_list("kind", "number")) == [("moments", 1), ("themes", 1)]
