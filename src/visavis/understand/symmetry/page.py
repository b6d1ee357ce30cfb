"""What the page of symmetry shows: the link in a sentence, team by team, what happened, moment by moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visavis.core.periods import spoken_day
from visavis.core.words import Voice
from visavis.draw.faces import Half, Pair, butterfly, butterfly_table
from visavis.draw.frame import Frame, Reference
from visavis.draw.paper import Picture
from visavis.draw.timeline import Happening, Line, timeline_table, twin_timeline
from visavis.listen.returns.narrowing import choices_for
from visavis.measure.estimates import Display, Estimate
from visavis.measure.figures import count, show, span
from visavis.measure.means import MARKS, mean_interval
from visavis.measure.sentences import difference_sentence
from visavis.measure.sentences_of_links import link_sentence
from visavis.measure.shares import proportion_interval
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.people.units.models import Event, Unit
from visavis.understand.symmetry.facing import Facing, Side
from visavis.understand.symmetry.happenings import Climates, Days, Followed, satisfied_by_month
from visavis.understand.symmetry.linking import Exempt, Links
from visavis.understand.symmetry.teams import Sides
from visavis.web.filters import Choices, Filters
from visavis.web.rows import FaceRow


@dataclass(frozen=True, slots=True)
class Told:
    """One event in words: what, when, and what may be said of each side."""

    label: str
    when: str
    employees: str
    customers: str
    follows: str


def choices(viewer: Viewer) -> Choices:
    """What may be filtered: the branch and the period; both sides are there for whoever holds both rights."""
    found = choices_for(viewer, Right.FIGURES, period="12m")
    return Choices(scopes=found.scopes, period=found.period)


def sentences(found: Links, language: str) -> tuple[str, str]:
    """The link at equal requests inside sites, and the one as it stands, each in its sentence."""
    first, second = _("the team’s climate"), _("customers’ satisfaction")
    if found.fair is None and found.raw is None:
        few = _("It takes at least 4 teams known on both sides to look for a link.")
        return few, ""
    told = [
        link_sentence(link, language, first=first, second=second) if link else ""
        for link in (found.fair, found.raw)
    ]
    return told[0] or _("Within each site there are too few teams to compare them."), told[1]


def teams(found: Sides, language: str) -> Picture | None:
    """Every team on both sides, in the order of the organisation: nobody is ranked."""
    shown = [team for team in found.teams if team.satisfied[1]]
    if not shown:
        return None
    pairs = [
        Pair(
            team.label,
            {Voice.CUSTOMER: team.satisfied_estimate, Voice.EMPLOYEE: team.climate_estimate},
        )
        for team in shown
    ]
    whole = {
        Voice.CUSTOMER: proportion_interval(*found.satisfied),
        Voice.EMPLOYEE: mean_interval(found.climate, MARKS),
    }
    named = {Voice.CUSTOMER: _("Satisfied customers"), Voice.EMPLOYEE: _("Climate, 1 to 5")}
    halves = {
        voice: Half(
            name,
            Reference(each, _("all together")) if (each := whole[voice].estimate) is not None else None,
        )
        for voice, name in named.items()
    }
    title = _("Team by team")
    frame = Frame(title, language, of=_("Team"))
    return Picture(
        title,
        butterfly(pairs, frame.beside(), halves),
        butterfly(pairs, frame.narrow(), halves),
        butterfly_table(pairs, frame, halves),
    )


def over_time(days: Days, known: Climates, path: str, filters: Filters, language: str) -> Picture | None:
    """Both sides of one branch and of the others, month after month, with what happened."""
    if path not in known.told:
        return None
    climate = known.series(path)
    first = min((wave.first_on for wave in known.waves), default=filters.period.first)
    last = max(wave.last_on for wave in known.waves) + dt.timedelta(days=1)
    customers = satisfied_by_month(days, path, first, last)
    name, others = known.names[path], _("Others")
    panels = [
        (
            _("Climate, 1 to 5"),
            [
                Line(label, [(day, mean_interval(sums, MARKS)) for day, sums in side], voice)
                for label, side, voice in ((name, climate[0], Voice.EMPLOYEE), (others, climate[1], None))
                if side
            ],
        ),
        (
            _("Satisfied customers"),
            [
                Line(label, [(day, proportion_interval(*both)) for day, both in side], voice)
                for label, side, voice in ((name, customers[0], Voice.CUSTOMER), (others, customers[1], None))
                if side
            ],
        ),
    ]
    kept = [(title, lines) for title, lines in panels if lines]
    if not kept:
        return None
    events = [Happening(event.starts_on, event.label) for event in _events(path, first, last)]
    title = _("%(branch)s: both sides over time") % {"branch": name}
    frame = Frame(title, language, of=_("Month"))
    return Picture(
        title,
        twin_timeline(kept, frame.beside(), events=events),
        twin_timeline(kept, frame.narrow(), events=events),
        timeline_table(
            [line for _title, lines in kept for line in lines],
            frame,
            [title for title, lines in kept for _line in lines],
        ),
    )


def _events(path: str, first: dt.date, last: dt.date) -> list[Event]:
    """What happened to the branch or to all, once each."""
    above = [path[: at + 1] for at, letter in enumerate(path) if letter == "/" and at]
    rows = Event.objects.filter(unit_path__in=above, starts_on__gte=first, starts_on__lt=last)
    return list(rows.order_by("starts_on", "pk"))


def told(found: Sequence[Followed], language: str) -> list[Told]:
    """What may be said of each event, from the intervals alone."""
    return [_told(one, language) for one in found]


def _told(one: Followed, language: str) -> Told:
    follows = ""
    if one.step is not None:
        follows = ngettext(
            "Customers follow about %(weeks)s week later (%(low)s to %(high)s). It says what comes first, "
            "not what drives what.",
            "Customers follow about %(weeks)s weeks later (%(low)s to %(high)s). It says what comes first, "
            "not what drives what.",
            one.step.lag,
        ) % {"weeks": one.step.lag, "low": one.step.low, "high": one.step.high}
    return Told(
        one.event.label,
        spoken_day(one.event.starts_on, language, year=True),
        _("Change of the climate against that of the others, %(said)s.")
        % {"said": difference_sentence(one.employees, language)}
        if one.employees
        else _("No wave was released before and after: nothing can be said of the climate."),
        _("Change of satisfied customers against those of the others, %(said)s.")
        % {"said": difference_sentence(one.customers, language)}
        if one.customers
        else _("Too few weeks of returns to say anything of customers."),
        follows,
    )


def exempt(found: Sequence[Exempt]) -> list[str]:
    """The teams whose sides go opposite ways, each in a sentence."""
    words = {
        (True, True): _("%(team)s: good climate, customers less satisfied: clear on both sides."),
        (True, False): _("%(team)s: good climate, customers less satisfied: not conclusive yet on one side."),
        (False, True): _("%(team)s: low climate, customers more satisfied: clear on both sides."),
        (False, False): _("%(team)s: low climate, customers more satisfied: not conclusive yet on one side."),
    }
    return [words[one.climate > 0, one.clear] % {"team": one.label} for one in found]


def _between(row: Facing) -> str:
    sides = (row.customers_side, row.employees_side)
    words = {
        (Side.WEAK, Side.WEAK): _("both sides suffer"),
        (Side.STRONG, Side.STRONG): _("strengths of both sides"),
        (Side.USUAL, Side.USUAL): _("nothing stands out on either side"),
        (Side.STRONG, Side.WEAK): _("employees suffer, customers do not see it"),
        (Side.WEAK, Side.STRONG): _("customers suffer, employees do not see it"),
        (Side.WEAK, Side.USUAL): _("seen by customers alone"),
        (Side.USUAL, Side.WEAK): _("seen by employees alone"),
        (Side.STRONG, Side.USUAL): _("a strength on customers’ side"),
        (Side.USUAL, Side.STRONG): _("a strength on employees’ side"),
    }
    if Side.SILENT in sides:
        return _("listened to on one side only") if set(sides) != {Side.SILENT} else _("listened to nowhere")
    return words.get(sides) or _("not conclusive yet")


def faces(found: Sequence[Facing], language: str) -> list[FaceRow]:
    """Moments facing each other, with what the pair says."""
    rows = []
    for one in found:
        if one.customers is None and one.employees is None:
            continue
        customers, employees = _("no mark yet"), _("no question listens to it")
        if one.customers is not None:
            customers = _figure(show(one.customers, language), one.customers.display, _("satisfied"))
        if one.employees is not None:
            employees = show(one.employees, language)
        elif any(sheet.questions for sheet in one.lives):
            employees = _("nothing released yet")
        lives = ", ".join(sheet.label(language) for sheet in one.lives)
        rests = (_basis(one.customers, language), _basis(one.employees, language))
        rows.append(FaceRow(one.truth.label(language), customers, _between(one), lives, employees, *rests))
    return rows


def _basis(estimate: Estimate | None, language: str) -> str:
    """What a figure rests on: its interval and its answers; nothing where none shows."""
    if estimate is None or estimate.display is Display.HIDDEN:
        return ""
    return f"{span(estimate, language)}, {count(estimate.n, language)}"


def _figure(figure: str, display: Display, noun: str) -> str:
    return figure if display is Display.HIDDEN else f"{figure} {noun}"


def branch_of(filters: Filters, known: Climates, events: Sequence[Followed]) -> str:
    """The branch drawn over time: the one asked, or the latest to which something happened, or the first."""
    asked = Unit.objects.filter(code=filters.scope).order_by("pk").values_list("path", flat=True).first()
    for place in known.told:
        if asked and asked.startswith(place):
            return place
    clear = [one for one in events if one.employees is not None and one.employees.excludes_zero]
    if clear or events:
        return (clear or list(events))[0].event.unit_path
    return next(iter(known.told), "")
