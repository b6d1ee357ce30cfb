"""The page put together: what the address asks, what was released, what it allows to say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from visavis.core.periods import Period, between
from visavis.draw.frame import Frame
from visavis.draw.paper import Picture
from visavis.listen.releases.models import Release
from visavis.listen.releases.planning import UNIT, parent_of
from visavis.measure.agreement import Quadrants
from visavis.measure.estimates import FLOOR
from visavis.measure.two_views import Spread
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.understand.pairs import findings, pictures, queries, sentences
from visavis.understand.pairs.findings import Agreement, Corner, Standing
from visavis.understand.pairs.queries import Line
from visavis.web.filters import CHANNEL, REASON, Choices, FilterBar, Filters, read_filters
from visavis.web.filters import PERIOD as PERIOD_KEY
from visavis.web.navigation import Link

#: The key of the address that says by what the company is cut, and its words.
BY = "par"
CUTS = {"motif": "reason", "canal": "channel", "moment": "moment", "niveau": "level", "entite": UNIT}
#: What stands when the address names no period: exchanges of one month are few.
PERIOD = "12m"
#: Two spaces that a list of choices keeps, for each step down the tree.
_STEP = "\u00a0\u00a0"


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters, and the one line of them that the page is about."""

    bar: FilterBar
    by: str
    shown: list[Release]
    held: Mapping[str, list[Line]]
    focus: Line | None
    whole: bool

    @property
    def filters(self) -> Filters:
        """What the address asks."""
        return self.bar.filters

    @property
    def read(self) -> Period:
        """What is read of it: months are released together and never cut, so that it may begin before."""
        if not self.shown:
            return self.filters.period
        first = min(release.first_on for release in self.shown)
        return between(first, max(release.last_on for release in self.shown))


def asked(viewer: Viewer, query: QueryDict, today: dt.date) -> Asked:
    """Read the address against what was released to this viewer.

    A month is released by one cut at a time: a place, a channel or a reason. When the address asks several,
    the narrowest stands and the page says so.

    Args:
        viewer: who reads.
        query: the query string.
        today: the company's day.
    """
    shown = queries.months(viewer, read_filters(query, Choices(period=PERIOD), today).period)
    held = {cut: queries.lines(viewer, shown, cut) for cut in (UNIT, "channel", "reason")}
    choices = Choices(
        scopes=_scopes(held[UNIT]),
        channels=[(line.place, line.label) for line in held["channel"]],
        reasons=[(line.place, line.label) for line in held["reason"]],
        period=PERIOD,
    )
    filters = _one_only(read_filters(query, choices, today))
    by = query.get(BY, "")
    by = by if by in CUTS else "motif"
    chosen = {"reason": filters.reason, "channel": filters.channel, UNIT: filters.scope}
    cut = next((cut for cut, place in chosen.items() if place), UNIT)
    lines = held[cut]
    focus = next((line for line in lines if line.place == chosen[cut]), lines[0] if lines else None)
    return Asked(
        bar=FilterBar(filters, choices, today, kept={BY: by} if by != "motif" else {}),
        by=by,
        shown=shown,
        held=held,
        focus=focus,
        whole=bool(held[UNIT]) and focus is held[UNIT][0],
    )


def _scopes(lines: list[Line]) -> list[tuple[str, str]]:
    top = min((line.path.count("/") for line in lines), default=0)
    return [(line.place, _STEP * max(0, line.path.count("/") - top) + line.label) for line in lines]


def _one_only(filters: Filters) -> Filters:
    """Keep the narrowest of scope, channel and reason: crossings were not released."""
    given = [name for name in ("reason", "channel", "scope") if getattr(filters, name)]
    if len(given) < 2:
        return filters
    told = _(
        "Scope, channel and reason cannot be crossed here: months are released by one at a time, so that "
        "nobody can be found. Shown: the reason, or else the channel."
    )
    problems = (*filters.problems, told)
    dropped: Mapping[str, str] = dict.fromkeys(given[1:], "")
    return replace(filters, **dropped, problems=problems)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Group:
    """Where one view is: its sentence and its chart."""

    corner: Corner
    title: str
    said: str
    picture: Picture
    found: list[Standing]


@dataclass(frozen=True, slots=True)
class Findings:
    """What the released pairs say of the line asked."""

    line: Line
    four: Quadrants
    spread: Spread
    reading: str
    crossed: str
    rate: str
    left_out: str
    square: Picture
    groups: list[Group]
    agreement: Agreement | None


def findings_of(viewer: Viewer, wanted: Asked, language: str) -> Findings | None:
    """Work out the page.

    Args:
        viewer: who reads.
        wanted: from ``asked``.
        language: "fr" or "en".

    Returns:
        ``None`` when nothing was released, or the line asked may not be shown.
    """
    line, spread = wanted.focus, queries.spread(wanted.shown)
    if line is None or spread is None or line.n < FLOOR:
        return None
    four = line.four
    lines = _compared(viewer, wanted, line) if line.cut == UNIT else []
    links = _texts(viewer, wanted, lines)
    told = queries.told_by_customers(viewer, wanted.shown, line.path) if line.cut == UNIT else 0
    return Findings(
        line=line,
        four=four,
        spread=spread,
        reading=sentences.reading(four, spread, language),
        crossed=sentences.crossed(line, sum(map(queries.length, wanted.shown)), language),
        left_out=sentences.left_out(lines),
        rate=sentences.rate(line.told, told, language),
        square=pictures.square(four, language, line.label, spread.effect(four.n)),
        groups=_groups(wanted, line, lines, spread, language, links),
        agreement=findings.agreement(line.table, spread) if line.table else None,
    )


def _compared(viewer: Viewer, wanted: Asked, line: Line) -> list[Line]:
    """The lines held against each other: by the cut asked; below the company, by units only."""
    cut = CUTS[wanted.by] if wanted.whole else UNIT
    lines = wanted.held[cut] if cut in wanted.held else queries.lines(viewer, wanted.shown, cut)
    return [each for each in lines if cut != UNIT or _under(each, line)]


def _groups(
    wanted: Asked, line: Line, lines: list[Line], spread: Spread, language: str, links: Mapping[str, str]
) -> list[Group]:
    """Where blind spots are and where advisers carry."""
    if sum(each.whole for each in lines) < 2:
        return []
    found, of = findings.standings(lines, spread), cut_names()[wanted.by if wanted.whole else "entite"]
    titles = {
        Corner.BLIND: _("Where are the blind spots?"),
        Corner.BORNE: _("Where do advisers take it upon themselves?"),
    }
    return [
        Group(
            corner,
            titles[corner],
            sentences.where(found[corner], corner, language),
            pictures.places(
                found[corner],
                corner,
                findings.corner_share(line.four, corner, spread),
                Frame(titles[corner], language, of=of, noun=pictures.nouns(), change=_("gap with the rest")),
                links,
            ),
            found[corner],
        )
        for corner in Corner
        if found[corner]
    ]


def _texts(viewer: Viewer, wanted: Asked, lines: list[Line]) -> dict[str, str]:
    """Where the customers' texts of a reason or a channel are read, for whoever may read them.

    Theirs alone: an adviser's words beside them would be known for hers.
    """
    key = {"reason": REASON, "channel": CHANNEL}.get(CUTS[wanted.by] if wanted.whole else "")
    if key is None or not viewer.may(Right.RETURNS):
        return {}
    address, period = reverse("verbatims:list"), wanted.filters.period.key
    return {
        line.place: f"{address}?{urlencode({PERIOD_KEY: period, key: line.place})}"
        for line in lines
        if len(line.members) == 1
    }


def _under(line: Line, above: Line) -> bool:
    """Whether a line is a direct part of another in the tree."""
    return line.place != above.place and all(parent_of(member) in above.members for member in line.members)


def cut_names() -> dict[str, str]:
    """What the company is cut by, by the words of the address."""
    return {
        "motif": _("Reason"),
        "canal": _("Channel"),
        "moment": _("Moment"),
        "niveau": _("Level"),
        "entite": _("Team"),
    }


def cut_links(wanted: Asked) -> list[Link]:
    """The cuts as links that keep the other filters."""
    kept = wanted.filters.pairs()
    return [
        Link(label, f"?{urlencode([*kept, (BY, name)])}", wanted.by == name)
        for name, label in cut_names().items()
    ]
