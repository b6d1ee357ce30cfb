"""The barometer: what was published, one wave, why groups show together, the gate."""

from __future__ import annotations

from collections import defaultdict

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from visavis.listen.campaigns.naming import WAVE_CODE
from visavis.listen.releases import gates, jobs, pictures, queries, tables
from visavis.listen.releases.floors import floors
from visavis.listen.releases.forms import GateForm
from visavis.listen.releases.models import Kind, Release
from visavis.listen.releases.results import results, title
from visavis.people.access.clock import now, today
from visavis.people.access.middleware import HouseRequest
from visavis.people.access.policy import Right
from visavis.web.downloads import csv_answer, pdf_answer, told_once_taken, xlsx_answer
from visavis.web.parts import render_part


def _reader(request: HouseRequest) -> None:
    if not request.viewer.may(Right.BAROMETER):
        raise PermissionDenied


def _wave(request: HouseRequest, code: str) -> Release:
    for release in queries.releases(request.viewer, Kind.WAVE):
        if release.campaign and release.campaign.code == code:
            return release
    raise Http404


@require_safe
def waves(request: HouseRequest) -> HttpResponse:
    """The waves that were published, the latest first, and the log of all publications."""
    _reader(request)
    made = queries.releases(request.viewer, Kind.WAVE)[::-1]
    others = [
        each
        for kind in (Kind.EXCHANGES, Kind.WORDS, Kind.MIRROR)
        for each in queries.releases(request.viewer, kind)
    ]
    context = {
        "waves": made,
        "others": sorted(others, key=lambda each: (each.last_on, each.kind), reverse=True),
        "may_release": gates.may_release(request.viewer),
        "wanting": gates.missing(today()),
    }
    return render_part(request, "releases/list.html", context)


@require_safe
def wave(request: HouseRequest, code: str) -> HttpResponse:
    """One published wave."""
    found = results(request.viewer, _wave(request, code))
    language = get_language() or "fr"
    drawn = [pictures.picture(found, asked, language) for asked in found.questions[:1]]
    context = {
        "found": found,
        "title": title(found.release),
        "code": code,
        "pictures": [each for each in drawn if each],
        "method": pictures.method(found),
    }
    return render_part(request, "releases/wave.html", context)


@require_safe
@told_once_taken
def export(request: HouseRequest, code: str, form: str) -> HttpResponse | StreamingHttpResponse:
    """A published wave as a file: the groups and figures of its page."""
    found = results(request.viewer, _wave(request, code))
    name = f"barometre-{code.removeprefix(WAVE_CODE)}"
    gates.tell_export(by=request.viewer, name=f"{name}.{form}")
    if form == "json":
        return JsonResponse(tables.as_json(found), json_dumps_params={"ensure_ascii": False, "indent": 1})
    if form == "csv":
        return csv_answer(name, tables.header(), tables.rows(found))
    if form == "pdf":
        return pdf_answer(name, pictures.pdf(found, get_language() or "fr", found.release.published_at))
    return xlsx_answer(name, tables.sheets(found), title(found.release))


@require_safe
def groups(request: HouseRequest) -> HttpResponse:
    """Why some teams show together: the rules, and the groups of each wave."""
    _reader(request)
    made = queries.releases(request.viewer, Kind.WAVE)[::-1]
    held = defaultdict[int, list[queries.Cell]](list)
    for cell in queries.merged(request.viewer, made):
        held[cell.release].append(cell)
    context = {"floors": floors(), "waves": [(title(each), held[each.pk], each) for each in made]}
    return render_part(request, "releases/groups.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def gate(request: HouseRequest) -> HttpResponse:
    """What must be said before anything of employees is published."""
    gates.must_release(request.viewer)
    held = gates.gate()
    form = GateForm(request.POST or None, instance=None, initial=_initial(held))
    if request.method == "POST" and form.is_valid():
        try:
            gates.record_gate(by=request.viewer, now=now(), **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("Recorded: closed waves may be published."))
            return redirect("barometer:list")
    context = {"form": form, "held": held, "wanting": gates.missing(today())}
    return render_part(request, "releases/gate.html", context, status=422 if form.errors else 200)


def _initial(held: object) -> dict[str, object]:
    return {name: getattr(held, name) for name in GateForm.Meta.fields} if held else {}


@require_POST
def publish(request: HouseRequest) -> HttpResponse:
    """Publish all that is closed."""
    gates.must_release(request.viewer)
    done = jobs.release_due(by=request.viewer, today=today(), now=now())
    told = ngettext("%(number)s publication made.", "%(number)s publications made.", done.made)
    if done.made:
        messages.success(request, told % {"number": done.made})
    if done.busy:
        messages.info(
            request,
            _("Somebody else is publishing right now: what they publish shows here as soon as it is done."),
        )
    elif done.meanwhile:
        messages.info(request, _("Somebody else has just published what was waiting: it shows here."))
    elif not done.made:
        messages.success(request, _("Nothing waits to be published."))
    return redirect("barometer:list")
