"""Two people publish at the same moment: it is published once, and the second is told."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Event
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from tests import house
from tests.conftest import ON_POSTGRES
from tests.listen.releases.company import answers, barometer, open_gate, wave
from visavis.core.words import Role
from visavis.listen.releases.models import Release
from visavis.people.access.models import JournalEntry

#: Longer than anybody waits here; nothing is measured.
_AT_MOST = 60
BUSY = "Quelqu’un d’autre publie en ce moment même"
DONE = "Quelqu’un d’autre vient de publier ce qui attendait"


class Meeting:
    """The first stops before the release is written, until the second has come to its own turn."""

    def __init__(self) -> None:
        self.arrived, self.leave, self._looked = Event(), Event(), False

    def first(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        """Stop before the release is written."""
        if sql.startswith('INSERT INTO "listen_releases_release"') and not self.arrived.is_set():
            self.arrived.set()
            assert self.leave.wait(_AT_MOST)
        return execute(sql, *rest)

    def second(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        """Let the first go on once what is due was looked at and a turn is asked for."""
        self._looked |= "listen_releases_wavegate" in sql
        if self._looked and sql.startswith("BEGIN"):
            self.leave.set()
        return execute(sql, *rest)


def _publish(member: house.Member, wrapper: Callable[..., Any]) -> str:
    """What the page says to whoever publishes."""
    try:
        with ExitStack() as stack:
            stack.enter_context(connection.execute_wrapper(wrapper))
            answer = member.client.post(reverse("barometer:publish"), follow=True)
        assert answer.status_code == 200
        return str(answer.content.decode())
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_publish_at_once_one_does_and_the_other_is_told(settings: Any) -> None:
    settings.TODAY = house.TODAY
    open_gate()
    answers(wave(barometer()), house.unit("tours"), [1, 2, 3, 4, 5, 5])
    members = [house.member(house.company(), Role.HR) for _ in range(2)]
    meeting = Meeting()
    with ThreadPoolExecutor(2) as two:
        one = two.submit(_publish, members[0], meeting.first)
        assert meeting.arrived.wait(_AT_MOST)
        other = two.submit(_publish, members[1], meeting.second)
        if ON_POSTGRES:
            other.result(_AT_MOST)
            meeting.leave.set()
        told, also = one.result(_AT_MOST), other.result(_AT_MOST)
    assert "1 publication faite." in told
    assert (BUSY if ON_POSTGRES else DONE) in also
    assert Release.objects.count() == JournalEntry.objects.filter(verb="releases.published").count() == 1
