"""What each voice speaks of over the same days: customers as counted, employees as released only."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from django.db.models import Q, QuerySet

from visavis.core.periods import Period, between
from visavis.core.words import Voice
from visavis.listen.releases.models import Kind, Release
from visavis.listen.releases.planning import UNIT, parent_of
from visavis.listen.releases.queries import Cell, cells, releases
from visavis.listen.releases.words import SPOKEN, TEXTS, THEME, WEEK, week_of
from visavis.listen.returns.queries import counted_texts
from visavis.listen.returns.stored import as_stored, day_of
from visavis.people.access.policy import Right
from visavis.people.access.viewer import NOTHING, Viewer
from visavis.people.units.fields import branch
from visavis.understand.correspondences.heard import Heard, Spoken, heard_in, together
from visavis.understand.correspondences.models import Correspondence, ProposedQuestion
from visavis.understand.themes.models import Theme

#: Texts of a week under which it is passed over, on either side.
FEWEST_TEXTS = 10
#: Places of the tones, as they are written beside texts.
NEGATIVE = 0
EVERY_TONE = range(3)


def sees_both(viewer: Viewer) -> bool:
    """Whether the viewer may see customers' figures and employees' released ones."""
    return viewer.may(Right.FIGURES) and viewer.may(Right.BAROMETER)


@dataclass(frozen=True, slots=True)
class Team:
    """A unit, or several released together: what employees speak of, what customers complain of."""

    place: str
    label: str
    site: str
    employees: Heard
    customers: Mapping[tuple[str, ...], Heard]


@dataclass(frozen=True, slots=True)
class Both:
    """Both voices over the days that were released.

    Attributes:
        period: those days, whole months.
        months: how many months were released in them.
        label: the branch shown.
        employees: its texts; none where they may not be shown.
        customers: its texts.
        weeks: for each week of the company with enough texts on both sides, oldest first, its Monday.
        weekly: by voice, one set of texts a week; empty when a branch is shown.
        teams: the finest groups released, with their customers.
    """

    period: Period
    months: int
    label: str
    employees: Heard | None
    customers: Heard
    weeks: Sequence[dt.date] = ()
    weekly: Mapping[Voice, Sequence[Heard]] = field(default_factory=dict)
    teams: Sequence[Team] = ()


def months(viewer: Viewer, period: Period) -> list[Release]:
    """The months of employees' words released inside a period, oldest first."""
    return releases(viewer, Kind.WORDS, first=period.first, last=period.last) if sees_both(viewer) else []


@dataclass(frozen=True, slots=True)
class Place:
    """A unit, or several released together, and what its employees speak of over the months that show it."""

    code: str
    label: str
    members: tuple[str, ...]
    employees: Heard | None


def places(viewer: Viewer, shown: Sequence[Release], codes: Collection[str]) -> list[Place]:
    """What was released of each unit, summed over some months, wholes before their parts.

    Units where the viewer may not count customers are left out: nothing could face them.
    """
    held: dict[str, list[Cell]] = defaultdict(list)
    keys = [TEXTS, *(THEME + code for code in codes)]
    for cell in cells(viewer, shown[::-1], cut=UNIT, keys=keys):
        held[cell.place].append(cell)
    tops = viewer.branches.get(Right.FIGURES, ())
    return [
        Place(place, found[0].label, found[0].members, _pooled(found))
        for place, found in held.items()
        if any(found[0].members[0].startswith(top) for top in tops)
    ]


def _pooled(found: Iterable[Cell]) -> Heard | None:
    """The months that show a group, added up; none where no month does."""
    told = [heard for cell in found if (heard := _heard(cell))]
    return together(told) if told else None


def both(
    viewer: Viewer, shown: Sequence[Release], found: Sequence[Place], focus: Place, codes: Mapping[int, str]
) -> Both:
    """Put both voices of one branch side by side.

    Args:
        viewer: who looks.
        shown: from ``months``, at least one.
        found: from ``places``.
        focus: the branch among them.
        codes: key of a theme -> its code.
    """
    period = between(shown[0].first_on, shown[-1].last_on)
    texts, spoken = _texts(viewer, period, focus), Spoken(codes, EVERY_TONE)
    whole = focus is found[0] and focus.code.count("/") == 2
    weeks, weekly = _weeks(viewer, shown, texts, spoken) if whole else ([], {})
    return Both(
        period=period,
        months=len(shown),
        label=focus.label,
        employees=focus.employees,
        customers=heard_in(list(chain.from_iterable(texts.by_day.values())), spoken),
        weeks=weeks,
        weekly=weekly,
        teams=_teams(_finest(found), texts, Spoken(codes, (NEGATIVE,))),
    )


_Kind = tuple[str, int | None, int | None]


@dataclass(frozen=True, slots=True)
class _Texts:
    """The words of themes beside customers' texts: by day; by path of the unit, reason and channel."""

    by_day: Mapping[dt.date, Sequence[str]]
    by_kind: Mapping[_Kind, Sequence[str]]


def _texts(viewer: Viewer, period: Period, focus: Place) -> _Texts:
    reach = Q()
    for member in focus.members:
        reach |= branch(member.removesuffix("="))
    rows = counted_texts(viewer, Voice.CUSTOMER).filter(
        reach, heard_on__gte=period.first, heard_on__lt=period.after, read_at__isnull=False
    )
    columns = ("heard_on", "unit_path", "reason_id", "channel_id", "themes_heard")
    days, kinds = defaultdict[str | dt.date, list[str]](list), defaultdict[_Kind, list[str]](list)
    for day, path, reason, channel, word in as_stored(rows.order_by().values_list(*columns)):
        days[day].append(word)
        kinds[path, reason, channel].append(word)
    return _Texts({day_of(day): words for day, words in days.items()}, kinds)


def _heard(cell: Cell) -> Heard | None:
    """What was released of one group; a theme that is masked there is not known, which is not 0."""
    texts = cell.figures.get(TEXTS)
    if texts is None:
        return None
    themes = {key.removeprefix(THEME): one for key, one in cell.figures.items() if one and key != TEXTS}
    times = {code: one.counts.get(SPOKEN, 0) for code, one in themes.items()}
    return Heard(texts.n, times, {code: one.n for code, one in themes.items()})


def _weeks(
    viewer: Viewer, shown: Sequence[Release], texts: _Texts, spoken: Spoken
) -> tuple[list[dt.date], dict[Voice, list[Heard]]]:
    customers: dict[str, list[str]] = defaultdict(list)
    for day, words in texts.by_day.items():
        customers[week_of(day)] += words
    released: dict[str, list[Heard]] = defaultdict(list)
    for cell in cells(viewer, shown, cut=WEEK):
        # Days released together with the next week's count as its: nobody is dated too early by it.
        if told := _heard(cell):
            released[cell.members[-1]].append(told)
    employees = {week: together(each) for week, each in released.items()}
    summed = {
        week: heard_in(words, spoken) for week, words in customers.items() if len(words) >= FEWEST_TEXTS
    }
    kept = sorted(week for week in summed if week in employees and employees[week].texts >= FEWEST_TEXTS)
    return [_monday(week) for week in kept], {
        Voice.CUSTOMER: [summed[week] for week in kept],
        Voice.EMPLOYEE: [employees[week] for week in kept],
    }


def _monday(week: str) -> dt.date:
    year, _, number = week.partition("-W")
    return dt.date.fromisocalendar(int(year), int(number), 1)


def _finest(found: Sequence[Place]) -> list[Place]:
    """The smallest groups released; a team merged in some months is told by those where it is alone."""
    above = {parent_of(path) for place in found for path in place.members}
    alone = {place.members[0] for place in found if len(place.members) == 1}
    return [
        place
        for place in found
        if not above & set(place.members)
        and not any(member.endswith("=") for member in place.members)
        and (len(place.members) == 1 or not alone & set(place.members))
    ]


def _teams(found: Sequence[Place], texts: _Texts, spoken: Spoken) -> list[Team]:
    homes = {member: place.code for place in found for member in place.members}
    held: dict[str, dict[tuple[str, ...], list[str]]] = defaultdict(lambda: defaultdict(list))
    for (path, reason, channel), words in texts.by_kind.items():
        if path in homes:
            held[homes[path]][str(reason or ""), str(channel or "")] += words
    return [
        Team(
            place.code,
            place.label,
            parent_of(place.members[0]),
            place.employees,
            {kind: heard_in(words, spoken) for kind, words in held[place.code].items()},
        )
        for place in found
        if place.employees
    ]


def themes_heard(viewer: Viewer) -> list[Theme]:
    """The themes in force that texts may speak of: those under which there is no other, in order."""
    if not sees_both(viewer):
        return []
    found = Theme.objects.filter(retired_in__isnull=True).order_by("parent__position", "position", "pk")
    tops = {theme.parent_id for theme in found}
    return [theme for theme in found if theme.pk not in tops]


def decided(viewer: Viewer) -> QuerySet[Correspondence]:
    """What people decided, the latest first."""
    if not sees_both(viewer):
        return Correspondence.objects.filter(NOTHING)
    return Correspondence.objects.select_related("account__person").order_by("-decided_at", "-pk")


def questions(viewer: Viewer) -> QuerySet[ProposedQuestion]:
    """The questions proposed, those to ask first, then the latest."""
    if not sees_both(viewer):
        return ProposedQuestion.objects.filter(NOTHING)
    rows = ProposedQuestion.objects.select_related("account__person", "settled_by__person")
    return rows.order_by("settled_at", "-made_at", "-pk")
