"""The page of symmetry, and its figures as files."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from visavis.people.access.clock import today
from visavis.people.access.middleware import HouseRequest
from visavis.understand.journeys.counting import alike
from visavis.understand.symmetry import page, services, tables
from visavis.understand.symmetry.attention import parity
from visavis.understand.symmetry.facing import facing
from visavis.understand.symmetry.happenings import Days, climates, followed
from visavis.understand.symmetry.linking import exceptions, links
from visavis.understand.symmetry.queries import sees_both
from visavis.understand.symmetry.teams import sides
from visavis.web.downloads import csv_answer, told_once_taken, xlsx_answer
from visavis.web.filters import FilterBar, read_filters
from visavis.web.parts import render_part

#: Events told on the page.
TOLD = 3


def _bar(request: HouseRequest) -> FilterBar:
    if not sees_both(request.viewer):
        raise PermissionDenied
    choices = page.choices(request.viewer)
    return FilterBar(read_filters(request.GET, choices, today()), choices, today())


@require_safe
def symmetry(request: HouseRequest) -> HttpResponse:
    """Both voices side by side: teams, what happened, moments, attention."""
    bar, viewer, language = _bar(request), request.viewer, get_language() or "fr"
    returns = alike(viewer, bar.filters)
    found, known = sides(viewer, bar.filters, returns), climates(viewer)
    days = Days(viewer, known)
    events = followed(days, known, path="", today=today())
    path = page.branch_of(bar.filters, known, events)
    linked = links(found.teams)
    context = {
        "bar": bar,
        "filters": bar.filters,
        "sides": found,
        "export_csv": reverse("symmetry:export", args=["csv"]),
        "export_xlsx": reverse("symmetry:export", args=["xlsx"]),
        "links": linked,
        "sentences": page.sentences(linked, language),
        "teams": page.teams(found, language),
        "over_time": page.over_time(days, known, path, bar.filters, language),
        "events": page.told([one for one in events if one.event.unit_path == path][:TOLD], language),
        "exempt": page.exempt(exceptions(found.teams)),
        "faces": page.faces(facing(viewer, bar.filters, returns), language),
        "parity": parity(viewer, bar.filters, sum(row.n for row in returns)),
    }
    return render_part(request, "symmetry/symmetry.html", context)


@require_safe
@told_once_taken
def export(request: HouseRequest, form: str) -> HttpResponse | StreamingHttpResponse:
    """Teams on both sides as a file, from the same cells as the page."""
    bar = _bar(request)
    rows = list(tables.teams(sides(request.viewer, bar.filters)))
    header = [str(column) for column in tables.TEAMS]
    name = f"symetrie-{bar.filters.period.key}"
    services.tell_export(by=request.viewer, name=f"{name}.{form}")
    if form == "csv":
        return csv_answer(name, header, rows)
    return xlsx_answer(name, [(_("Team by team"), header, rows)], _("Symmetry"))
