"""A sentence tried with the draft and with what is in force; the tests of all themes."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from visavis.core.words import Voice
from visavis.people.access.middleware import HouseRequest
from visavis.understand.themes.doors import for_readers, show
from visavis.understand.themes.forms import TrialForm
from visavis.understand.themes.queries import drafted_sheets, sheets_in_force
from visavis.understand.themes.trials import run_tests, try_text


@require_http_methods(["GET", "HEAD", "POST"])
@for_readers
def trial(request: HouseRequest) -> HttpResponse:
    """Type or paste a sentence: the themes heard in it, with the words that carry them."""
    form = TrialForm(request.POST or None)
    context: dict[str, Any] = {"form": form, "trial": None, "before": None}
    if request.method == "POST" and form.is_valid():
        text, voice = form.cleaned_data["text"], Voice(form.cleaned_data["voice"])
        in_force = sheets_in_force()
        sheets = drafted_sheets(in_force)
        context["trial"] = try_text(text, sheets, voice)
        if sheets != in_force:
            context["before"] = try_text(text, in_force, voice)
    status = 422 if request.method == "POST" and not form.is_valid() else 200
    return show(request, "trial", part="heard", status=status, **context)


@require_safe
@for_readers
def tests(request: HouseRequest) -> HttpResponse:
    """The tests of all themes, run now on the draft."""
    language = get_language() or "fr"
    found = run_tests(drafted_sheets(sheets_in_force()))
    rows = [(one, one.sheet.label(language)) for one in found]
    failing = sum(not one.passed for one in found)
    return show(request, "tests", rows=rows, failing=failing)
