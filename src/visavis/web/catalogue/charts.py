"""Every mark of the chart kit, wide, narrow and as a table, from invented figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from visavis.core.words import Voice
from visavis.draw.crosses import Spot, scatter, scatter_table
from visavis.draw.effects import Effect, effect_list, effect_table
from visavis.draw.faces import Gap, Half, Pair, butterfly, butterfly_table, dumbbell, dumbbell_table
from visavis.draw.frame import Frame, Reference
from visavis.draw.mirrors import Step, back_to_back, back_to_back_table
from visavis.draw.paper import Table
from visavis.draw.quadrants import Corner, Towards, quadrant_table, quadrants
from visavis.draw.themes import Theme, theme_bars, theme_table
from visavis.draw.timeline import Happening, Line, timeline_table, twin_timeline
from visavis.measure.estimates import Estimate
from visavis.measure.means import Sums, mean_interval
from visavis.measure.shares import proportion_difference, proportion_interval

#: Invented teams: satisfied customers of how many, employees' mean mark of how many.
_TEAMS = (("Rennes", 182, 200, 4.2, 24), ("Brest", 141, 200, 4.0, 26), ("Tours", 120, 150, 3.6, 21),
          ("Scarpe", 96, 150, 3.1, 22), ("Saint-Malo", 60, 71, 3.9, 3))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sample:
    """One mark in its two widths, with the table that says the same."""

    title: str
    wide: str
    narrow: str
    table: Table


def charts(language: str) -> list[Sample]:
    """One sample a mark, in the language of the reader; those of the plain catalogue are not repeated."""
    made = (_butterfly, _dumbbell, _effects, _crosses, _square, _mirror, _themes, _twin)
    return [one(language) for one in made]


def _sample(frame: Frame, drawn: Callable[[Frame], str], table: Table) -> Sample:
    return Sample(frame.title, drawn(frame), drawn(frame.narrow()), table)


def _climate(mean: float, n: int) -> Estimate:
    return mean_interval(Sums(n, n * mean, n * (mean**2 + 0.6)))


def _names() -> dict[Voice, str]:
    return {
        Voice.CUSTOMER: _("Satisfied customers"),
        Voice.EMPLOYEE: pgettext("sample", "Climate (1 to 5)"),
    }


def _estimates() -> list[tuple[str, dict[Voice, Estimate]]]:
    return [
        (name, {Voice.CUSTOMER: proportion_interval(yes, n), Voice.EMPLOYEE: _climate(mean, staff)})
        for name, yes, n, mean, staff in _TEAMS
    ]


def _butterfly(language: str) -> Sample:
    names, company = _names(), pgettext("sample", "the company")
    halves = {
        Voice.CUSTOMER: Half(names[Voice.CUSTOMER], Reference(0.8, company)),
        Voice.EMPLOYEE: Half(names[Voice.EMPLOYEE], Reference(3.5, company)),
    }
    pairs = [Pair(name, both) for name, both in _estimates()]
    frame = Frame(_("Both voices, team by team"), language, of=pgettext("sample", "Team"))
    return _sample(frame, lambda one: butterfly(pairs, one, halves), butterfly_table(pairs, frame, halves))


def _dumbbell(language: str) -> Sample:
    asked = [
        (_("Clarity of our letters"), 2.9, 4.1, _("proven gap: overestimated")),
        (_("Listening and regard"), 4.3, 3.4, _("proven gap: underestimated")),
        (_("Speed of our answers"), 3.4, 3.4, _("undetermined")),
    ]
    gaps = [
        Gap(label, {Voice.CUSTOMER: _climate(one, 300), Voice.EMPLOYEE: _climate(other, 60)}, said)
        for label, one, other, said in asked
    ]
    frame = Frame(_("The same questions to both"), language, of=pgettext("sample", "Question"))
    names = {Voice.CUSTOMER: _("Customers"), Voice.EMPLOYEE: _("Employees")}
    return _sample(frame, lambda one: dumbbell(gaps, one), dumbbell_table(gaps, frame, names))


def _effects(language: str) -> Sample:
    effects = [
        Effect(_("Chosen schedules, pilot teams"), proportion_difference(330, 400, 280, 400)),
        Effect(_("Chosen schedules, extension"), proportion_difference(61, 90, 58, 91)),
        Effect(_("Short letters"), proportion_difference(2, 3, 8, 15)),
    ]
    frame = Frame(_("Effect on satisfied customers, in points"), language, of=pgettext("sample", "Action"))
    return _sample(
        frame, lambda one: effect_list(effects, one, voice=Voice.CUSTOMER), effect_table(effects, frame)
    )


def _crosses(language: str) -> Sample:
    spots = [Spot(name, both, name == "Brest") for name, both in _estimates()]
    frame = Frame(_("Do both voices go together?"), language, of=pgettext("sample", "Team"))
    names = _names()
    return _sample(frame, lambda one: scatter(spots, one, names), scatter_table(spots, frame, names))


def _square(language: str) -> Sample:
    corners = [
        Corner(_("The adviser took it upon herself"), 266),
        Corner(_("All is well"), 1254),
        Corner(_("Hard on both sides"), 171),
        Corner(_("Blind spot"), 210),
    ]
    frame = Frame(_("The same exchange, two views"), language, of=pgettext("sample", "View"))
    up = Towards(pgettext("sample", "Satisfied customer"), Voice.CUSTOMER)
    across = Towards(_("Went well"), Voice.EMPLOYEE)
    return _sample(
        frame, lambda one: quadrants(corners, one, up=up, across=across), quadrant_table(corners, frame)
    )


def _mirror(language: str) -> Sample:
    marks = ((10, 96, 38), (9, 204, 41), (8, 318, 36), (7, 262, 19), (6, 180, 9), (5, 140, 7))
    steps = [
        Step(str(mark), {Voice.CUSTOMER: customers, Voice.EMPLOYEE: employees})
        for mark, customers, employees in marks
    ]
    frame = Frame(_("The same question, two sides"), language, of=pgettext("sample", "Mark"))
    names = {Voice.CUSTOMER: pgettext("sample", "Customers"), Voice.EMPLOYEE: pgettext("sample", "Employees")}
    return _sample(
        frame, lambda one: back_to_back(steps, one, names), back_to_back_table(steps, frame, names)
    )


def _themes(language: str) -> Sample:
    themes = [
        Theme(_("Premium change"), 262, 30, 20, proportion_difference(312, 1204, 140, 1180)),
        Theme(pgettext("sample", "Listening"), 5, 7, 152, proportion_difference(164, 1204, 170, 1180)),
        Theme(pgettext("sample", "Wait"), 12, 3, 4),
    ]
    frame = Frame(_("What stands out"), language, of=pgettext("sample", "Theme"))
    return _sample(frame, lambda one: theme_bars(themes, one), theme_table(themes, frame))


def _twin(language: str) -> Sample:
    days = [dt.date(2025, month, 1) for month in range(1, 8)]
    names = _names()
    staff = [
        (day, _climate(mean, 60)) for day, mean in zip(days, (3.6, 3.6, 3.5, 3.5, 3.4, 2.8, 2.7), strict=True)
    ]
    customers = [
        (day, proportion_interval(yes, 200))
        for day, yes in zip(days, (160, 162, 158, 161, 159, 155, 141), strict=True)
    ]
    elsewhere = [(day, proportion_interval(161, 200)) for day in days]
    panels = [
        (names[Voice.EMPLOYEE], [Line("Roubaix", staff, Voice.EMPLOYEE)]),
        (names[Voice.CUSTOMER], [Line("Roubaix", customers, Voice.CUSTOMER), Line("Angers", elsewhere)]),
    ]
    happened = [Happening(dt.date(2025, 5, 12), _("New schedules"))]
    frame = Frame(_("Employees first, customers next"), language)
    lines = [line for _name, panel in panels for line in panel]
    return _sample(
        frame, lambda one: twin_timeline(panels, one, events=happened), timeline_table(lines, frame)
    )
