"""The page of alerts, one alert with its chart and its gestures, what one wants to be told about."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from visavis.core.stamps import MeanwhileError
from visavis.people.access.clock import today
from visavis.people.access.middleware import HouseRequest
from visavis.people.access.policy import Right
from visavis.share.alerts import pictures, queries, services, watches
from visavis.share.alerts.expected import expected
from visavis.share.alerts.forms import ExplainForm, WatchForm
from visavis.share.alerts.models import Alert
from visavis.share.alerts.whole import came_in
from visavis.web.parts import render_part

#: Alerts that are over, on the page.
PAST = 20


def _language() -> str:
    return get_language() or "fr"


@require_safe
def alerts(request: HouseRequest) -> HttpResponse:
    """What left its usual level, what came back, what is watched."""
    if not request.viewer.may(Right.FIGURES):
        raise PermissionDenied
    found = queries.alerts(request.viewer)
    own = {one.pk for one in queries.own_watches(request.viewer)}
    watched = list(queries.watches(request.viewer))
    over = found.filter(ended_on__isnull=False)
    context = {
        "live": [pictures.row_of(one, _language()) for one in queries.live(request.viewer)],
        "past": [pictures.row_of(one, _language()) for one in over[:PAST]],
        "watches": [(one, pictures.name_of(one), one.pk in own) for one in watched],
        "expected": expected(watched, _language()),
        "came": came_in(today()),
    }
    return render_part(request, "alerts/list.html", context)


def _show(request: HouseRequest, found: Alert, form: ExplainForm) -> HttpResponse:
    viewer = request.viewer
    context = {
        "alert": found,
        "row": pictures.row_of(found, _language()),
        "why": pictures.why(found, _language()),
        "texts_url": pictures.texts_url(viewer, found),
        "steps": queries.steps(viewer, found),
        "form": form,
        "may_explain": found.ended_on is None and viewer.may(Right.RETURNS, found.unit_path),
    }
    return render_part(request, "alerts/one.html", context, status=422 if form.is_bound else 200)


def _form(request: HouseRequest, found: Alert) -> ExplainForm:
    may_rebase = request.viewer.may(Right.REPORT, found.unit_path)
    there = {"text": found.explanation}
    return ExplainForm(request.POST or None, may_rebase=may_rebase, there=there)


@require_safe
def one(request: HouseRequest, pk: int) -> HttpResponse:
    """One alert: what, since when, how far, and the chart that says why."""
    found = get_object_or_404(queries.alerts(request.viewer), pk=pk)
    return _show(request, found, _form(request, found))


@require_POST
def see(request: HouseRequest, pk: int) -> HttpResponse:
    """Say that an alert was looked at."""
    found = get_object_or_404(queries.alerts(request.viewer), pk=pk)
    try:
        services.see(by=request.viewer, alert=found, today=today())
        messages.success(request, _("It is noted."))
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    return redirect("alerts:one", pk=pk)


@require_POST
def explain(request: HouseRequest, pk: int) -> HttpResponse:
    """Say in a sentence what explains an alert."""
    found = get_object_or_404(queries.alerts(request.viewer), pk=pk)
    if not request.viewer.may(Right.RETURNS, found.unit_path):
        raise PermissionDenied
    form = _form(request, found)
    if form.is_valid():
        typed = {"lasting": False} | form.cleaned_data
        try:
            services.explain(by=request.viewer, alert=found, today=today(), **typed)
        except MeanwhileError as other:
            form.show_both(other)
        except ValidationError as problem:
            form.add_error(None, problem.messages)
        else:
            messages.success(request, _("It is noted."))
            return redirect("alerts:one", pk=pk)
    return _show(request, found, form)


@require_http_methods(["GET", "HEAD", "POST"])
def watch(request: HouseRequest) -> HttpResponse:
    """Ask to be told when a figure leaves its usual level; the address fills what it knows."""
    if not request.viewer.may(Right.FIGURES):
        raise PermissionDenied
    start = {
        "figure": "theme" if request.GET.get("theme") else "satisfaction",
        "theme": request.GET.get("theme"),
        "unit": request.GET.get("perimetre"),
        "channel": request.GET.get("canal"),
        "reason": request.GET.get("motif"),
    }
    form = WatchForm(request.POST or None, viewer=request.viewer, initial=start)
    if form.is_valid():
        try:
            watches.watch(by=request.viewer, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem.messages)
        else:
            messages.success(request, _("You will be told when this figure leaves its usual level."))
            return redirect("alerts:list")
    return render_part(request, "alerts/watch.html", {"form": form}, status=422 if form.is_bound else 200)


@require_POST
def unwatch(request: HouseRequest, pk: int) -> HttpResponse:
    """Ask no longer to be told about a figure."""
    watches.unwatch(by=request.viewer, watch=get_object_or_404(queries.own_watches(request.viewer), pk=pk))
    messages.success(request, _("You are no longer told about this figure."))
    return redirect("alerts:list")
