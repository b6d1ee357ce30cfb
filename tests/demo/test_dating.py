"""The break of the voice server and its repair are dated over many draws of the small demo, not over one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from visavis.demo.vaubrune import climate, contacts, extras, organisation, returns, training
from visavis.demo.vaubrune.plan import plan
from visavis.demo.vaubrune.world import PHONE, WEEKS, Dice, Size, week_start
from visavis.share.alerts.deciding import Followed, broken, frozen, judged, returned
from visavis.share.alerts.looking import BACK
from visavis.share.alerts.models import Figure
from visavis.share.alerts.series import WEEK, Week

pytestmark = pytest.mark.slow

SEEDS = range(1, 25)


@dataclass
class Departure:
    """A fall of the telephone as the product tells it."""

    since: dt.date
    first: dt.date
    last: dt.date
    back: tuple[dt.date, dt.date, dt.date] | None


def _weeks(seed: int) -> list[Week]:
    """The telephone's marks of one draw of the small demo, in memory, by the day of the answer."""
    dice, planted = Dice(seed), plan(null=False)
    crew = organisation.staff(dice)
    life, clarity = climate.climate(dice, planted), training.trait(dice, planted, crew)
    seen = contacts.contacts(dice, planted, crew, Size.SMALL)
    asked = returns.ask(dice, planted, crew, life, seen, extras.adherence(dice), Size.SMALL)
    told = returns.returns(dice, planted, seen, asked, clarity, Size.SMALL)
    week = told.answered // (7 * 86_400)
    phone = seen.channel[told.contact] == PHONE
    found = []
    for number in range(WEEKS):
        marks = told.satisfaction[phone & (week == number)]
        squares = (int(marks.sum()), int((marks * marks).sum()))
        found.append(Week(week_start(number), (int((marks >= 4).sum()),), len(marks), squares))
    return found


def _departures(weeks: list[Week]) -> Iterator[Departure]:
    """Judge the weeks one after the other, as the nightly look does, of one figure alone."""
    planted = plan(null=False)
    storm = {week_start(week) for week in range(planted.storm_from, planted.storm_until)}
    start = weeks[-BACK].first
    made = frozen(Figure.SATISFACTION, weeks, start, storm)
    assert made is not None
    followed = Followed(Figure.SATISFACTION, weeks, made[0], frozenset(week.first for week in made[1]))
    live, ended = None, dt.date.min
    for week in (one.first for one in weeks if one.first >= start):
        said = judged(followed, week)
        if said is None:
            continue
        if live and said.back:
            yield Departure(live.since, live.first, live.last, returned(followed, live.since, week))
            live, ended = None, week + WEEK
        elif said.out:
            live = broken(followed, week, said.smooth[-1], ended)


def test_the_break_and_the_repair_are_dated_within_a_week_in_most_draws_and_held_by_their_range() -> None:
    planted = plan(null=False)
    broke, repaired = week_start(planted.server_from), week_start(planted.server_until)
    heard = [
        each
        for seed in SEEDS
        for each in _departures(_weeks(seed))
        if broke - 4 * WEEK <= each.since < repaired
    ]
    back = [each.back for each in heard if each.back]
    # Twenty-four draws; over sixty (seeds 1 to 60): seen in 52, dated within a week in 92 % of these, the
    # repair in 88 %; the range holds the true week in 100 % and 98 %.
    assert len(heard) >= 18
    assert len(back) >= 18
    near = sum(abs(each.since - broke) <= WEEK for each in heard) / len(heard)
    assert near >= 0.8
    assert sum(abs(day - repaired) <= WEEK for day, _, _ in back) / len(back) >= 0.7
    assert sum(each.first <= broke <= each.last for each in heard) / len(heard) >= 0.9
    assert sum(first <= repaired <= last for _, first, last in back) / len(back) >= 0.9
