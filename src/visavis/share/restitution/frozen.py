"""Frozen reports: written after the month, shown as they were, compared with the figures of today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils import timezone, translation
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext as _

from visavis.core.languages import LANGUAGES
from visavis.core.periods import Kind, Period, month_of
from visavis.listen.returns.models import Verbatim
from visavis.measure.estimates import Display
from visavis.measure.figures import number
from visavis.moments.references.models import Edition
from visavis.people.access import journal
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer, system
from visavis.people.units.models import Unit
from visavis.share.analytics.models import PublishedMonth
from visavis.share.restitution import queries, tables
from visavis.share.restitution.counting import Slice
from visavis.share.restitution.freshness import AsOf
from visavis.share.restitution.models import FrozenReport, FrozenUnit, Revision
from visavis.share.restitution.packing import packed, unpacked
from visavis.share.restitution.reports import Report
from visavis.text import VERSION
from visavis.web.downloads import Share
from visavis.web.filters import Filters

_DAY = dt.timedelta(days=1)
#: Revisions shown, and figures of each.
SHOWN = 12


def _root() -> Unit | None:
    return Unit.objects.filter(parent__isnull=True).order_by("pk").first()


def last_due(today: dt.date) -> Period:
    """The newest month whose report is to be frozen: it closed at least so many days ago."""
    last = month_of(today.replace(day=1) - _DAY)
    frozen_from = last.after + dt.timedelta(days=settings.REPORT_FROZEN_AFTER)
    return last if today >= frozen_from else month_of(last.first - _DAY)


def due(today: dt.date) -> list[Unit]:
    """The units whose report of the newest due month is not frozen yet, and has something to say."""
    root, month = _root(), last_due(today)
    if root is None:
        return []
    asked = Unit.objects.filter(pk__in=FrozenUnit.objects.order_by().values("unit")).order_by("path")
    done = set(FrozenReport.objects.filter(month=month.first).order_by().values_list("unit", flat=True))
    return [unit for unit in (root, *asked) if unit.pk not in done and _slice(unit, month).returns().exists()]


def _slice(unit: Unit, month: Period) -> Slice:
    return Slice(system(), _filters(unit, month))


def _filters(unit: Unit, month: Period) -> Filters:
    return Filters(month, scope=unit.code if unit.parent_id else "")


@transaction.atomic
def freeze(*, unit: Unit, month: Period, at: dt.datetime) -> FrozenReport:
    """Keep the report of a month as it is now; once kept it is never written again.

    Args:
        unit: the branch.
        month: a closed month.
        at: the instant.

    Returns:
        The frozen report: the one that exists already if there is one.
    """
    known = FrozenReport.objects.filter(unit=unit, month=month.first).first()
    if known:
        return known
    content = {language: packed(found) for language, found in _in_each_language(unit, month)}
    edition = Edition.objects.filter(kind=Edition.Kind.THEMES).order_by("-pk").first()
    kept, _new = FrozenReport.objects.get_or_create(
        month=month.first,
        unit=unit,
        defaults={
            "unit_path": unit.path,
            "frozen_at": at,
            "compared_at": at,
            "content": content,
            "versions": {"engine": VERSION, "themes": edition.number if edition else 0},
        },
    )
    return kept


def _in_each_language(unit: Unit, month: Period) -> Iterator[tuple[str, Report]]:
    for language in LANGUAGES:
        with translation.override(language):
            yield language, queries.report(system(), _filters(unit, month))


@transaction.atomic
def ask(*, by: Viewer, unit: Unit) -> None:
    """Have the report of a unit frozen each month, as that of the company is.

    Args:
        by: who asks; needs the report of the unit.
        unit: the unit.

    Raises:
        PermissionDenied: if ``by`` does not read its report.
    """
    by.must(Right.REPORT, unit.path)
    _kept, new = FrozenUnit.objects.get_or_create(unit=unit, defaults={"account_id": by.account_id})
    if new:
        journal.write(by=by, verb="restitution.frozen_asked", about=unit, unit_path=unit.path)


def changed() -> QuerySet[FrozenReport]:
    """Frozen reports whose month was published again since they were compared."""
    as_number = F("month__year") * 100 + F("month__month")
    published = PublishedMonth.objects.filter(month=OuterRef("number"))
    rows = FrozenReport.objects.annotate(number=as_number)
    rows = rows.annotate(published=Subquery(published.order_by().values("published_at")[:1]))
    # Of a branch that moved, past figures are those of the place where it was.
    stayed = rows.filter(unit_path=F("unit__path"))
    return stayed.filter(published__gt=F("compared_at")).order_by("month", "pk")


@transaction.atomic
def compare(*, report: FrozenReport, at: dt.datetime) -> Revision | None:
    """Note what the figures of a frozen report have become, if they differ from what was noted last.

    Args:
        report: the frozen report; it does not change.
        at: the instant.

    Returns:
        The revision; none when the figures are those already known.
    """
    # Two workers at once come one after the other: the second finds what the first noted.
    FrozenReport.objects.select_for_update().get(pk=report.pk)
    month = month_of(report.month)
    lines = {}
    for language, now in _in_each_language(report.unit, month):
        with translation.override(language):
            then = unpacked(report.content[language], now.filters, {})
            lines[language] = _differences(then, now)
    FrozenReport.objects.filter(pk=report.pk).update(compared_at=at)
    last = Revision.objects.filter(report=report).order_by("-noticed_at", "-pk").first()
    if lines == (last.lines if last else {language: [] for language in LANGUAGES}):
        return None
    return Revision.objects.create(report=report, noticed_at=at, lines=lines)


def _figures(report: Report) -> dict[tuple[str, str, str], Sequence[Any]]:
    """Number and value of every figure of a report, under its place in it."""
    rows: dict[tuple[str, str, str], Sequence[Any]] = {
        (row[0], row[1], row[3]): (row[4], row[5]) for row in map(_text, tables.figures(report))
    }
    spoken = gettext("What is spoken about")
    for line in report.themes:
        known = line.share.display is not Display.HIDDEN and line.share.estimate is not None
        share = round(100 * (line.share.estimate or 0.0), 2) if known else None
        rows[spoken, line.label, gettext("Share of texts")] = (line.share.n, share)
    return rows


def _text(row: Sequence[Any]) -> list[Any]:
    """A row of the table of figures with its words settled, a share as the page writes it: of a hundred."""
    value = round(100 * row[5], 2) if isinstance(row[5], Share) else row[5]
    return [*map(str, row[:2]), row[2], str(row[3]), row[4], value]


def _differences(then: Report, now: Report) -> list[list[Any]]:
    """Place, number and value then and now of each figure that differs; one that is absent has none."""
    before, after = _figures(then), _figures(now)
    keys = list(dict.fromkeys([*before, *after]))
    none = (0, None)
    pairs = [(key, before.get(key, none), after.get(key, none)) for key in keys]
    return [[*key, *old, *new] for key, old, new in pairs if list(old) != list(new)]


@dataclass(frozen=True, slots=True)
class Shown:
    """A report as a page shows it: frozen or not, with what changed since.

    ``unit`` is the one whose report could be frozen each month, when it is not yet.
    """

    report: Report
    frozen: FrozenReport | None = None
    revision: Revision | None = None
    unit: Unit | None = None
    live: bool = False

    @property
    def lines(self) -> list[list[Any]]:
        """The figures that differ, in the language in force."""
        language = (get_language() or "fr")[:2]
        return self.revision.lines.get(language, self.revision.lines["fr"]) if self.revision else []

    def fresh(self, otherwise: AsOf) -> AsOf:
        """From when its figures are: the instant at which it was frozen, or that of today's figures."""
        if self.frozen is None or self.live:
            return otherwise
        at = timezone.localtime(self.frozen.frozen_at)
        return AsOf(min(at.date(), self.report.filters.period.last), at, published=True)


def shown(viewer: Viewer, filters: Filters, *, live: bool) -> Shown:
    """The report that a page shows: the frozen one of its month and branch, if there is one.

    Args:
        viewer: who reads; a frozen report is shown to who reads the report and the figures of its branch.
        filters: those of the page; a channel or a reason asks for today's figures.
        live: whether today's figures are asked for.
    """
    unit = _unit(filters)
    readable = unit and all(viewer.may(one, unit.path) for one in (Right.REPORT, Right.FIGURES))
    if (
        unit is None
        or not readable
        or filters.period.kind is not Kind.MONTH
        or filters.channel
        or filters.reason
    ):
        return Shown(queries.report(viewer, filters), live=live)
    kept = FrozenReport.objects.filter(unit=unit, unit_path=unit.path, month=filters.period.first).first()
    if kept is None:
        asked = unit.parent_id is None or FrozenUnit.objects.filter(unit=unit).exists()
        return Shown(queries.report(viewer, filters), unit=None if asked else unit, live=live)
    revision = Revision.objects.filter(report=kept).order_by("-noticed_at", "-pk").first()
    if live:
        return Shown(queries.report(viewer, filters), kept, revision, live=True)
    return Shown(_thawed(viewer, kept, filters), kept, revision)


def _unit(filters: Filters) -> Unit | None:
    return Unit.objects.filter(code=filters.scope).first() if filters.scope else _root()


def _thawed(viewer: Viewer, kept: FrozenReport, filters: Filters) -> Report:
    language = (get_language() or "fr")[:2]
    content = kept.content.get(language, kept.content["fr"])
    keys = [key for keys in content["verbatims"].values() for key in keys]
    readable = (
        Slice(viewer, replace(filters, channel="", reason="")).texts().filter(viewer.within(Right.RETURNS))
    )
    along = ("response__channel", "response__reason", "response__unit")
    still = readable.filter(pk__in=keys).exclude(text="")
    rows = Verbatim.objects.filter(pk__in=still.order_by().values("pk"))
    return unpacked(content, filters, {row.pk: row for row in rows.select_related(*along).order_by("pk")})


def revision_words(lines: Sequence[Sequence[Any]]) -> list[str]:
    """The first figures that differ, in words, each with what it rests on."""
    language = get_language() or "fr"
    told = []
    for group, label, name, n, value, new_n, new_value in lines[:SHOWN]:
        words = {
            "name": ", ".join(part for part in (group, label, name) if part),
            "value": "–" if value is None else number(value, language, 1),
            "n": number(n, language),
            "new": "–" if new_value is None else number(new_value, language, 1),
            "new_n": number(new_n, language),
        }
        told.append(_("%(name)s: %(value)s (n = %(n)s), today %(new)s (n = %(new_n)s)") % words)
    return told
