"""The lists that describe exchanges, and the chain of repeated contacts."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests import house
from visavis.core.words import Role
from visavis.moments.exchanges import queries
from visavis.moments.exchanges.models import Channel, Interaction, Level, Reason
from visavis.moments.exchanges.services import (
    ensure_review_channel,
    ensure_term,
    install_lists,
    link_previous,
    slug,
)
from visavis.moments.references.services import SECTORS
from visavis.people.access.viewer import NOBODY, system

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2025, 11, 3, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize("sector", SECTORS)
def test_a_sector_brings_its_lists_once(sector: str) -> None:
    added = install_lists(by=system(), sector=sector)
    assert added == Channel.objects.count() + Reason.objects.count() + Level.objects.count() > 5
    assert install_lists(by=system(), sector=sector) == 0


def test_lists_that_the_company_wrote_are_left_as_they_are() -> None:
    house.channel("phone", name={"fr": "Au bout du fil"})
    install_lists(by=system(), sector="insurer")
    assert Channel.objects.get(code="phone").name == {"fr": "Au bout du fil"}


def test_a_usual_word_gives_the_usual_channel_in_both_languages() -> None:
    phone = ensure_term(by=system(), model=Channel, value="TÉL", language="fr")
    assert phone.code == "phone"
    assert set(phone.name) == {"fr", "en"}
    assert ensure_term(by=system(), model=Channel, value="téléphone", language="fr") == phone
    reason = ensure_term(by=system(), model=Reason, value="Bris de glace", language="fr")
    assert (reason.code, reason.name) == ("bris-de-glace", {"fr": "Bris de glace"})


@pytest.mark.parametrize(("name", "code"), [("Résiliation / départ", "resiliation-depart"), ("???", "other")])
def test_a_name_gives_a_code(name: str, code: str) -> None:
    assert slug(name) == code


def test_only_those_who_may_change_the_lists_do() -> None:
    team = house.unit()
    for viewer in (NOBODY, house.viewer(), house.viewer(team, Role.MANAGER)):
        with pytest.raises(PermissionDenied):
            install_lists(by=viewer, sector="insurer")
        with pytest.raises(PermissionDenied):
            ensure_term(by=viewer, model=Level, value="N1", language="fr")
        with pytest.raises(PermissionDenied):
            ensure_review_channel(by=viewer)
    assert ensure_review_channel(by=house.viewer(team, Role.QUALITY)).code == "review"
    with pytest.raises(PermissionDenied):
        install_lists(by=house.viewer(team, Role.ADMIN), sector="insurer")


def test_lists_are_read_by_whoever_is_signed_in() -> None:
    house.channel("mail", position=2)
    house.channel("phone", position=1)
    house.reason()
    house.level()
    stranger = house.viewer()
    assert [each.code for each in queries.channels(stranger)] == ["phone", "mail"]
    assert queries.reasons(stranger).count() == queries.levels(stranger).count() == 1
    for reads in (queries.channels, queries.reasons, queries.levels):
        assert not reads(NOBODY).exists()


class TestChains(TestCase):
    @settings(max_examples=20, deadline=None)
    @given(
        hours=st.lists(
            st.tuples(st.integers(0, 400), st.sampled_from("ab"), st.sampled_from(["x", "y", ""])), max_size=9
        )
    )
    def test_each_exchange_points_to_the_latest_before_it_within_seven_days(
        self, hours: list[tuple[int, str, str]]
    ) -> None:
        team = house.unit()
        customers = {name: house.customer() for name in "ab"}
        made = [
            house.interaction(
                team,
                started_at=NOON + dt.timedelta(hours=hour),
                customer=customers[who],
                reason=house.reason(why) if why else None,
            )
            for hour, who, why in hours
        ]
        for _ in range(2):
            link_previous([each.pk for each in customers.values()])
            for each in Interaction.objects.order_by("pk"):
                before = [
                    other
                    for other in made
                    if each.reason_id
                    and (other.customer_id, other.reason_id) == (each.customer_id, each.reason_id)
                    and dt.timedelta() < each.started_at - other.started_at <= dt.timedelta(days=7)
                ]
                latest = max(before, key=lambda other: (other.started_at, other.pk), default=None)
                assert each.previous_id == (latest and latest.pk)


def test_an_exchange_that_left_its_chain_is_unlinked() -> None:
    team, who, why = house.unit(), house.customer(), house.reason()
    first = house.interaction(team, started_at=NOON, customer=who, reason=why)
    second = house.interaction(team, started_at=NOON + dt.timedelta(days=7), customer=who, reason=why)
    link_previous([who.pk])
    second.refresh_from_db()
    assert second.previous_id == first.pk
    Interaction.objects.filter(pk=second.pk).update(started_at=NOON + dt.timedelta(days=7, seconds=1))
    link_previous([who.pk])
    second.refresh_from_db()
    assert second.previous_id is None
