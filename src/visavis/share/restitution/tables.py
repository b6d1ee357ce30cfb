"""The restitutions as tables: each figure with its n and its interval, each return on one line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from visavis.listen.returns.cells import FACTS, facts
from visavis.listen.returns.models import Answer, Response
from visavis.listen.returns.queries import adviser_of
from visavis.measure.estimates import Difference, Display, Estimate, Kind, Scale, display_for
from visavis.measure.figures import factor
from visavis.measure.sentences import verdict, word
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.share.restitution import queries
from visavis.share.restitution.figures import Change, Line
from visavis.share.restitution.paper import About
from visavis.share.restitution.pictures import mark_names
from visavis.share.restitution.queries import DayRow
from visavis.share.restitution.reports import Report
from visavis.share.restitution.themes import ThemeLine
from visavis.web.downloads import Cell, Points, Share
from visavis.web.filters import Filters
from visavis.web.rows import ReturnRow, Token, mark_token
from visavis.web.wording import capital, hour, shortened

Sheet = tuple[str, Sequence[str], Iterator[Sequence[Cell]]]

#: Columns of every table of figures.
FIGURES = [
    _("Breakdown"), _("Line"), _("Returns"), _("Figure"), _("n"), _("Value"),
    _("Low (95%)"), _("High (95%)"), _("Change"), _("Change, low"), _("Change, high"), _("Certainty"),
]  # fmt: skip
_THEMES = [
    _("Theme"), _("Texts"), _("Negative"), _("Mixed or neutral"), _("Positive"), _("Share of texts"), _("n"),
    _("Low (95%)"), _("High (95%)"), _("Change"), _("Change, low"), _("Change, high"), _("Certainty"),
]  # fmt: skip
_COMPARISONS = [
    _("Comparison"), _("Answers, first side"), _("Answers, second side"), _("Difference in points"),
    _("Low (95%)"), _("High (95%)"), _("Certainty"),
]  # fmt: skip
_DAY = [*FACTS, _("Text"), _("Tone"), _("Certainty"), _("Adviser"), _("Return")]
#: Returns fetched at a time by the daily file.
_AT_ONCE = 2000


def _words(names: Sequence[object]) -> list[str]:
    return [str(name) for name in names]


def _estimate(estimate: Estimate) -> tuple[Cell, ...]:
    shown = estimate.display is not Display.HIDDEN
    if estimate.estimate is None or not shown:
        return (estimate.n, None, None, None)
    values = (estimate.estimate, estimate.low, estimate.high)
    return (estimate.n, *(_typed(value, estimate.scale) for value in values))


def _typed(value: float, scale: Scale) -> float:
    """A value as a spreadsheet should hold it: a percentage, points with their sign, or a mark."""
    if scale.kind is Kind.SHARE:
        return Share(round(value, 4))
    return Points(round(value, 2)) if scale.kind is Kind.POINTS else round(value, 2)


def _difference(change: Difference | None) -> tuple[Cell, ...]:
    if change is None or change.display is not Display.FULL:
        return (None, None, None, "")
    by, found = factor(change.scale), verdict(change)
    values = (Points(round(by * value, 2)) for value in (change.observed, change.low, change.high))
    return (*values, word(found, get_language() or "fr") if found else "")


def _row(group: str, label: str, returns: int, name: str, change: Change) -> tuple[Cell, ...]:
    return (group, label, returns, name, *_estimate(change.now), *_difference(change.difference))


def figures(report: Report) -> Iterator[tuple[Cell, ...]]:
    """Every figure of the report, one a line, in the order of the page."""
    satisfied, whole = gettext("Satisfied customers (%)"), gettext("Whole")
    yield _row(whole, "", report.counts.returns, satisfied, report.satisfaction)
    yield _row(whole, "", report.counts.returns, gettext("Recommendation (NPS)"), report.recommendation)
    names = mark_names()
    for key in [*(key for key in names if key in report.marks), *sorted(report.marks.keys() - names)]:
        yield _row(whole, "", report.counts.returns, names.get(key, key), report.marks[key])
    groups: dict[str, Sequence[Line]] = {
        gettext("By reason"): report.breakdowns["reason"],
        gettext("By channel"): report.breakdowns["channel"],
        gettext("By level"): report.breakdowns["level"],
        gettext("By moment"): report.breakdowns["moment"],
        gettext("By product"): report.products,
    }
    for group, lines in groups.items():
        for line in lines:
            yield _row(group, line.label, line.returns, satisfied, line.satisfaction)


def comparisons(report: Report) -> Iterator[tuple[Cell, ...]]:
    """What the report compares at equal requests: the parts of the change, the channels."""
    if report.decomposition:
        parts = report.decomposition
        yield (gettext("Change of satisfaction"), *_compared(parts.total))
        yield (gettext("From the requests themselves"), *_compared(parts.mix))
        yield (gettext("At equal requests"), *_compared(parts.own))
    for line in report.channels:
        names = {"channel": line.label, "against": line.against}
        yield (gettext("%(channel)s against %(against)s, as it stands") % names, *_compared(line.raw))
        yield (gettext("%(channel)s against %(against)s, at equal requests") % names, *_compared(line.equal))


def _compared(difference: Difference) -> tuple[Cell, ...]:
    return (*difference.counts, *_difference(difference))


def _theme(line: ThemeLine) -> tuple[Cell, ...]:
    share = _estimate(line.share)
    told = display_for(line.heard) is not Display.HIDDEN
    tones: tuple[Cell, ...] = (line.negative, line.mixed, line.positive) if told else (None, None, None)
    return (line.label, line.heard, *tones, share[1], share[0], *share[2:], *_difference(line.change))


def _method(report: Report, on: About) -> Iterator[tuple[Cell, ...]]:
    period = report.filters.period
    yield gettext("Scope"), on.scope
    yield gettext("Period, first day"), period.first
    yield gettext("Period, last day"), period.last
    yield from on.limits
    yield gettext("Returns"), report.counts.returns
    yield gettext("Data up to"), on.fresh.last
    yield (
        (gettext("Figures published on") if on.fresh.published else gettext("Figures counted on")),
        on.fresh.at,
    )
    yield (
        gettext("Satisfied customers (%)"),
        gettext("Marks 4 and 5 out of 5 among the marks given; Wilson's interval."),
    )
    yield (
        gettext("Recommendation (NPS)"),
        gettext("Promoters (9 and 10) less detractors (0 to 6); adjusted interval."),
    )
    yield (
        gettext("Certainty"),
        gettext("From the interval of the change alone, with at least 30 answers on both sides."),
    )
    yield gettext("Too few"), gettext("Under 5 answers no figure is given.")


def report_sheets(report: Report, on: About) -> list[Sheet]:
    """The report as a workbook: figures, comparisons, themes, chosen texts, and what it all is about."""
    texts = (
        (row.response.heard_on, row.response.unit.name, row.get_polarity_display(), row.certainty, row.shown)
        for rows in report.verbatims.values()
        for row in rows
    )
    return [
        (gettext("Figures"), _words(FIGURES), figures(report)),
        (gettext("Comparisons"), _words(_COMPARISONS), comparisons(report)),
        (gettext("Themes"), _words(_THEMES), (_theme(line) for line in report.themes)),
        (gettext("Chosen texts"), _words([_("Day"), _("Unit"), _("Tone"), _("Certainty"), _("Text")]), texts),
        (gettext("Method"), _words([_("What"), _("How")]), _method(report, on)),
    ]


def daily(viewer: Viewer, filters: Filters) -> tuple[list[str], Iterator[Sequence[Cell]]]:
    """The daily file: header and rows, a return on each line; a column for each other mark that was given.

    Args:
        viewer: who reads; see ``queries.daily_rows``.
        filters: period, scope, channel and reason, as on the page.

    Returns:
        The header and the rows, fetched as they are sent.
    """
    rows = queries.daily_rows(viewer, filters)
    answers = Answer.objects.filter(response__in=rows.order_by(), value__isnull=False)
    copied = ("csat", "nps", "callback")
    others = (
        answers.exclude(question__role__in=copied)
        .order_by("question__key")
        .values_list("question__key", flat=True)
    )
    keys = list(dict.fromkeys(others.distinct()))
    return [*_words(_DAY), *keys], _daily(viewer, rows, keys)


def _daily(viewer: Viewer, rows: QuerySet[Response], keys: Sequence[str]) -> Iterator[Sequence[Cell]]:
    """Each lot begins after the last row of the one before: a long download locks and misses nothing."""
    batch = list(rows[:_AT_ONCE])
    while batch:
        marks = _marks(batch)
        for row in queries.with_texts(viewer, batch):
            yield [*_day_cells(viewer, row), *(marks.get((row.response.pk, key)) for key in keys)]
        batch = list(rows.filter(queries.daily_after(batch[-1]))[:_AT_ONCE])


def _marks(batch: Sequence[Response]) -> dict[tuple[int, str], float | None]:
    found = Answer.objects.filter(response__in=[row.pk for row in batch]).order_by("pk")
    given = found.values_list("response_id", "question__key", "value")
    return {(pk, key): _as_given(value) for pk, key, value in given}


def _as_given(value: float | None) -> float | None:
    """A mark as it was given: 4, not 4.00."""
    return int(value) if value is not None and value.is_integer() else value


def _day_cells(viewer: Viewer, row: DayRow) -> list[Cell]:
    said, texts = row.response, row.texts
    return [
        *facts(said),
        "\n".join(text.shown for text in texts),
        texts[0].get_polarity_display() if texts else "",
        texts[0].certainty if texts else None,
        adviser_of(viewer, said),
        str(said.pk),
    ]


def day_cards(viewer: Viewer, rows: Sequence[DayRow]) -> list[ReturnRow]:
    """The rows of the daily file as cards of a list."""
    return [_card(viewer, row) for row in rows]


def _card(viewer: Viewer, row: DayRow) -> ReturnRow:
    said = row.response
    tokens = [Token(text.get_polarity_display(), text.polarity) for text in row.texts if text.polarity]
    if given := mark_token(said.satisfaction):
        tokens.insert(0, given)
    lists = [one.label for one in (said.channel, said.reason) if one]
    meta = [said.unit.name, *lists, capital(said.product)]
    meta.append(adviser_of(viewer, said))
    if said.heard_at:
        meta.append(hour(timezone.localtime(said.heard_at).time(), get_language() or "fr"))
    url = reverse("verbatims:one", args=[said.pk]) if viewer.may(Right.RETURNS, said.unit_path) else ""
    text = shortened("\n".join(text.shown for text in row.texts))
    return ReturnRow(str(said.pk), text, url=url, tokens=tuple(tokens), meta=tuple(filter(None, meta)))
