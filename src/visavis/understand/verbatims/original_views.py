"""The page on which the original words of a return are asked for, and read."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from visavis.people.access.clock import now
from visavis.people.access.middleware import HouseRequest
from visavis.understand.verbatims import originals
from visavis.understand.verbatims.forms import OriginalsForm
from visavis.web.parts import render_part


@require_http_methods(["GET", "HEAD", "POST"])
def original_words(request: HouseRequest, pk: int) -> HttpResponse:
    """Ask for the original words of a return, with a reason; read them while they are open."""
    said = get_object_or_404(originals.sealed(request.viewer), pk=pk)
    form = OriginalsForm(request.POST or None)
    if form.is_valid():
        try:
            originals.unveil(by=request.viewer, said=said, at=now(), **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            return redirect("verbatims:originals", pk=pk)
    opened = None if form.is_bound else originals.opening(request.viewer, said, now())
    context = {
        "said": said,
        "form": form,
        "opened": opened,
        "words": originals.original_words(request.viewer, opened, now()) if opened else [],
        "minutes": originals.OPEN_FOR.seconds // 60,
    }
    return render_part(request, "verbatims/originals.html", context, status=422 if form.is_bound else 200)
