"""Same exchange, two views: what released pairs allow to say, to whom, and nothing else."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from tests import house
from visavis.core.periods import between, from_text
from visavis.core.words import Role
from visavis.listen.releases.exchanges import FELT, PAIR, SATISFIED
from visavis.listen.releases.models import Kind, Release, ReleasedCell, ReleasedFigure
from visavis.listen.returns.feelings import record_feeling
from visavis.measure.two_views import Spread
from visavis.people.access.models import JournalEntry
from visavis.people.access.viewer import Viewer
from visavis.understand.pairs import findings, own, queries
from visavis.understand.pairs.findings import Corner, Place

pytestmark = pytest.mark.django_db

PAGE = "/comprendre/double-attention/"
NOVEMBER = dt.date(2025, 11, 1)
NINE = dt.datetime(2025, 12, 1, 9, tzinfo=dt.UTC)
Pairs = Mapping[str, int]


@pytest.fixture(autouse=True)
def _on_the_day(settings: Any) -> None:
    settings.TODAY = house.TODAY


def release(month: dt.date = NOVEMBER) -> Release:
    """A released month of exchanges, without any cell."""
    last = from_text(f"{month:%Y-%m}", house.TODAY).last
    return Release.objects.create(
        kind=Kind.EXCHANGES, first_on=month, last_on=last, floor=5, comment_floor=10, crosstab_floor=10,
        sensitive_floor=11, people=60, published_at=timezone.now(),
    )  # fmt: skip


def cell(
    of: Release,
    cut: str,
    place: str,
    pairs: Pairs,
    *,
    shown: tuple[str, ...] = (FELT, SATISFIED, PAIR),
    **facts: Any,
) -> ReleasedCell:
    """A released cell that shows these pairs, « mark,feeling »."""
    position = ReleasedCell.objects.filter(release=of, cut=cut).count()
    known = {
        "members": place.split("+"),
        "unit_path": house.company().path,
        "names": {"fr": place.capitalize()},
    }
    made = ReleasedCell.objects.create(
        release=of, cut=cut, place=place, position=position, people=50, state="shown", **known | facts
    )
    counts: dict[str, dict[str, int]] = {FELT: {}, SATISFIED: {}, PAIR: {}}
    for pair, n in pairs.items():
        mark, feeling = pair.split(",")
        band = "yes" if int(mark) >= 4 else "no"
        for key, answer in ((FELT, feeling), (SATISFIED, f"{band},{feeling}"), (PAIR, pair)):
            counts[key][answer] = counts[key].get(answer, 0) + n
    for key in shown:
        ReleasedFigure.objects.create(cell=made, key=key, counts=counts[key], n=sum(pairs.values()))
    return made


def company(**reasons: Pairs) -> Release:
    """A month of the company with its reasons."""
    of = release()
    whole: dict[str, int] = {}
    for pairs in reasons.values():
        for pair, n in pairs.items():
            whole[pair] = whole.get(pair, 0) + n
    root = house.company()
    cell(of, "unit", root.path, whole, members=[root.path], names={"fr": root.name})
    for reason, pairs in reasons.items():
        cell(of, "reason", reason, pairs)
    return of


WELL: Pairs = {"5,5": 150, "4,4": 100, "4,2": 30, "2,2": 20, "2,4": 10}
BLIND: Pairs = {"5,5": 60, "2,2": 20, "2,4": 50, "4,2": 5}


def text(answer: Any) -> str:
    """The words of a page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def direction() -> house.Member:
    return house.member(house.company(), Role.DIRECTION)


def test_without_a_released_month_the_page_says_what_will_come() -> None:
    assert "Aucun mois publié" in text(direction().client.get(PAGE))


def test_blind_spots_are_said_where_the_gap_is_net_and_nowhere_else() -> None:
    company(simple=WELL, premium=BLIND, claim=WELL)
    said = text(direction().client.get(PAGE))
    assert "Écart net avec le reste, les angles morts sont plus fréquents ici : Premium 37 %" in said
    assert "755 échanges où les deux ont répondu" in said


def test_places_that_do_not_differ_are_not_conclusive_yet() -> None:
    company(simple=WELL, premium=WELL, claim=WELL)
    said = text(direction().client.get(PAGE))
    assert said.count("Pas encore concluant : aucun ne se distingue des autres.") == 2
    assert "Écart net" not in said


def lines(**reasons: Pairs) -> list[queries.Line]:
    company(**reasons)
    viewer = house.viewer(house.company(), Role.DIRECTION)
    return queries.lines(viewer, queries.months(viewer, from_text("tout", house.TODAY)), "reason")


def test_lines_keep_the_order_of_the_company_within_a_group() -> None:
    found = findings.standings(
        lines(a=WELL, b=BLIND, c=WELL, d=BLIND, e={"5,5": 20, "2,4": 4}), Spread(icc=0.01, clusters=60)
    )
    blind = [(one.line.place, one.place) for one in found[Corner.BLIND]]
    assert blind == [
        ("b", Place.ABOVE), ("d", Place.ABOVE), ("a", Place.BELOW), ("c", Place.BELOW), ("e", Place.FEW),
    ]  # fmt: skip


def test_within_a_group_what_is_clearly_more_frequent_comes_first() -> None:
    plain: Pairs = {"5,5": 600, "2,2": 20, "2,4": 10}
    some: Pairs = {"5,5": 90, "2,2": 12, "2,4": 30}
    most: Pairs = {"5,5": 50, "2,2": 12, "2,4": 90}
    found = findings.standings(lines(a=plain, b=some, c=most), Spread(icc=0.0, clusters=60))
    assert {one.place for one in found[Corner.BLIND][:2]} == {Place.ABOVE}
    assert [one.line.place for one in found[Corner.BLIND]] == ["c", "b", "a"]


def test_what_teams_have_in_common_widens_every_interval() -> None:
    held = lines(a=WELL, b=BLIND)
    near, wide = (
        findings.corner_share(held[0].four, Corner.BLIND, Spread(icc=icc, clusters=20)) for icc in (0, 0.2)
    )
    assert near.estimate == wide.estimate
    assert wide.high - wide.low > near.high - near.low


def test_places_that_may_seldom_be_crossed_are_named_and_not_compared() -> None:
    of = company(simple=WELL, premium=BLIND)
    cell(of, "reason", "complaint", BLIND, shown=(FELT,))
    said = text(direction().client.get(PAGE))
    assert "Non comparés" in said
    assert "retrouvé : Complaint" in said
    assert "Complaint 37" not in said


def test_months_that_may_not_be_crossed_are_counted_aloud() -> None:
    company(simple=WELL)
    of = release(dt.date(2025, 10, 1))
    cell(of, "unit", house.company().path, WELL, shown=(FELT,), members=[house.company().path])
    assert "310 des 620 échanges racontés des deux côtés se lisent ici, sur 1 des 2 mois" in text(
        direction().client.get(PAGE)
    )


def test_a_masked_place_shows_no_figure() -> None:
    cell(release(), "unit", house.company().path, WELL, shown=(), members=[house.company().path])
    said = text(direction().client.get(PAGE))
    assert "Masqué pour protéger les réponses" in said
    assert "%" not in said.split("Masqué")[1].split("Nous n’avons")[0]


def test_few_exchanges_are_indicative_and_agreement_needs_fifty() -> None:
    company(simple={"5,5": 15, "2,4": 5})
    said = text(direction().client.get(PAGE))
    assert "20 échanges : il en faut 30" in said
    assert "il en faut 50 pour mesurer l’accord" in said


def test_the_address_narrows_by_one_thing_at_a_time() -> None:
    of = company(simple=WELL, premium=BLIND)
    cell(of, "channel", "phone", WELL)
    client = direction().client
    assert "135 échanges où" in text(client.get(PAGE, {"motif": "premium"}))
    both = text(client.get(PAGE, {"motif": "premium", "canal": "phone"}))
    assert "ne se croisent pas ici" in both
    assert "135 échanges où" in both
    for strange in ("nowhere", "'", "premium+simple"):
        assert client.get(PAGE, {"motif": strange, "par": strange, "periode": strange}).status_code == 200


def test_a_month_is_never_cut() -> None:
    middle = between(dt.date(2025, 9, 15), dt.date(2025, 11, 29))
    assert queries.bounds(middle) == (dt.date(2025, 10, 1), dt.date(2025, 11, 29))
    company(simple=WELL)
    viewer = house.viewer(house.company(), Role.DIRECTION)
    assert queries.months(viewer, middle) == []


def branch_seen(viewer: Viewer) -> set[str]:
    shown = queries.months(viewer, from_text("tout", house.TODAY))
    return {line.place for line in queries.lines(viewer, shown, "unit")}


def test_a_manager_sees_her_branch_and_the_company_and_not_the_next_team() -> None:
    them = house.cast(Role.MANAGER)
    of = company(simple=WELL)
    for team in (them.ours, them.theirs):
        cell(of, "unit", team.path, WELL, members=[team.path], unit_path=team.path)
    root = house.company().path
    assert branch_seen(them.owner.viewer) == {root, them.ours.path}
    assert branch_seen(them.neighbour.viewer) == {root, them.theirs.path}
    assert branch_seen(them.stranger.viewer) == set()
    said = text(them.owner.client.get(PAGE, {"perimetre": them.theirs.path}))
    assert "n’existe pas ou ne vous est pas ouvert" in said


def test_no_live_feeling_reaches_the_page() -> None:
    them = house.cast(Role.ADVISER)
    exchange = house.interaction(them.ours, them.owner.account.person)
    record_feeling(by=them.owner.viewer, interaction=exchange, feeling=5, at=NINE)
    house.response(them.ours, interaction=exchange, person=them.owner.account.person, satisfaction=1)
    assert "Aucun mois publié" in text(direction().client.get(PAGE, {"periode": "tout"}))


def pair(them: house.Cast, mark: int, feeling: int, said: str = "") -> None:
    mine = them.owner.account.person
    exchange = house.interaction(them.ours, mine)
    record_feeling(by=them.owner.viewer, interaction=exchange, feeling=feeling, at=NINE)
    told = house.response(them.ours, interaction=exchange, person=mine, satisfaction=mark)
    if said:
        house.verbatim(told, said)


def test_an_adviser_reads_her_own_pairs_and_nobody_else_does() -> None:
    them = house.cast(Role.ADVISER)
    pair(them, 1, 5, "Je n’ai rien compris au courrier.")
    pair(them, 5, 1)
    client = them.owner.client
    said = text(client.get(f"{PAGE}mes-echanges/"))
    assert "2 échanges où le client et vous avez répondu" in said
    assert "Je n’ai rien compris au courrier." in said
    assert "Votre ressenti : très bien" in said
    assert "Je n’ai rien compris" not in text(client.get(f"{PAGE}mes-echanges/", {"vue": "borne"}))
    assert "Aucun de vos échanges n’entre dans ce regard" in text(client.get(f"{PAGE}mes-echanges/?vue=hard"))
    assert "Aucun échange vu des deux côtés" in text(them.neighbour.client.get(f"{PAGE}mes-echanges/"))
    assert own.own_pairs(them.neighbour.viewer, from_text("tout", house.TODAY)) == []


def test_the_file_holds_the_figures_of_the_page_and_the_journal_tells() -> None:
    company(simple=WELL, premium=BLIND)
    client = direction().client
    answer: Any = client.get(f"{PAGE}export.csv")
    rows = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    header, *lines = csv.reader(rows, delimiter=";")
    premium = dict(zip(header, next(line for line in lines if line[1] == "Premium"), strict=True))
    assert premium["Échanges croisés"] == "135"
    assert premium["Angle mort"].startswith("37,0")
    assert premium["Angle mort\u00a0: ce qui peut être dit de l’écart"] == "net"
    assert client.get(f"{PAGE}export.xlsx").content[:2] == b"PK"
    assert JournalEntry.objects.filter(verb="pairs.exported").count() == 2


def test_the_page_speaks_english_too() -> None:
    company(simple=WELL, premium=BLIND)
    client = direction().client
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    said = text(client.get(PAGE))
    assert "Clear gap with the rest, blind spots are more frequent here" in said
    assert "The customer and the adviser give the same mark" in said
