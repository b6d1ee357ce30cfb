"""The Direction's month and the operations' day: a page, and the same as files."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from visavis.listen.returns.narrowing import choices_for
from visavis.people.access.clock import now, today
from visavis.people.access.middleware import HouseRequest
from visavis.people.access.models import JournalEntry
from visavis.people.access.policy import Right
from visavis.people.units.models import Unit
from visavis.share.restitution import days, freshness, frozen, paper, pictures, queries, services, tables
from visavis.share.restitution.method import method
from visavis.web.downloads import csv_answer, pdf_answer, told_once_taken, xlsx_answer
from visavis.web.filters import SCOPE, FilterBar, read_filters
from visavis.web.leaving import Leaving, leave
from visavis.web.parts import render_part

#: Returns on one page of the daily file.
PAGE = 50
#: Key and word of the address that ask for today's figures of a month whose report is frozen.
LIVE, TODAY = "chiffres", "aujourdhui"


def _bar(request: HouseRequest, right: Right, period: str) -> FilterBar:
    if not request.viewer.may(right):
        raise PermissionDenied
    choices = choices_for(request.viewer, right, period=period)
    return FilterBar(read_filters(request.GET, choices, today()), choices, today())


def _live(request: HouseRequest) -> bool:
    """Whether today's figures of a frozen month are asked for."""
    return request.GET.get(LIVE) == TODAY


def _said(fresh: freshness.AsOf) -> str:
    return freshness.said(fresh, get_language() or "fr")


@require_safe
def report(request: HouseRequest, month: str = "") -> HttpResponse:
    """The monthly report, or the same report for any period of the filters."""
    asked = days.asked_month(month) if month else days.latest_month(request.viewer, today())
    if asked is None:
        raise Http404
    bar = _bar(request, Right.REPORT, asked.key)
    shown = frozen.shown(request.viewer, bar.filters, live=_live(request))
    context = {
        "bar": bar,
        "filters": bar.filters,
        "path": queries.scope_path(request.viewer, bar.filters),
        "shown": shown,
        "revised": frozen.revision_words(shown.lines),
        "live_key": f"?{LIVE}={TODAY}" if shown.live else "",
        "report": shown.report,
        "correctable": queries.correctable(request.viewer, shown.report),
        "corrected": queries.corrected(request.viewer, shown.report, get_language() or "fr"),
        "pictures": pictures.of(shown.report, get_language() or "fr"),
        "around": days.around(bar.filters.period, today()),
        "method": method(),
        "fresh": _said(shown.fresh(freshness.as_of(request.viewer, bar.filters, now()))),
    }
    return render_part(request, "restitution/report.html", context)


@require_safe
@told_once_taken
def report_export(request: HouseRequest, form: str) -> HttpResponse | StreamingHttpResponse:
    """The report as a file: every figure of the page, with its n and its interval."""
    language = get_language() or "fr"
    bar = _bar(request, Right.REPORT, days.latest_month(request.viewer, today()).key)
    shown = frozen.shown(request.viewer, bar.filters, live=_live(request))
    found = shown.report
    name, number = f"rapport-{bar.filters.period.key}", found.counts.returns
    services.tell_export(by=request.viewer, right=Right.REPORT, name=f"{name}.{form}", number=number)
    if form == "csv":
        return csv_answer(name, [str(column) for column in tables.FIGURES], tables.figures(found))
    on = paper.about(bar, shown.fresh(freshness.as_of(request.viewer, bar.filters, now())))
    if form == "pdf":
        return pdf_answer(name, paper.pdf(found, on, language, on.fresh.at))
    return xlsx_answer(name, tables.report_sheets(found, on), paper.title(found, language), on.fresh.at)


@require_POST
def freeze(request: HouseRequest) -> HttpResponse:
    """Have the report of a unit frozen each month."""
    if not request.viewer.may(Right.REPORT):
        raise PermissionDenied
    reach = Unit.objects.filter(request.viewer.within(Right.REPORT, "path"))
    unit = get_object_or_404(reach, code=request.POST.get("unit", ""))
    frozen.ask(by=request.viewer, unit=unit)
    messages.success(request, _("The report of this unit is frozen each month from now on."))
    return redirect(f"{reverse('restitution:report')}?{urlencode({SCOPE: unit.code})}")


@require_safe
def day(request: HouseRequest) -> HttpResponse:
    """The operations' daily file on screen, by team."""
    bar = _bar(request, Right.DAILY, days.latest_day(request.viewer, today()).key)
    page = Paginator(queries.daily_rows(request.viewer, bar.filters), PAGE).get_page(request.GET.get("page"))
    units = queries.figures_by_unit(request.viewer, bar.filters)
    context = {
        "bar": bar,
        "filters": bar.filters,
        "page": page,
        "rows": tables.day_cards(request.viewer, queries.with_texts(request.viewer, list(page.object_list))),
        "units": pictures.units(units, get_language() or "fr"),
        "around": days.around(bar.filters.period, today()),
        "fresh": _said(freshness.counted(bar.filters, now())),
    }
    return render_part(request, "restitution/day.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def day_export(request: HouseRequest, form: str) -> HttpResponseBase:
    """The daily file as a file, for a reason: the same rows, whatever the filters of the page."""
    bar = _bar(request, Right.DAILY, days.latest_day(request.viewer, today()).key)
    name = f"fichier-du-jour-{bar.filters.period.key}"
    number = queries.daily_rows(request.viewer, bar.filters).count()
    header, rows = tables.daily(request.viewer, bar.filters)

    def tell(reason: str) -> JournalEntry:
        file = f"{name}.{form}"
        return services.tell_taking(by=request.viewer, name=file, number=number, reason=reason)

    return leave(request, form, Leaving(name, _("Daily file"), header, rows, number), tell=tell)
