"""Gestures around the explorer: the same correction on several texts, the moment of one."""

from __future__ import annotations

import re

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from visavis.people.access.clock import now
from visavis.people.access.middleware import HouseRequest
from visavis.people.access.policy import Right
from visavis.understand.verbatims import explorer, many, services
from visavis.understand.verbatims.explorer import Taxonomy
from visavis.understand.verbatims.forms import ManyForm, MomentForm
from visavis.web.middleware import LAST_ROW

#: Where the session keeps what the next page may offer to take back.
UNDO = "verbatims-undo"


def _here(request: HouseRequest) -> str:
    here = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(here, None) and here.startswith(reverse("verbatims:list"))
    return here if ours else reverse("verbatims:list")


def _numbers(found: list[str]) -> list[int]:
    """Keys as a form sends them; what is none is left out."""
    keys = [int(each) for each in found[: many.MOST + 1] if re.fullmatch(r"-?[0-9]{1,19}", each)]
    return [key for key in keys if abs(key) <= LAST_ROW]


@require_POST
def correct_many(request: HouseRequest) -> HttpResponse:
    """Say the same of the texts that are ticked."""
    if not request.viewer.may(Right.CORRECT):
        raise PermissionDenied
    form = ManyForm(request.POST, taxonomy=Taxonomy(request.viewer))
    texts = list(explorer.correctable(request.viewer).filter(pk__in=_numbers(request.POST.getlist("texts"))))
    try:
        told = many.correct_many(by=request.viewer, verbatims=texts, reading=form.reading(), at=now())
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect(_here(request))
    request.session[UNDO] = [each.pk for each in told]
    words = ngettext("%(number)s text is corrected.", "%(number)s texts are corrected.", len(told))
    messages.success(request, words % {"number": len(told)})
    return redirect(_here(request))


@require_POST
def take_back(request: HouseRequest) -> HttpResponse:
    """Take back the corrections just made."""
    if not request.viewer.may(Right.CORRECT):
        raise PermissionDenied
    number = many.take_back(by=request.viewer, readings=_numbers(request.POST.getlist("readings")), at=now())
    words = ngettext("%(number)s correction is taken back.", "%(number)s corrections are taken back.", number)
    messages.success(request, words % {"number": number})
    return redirect(_here(request))


@require_POST
def correct_moment(request: HouseRequest, pk: int) -> HttpResponse:
    """Say which moment a text speaks of."""
    text = get_object_or_404(explorer.correctable(request.viewer), pk=pk)
    form = MomentForm(request.POST, voice=text.voice)
    try:
        services.correct_moment(by=request.viewer, verbatim=text, moment=form.moment_said(), at=now())
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, _("The moment is corrected."))
    return redirect(f"{reverse('verbatims:one', args=[text.response_id])}#moment")
