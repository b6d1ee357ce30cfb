"""Same exchange, two views: the released figures, their file, and each adviser's own pairs."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from visavis.people.access.clock import today
from visavis.people.access.middleware import HouseRequest
from visavis.people.access.policy import Right
from visavis.understand.pairs import page, rows, sentences, services, tables
from visavis.understand.pairs.own import CORNERS, own_pairs, square_of
from visavis.web.downloads import csv_answer, told_once_taken, xlsx_answer
from visavis.web.filters import Choices, FilterBar, read_filters
from visavis.web.parts import render_part

#: Pairs of an adviser on one page.
PAGE = 20
#: The key of the address that keeps one of the four views.
VIEW = "vue"


def _asked(request: HouseRequest) -> page.Asked:
    if not request.viewer.may(Right.BAROMETER):
        raise PermissionDenied
    return page.asked(request.viewer, request.GET, today())


@require_safe
def double(request: HouseRequest) -> HttpResponse:
    """Quadrants, where they differ, how far both sides agree."""
    language, wanted = get_language() or "fr", _asked(request)
    found = page.findings_of(request.viewer, wanted, language)
    told = found.agreement if found and found.agreement and found.agreement.told else None
    context = {
        "bar": wanted.bar,
        "filters": wanted.filters,
        "wanted": wanted,
        "found": found,
        "cuts": page.cut_links(wanted) if wanted.whole else [],
        "effect": found.spread.effect(found.four.n) if found else 1.0,
        "agreed": sentences.agreed(told, language) if told else "",
        "leaning": sentences.leaning(told) if told else "",
        "measures": sentences.measures(told, language) if told else [],
        "too_few": sentences.too_few(found.four.n, language) if found and not told else "",
        "has_own": request.viewer.may(Right.OWN_RETURNS) and request.viewer.person_id is not None,
    }
    return render_part(request, "pairs/double.html", context)


@require_safe
@told_once_taken
def double_export(request: HouseRequest, form: str) -> HttpResponse | StreamingHttpResponse:
    """The figures of the page and of its other cuts, as a file."""
    wanted = _asked(request)
    name = f"double-attention-{wanted.filters.period.key}"
    lines = list(tables.rows(request.viewer, wanted, get_language() or "fr"))
    number = wanted.focus.n if wanted.focus else 0
    services.tell_export(by=request.viewer, name=f"{name}.{form}", number=number)
    if form == "csv":
        return csv_answer(name, tables.header(), lines)
    return xlsx_answer(name, [(wanted.filters.period.key, tables.header(), lines)])


@require_safe
def own(request: HouseRequest) -> HttpResponse:
    """An adviser's own exchanges, seen from both sides: nobody else reads them."""
    viewer = request.viewer
    if not viewer.may(Right.OWN_RETURNS):
        raise PermissionDenied
    choices = Choices(period="3m")
    view = request.GET.get(VIEW, "")
    view = view if view in CORNERS else ""
    bar = FilterBar(
        read_filters(request.GET, choices, today()), choices, today(), kept={VIEW: view} if view else {}
    )
    found = own_pairs(viewer, bar.filters.period)
    kept = [pair for pair in found if view in ("", pair.corner)]
    shown = Paginator(kept, PAGE).get_page(request.GET.get("page"))
    context = {
        "bar": bar,
        "filters": bar.filters,
        "n": len(found),
        "views": rows.view_links(square_of(found), bar.filters, view),
        "page": shown,
        "rows": rows.pair_rows(viewer, list(shown.object_list)),
    }
    return render_part(request, "pairs/own.html", context)
