"""The page of all pieces: what the screens are made of, and what their tests look at."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_safe

from visavis.people.access.clock import today
from visavis.web.catalogue import charts, samples
from visavis.web.parts import render_part


@require_safe
@login_required
def pieces(request: HttpRequest) -> HttpResponse:
    """Every piece in every state, both voices; open to anybody signed in, since it shows nobody's data."""
    bar = samples.filter_bar(request.GET, today())
    context = {
        "bar": bar,
        "filters": bar.filters,
        "returns": samples.returns(),
        "faces": samples.faces(),
        "tasks": samples.tasks(),
        "estimates": samples.estimates(),
        "links": samples.links(),
        "steps": samples.steps(),
        "chart": samples.chart(get_language() or "fr"),
        "charts": charts.charts(get_language() or "fr"),
        "page": samples.page(),
        "feelings": samples.FEELINGS,
        "blank_form": samples.SampleForm(auto_id="blank_%s"),
        "wrong_form": samples.SampleForm({"title": "", "mark": "9"}, auto_id="wrong_%s"),
        "today": today(),
    }
    return render_part(request, "web/catalogue.html", context, part="")


@require_safe
@login_required
def part(request: HttpRequest) -> HttpResponse:
    """What a skeleton gives way to."""
    return render_part(request, "web/catalogue_part.html", {"form": None}, part="late")


@require_http_methods(["GET", "POST"])
@login_required
def try_form(request: HttpRequest) -> HttpResponse:
    """A form that keeps nothing: errors beside the fields, a message when all is well."""
    form = samples.ShortForm(request.POST or None)
    if form.is_valid():
        messages.success(request, gettext("Understood. Nothing was kept."))
        form = samples.ShortForm()
    status = 422 if form.is_bound else 200
    return render_part(request, "web/catalogue_part.html", {"form": form}, part="try", status=status)
