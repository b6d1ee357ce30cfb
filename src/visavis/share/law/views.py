"""Documents, keeping times, settings, models."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from visavis.core.stamps import MeanwhileError
from visavis.people.access.clock import now, today
from visavis.people.access.middleware import HouseRequest
from visavis.share.law import models_in_use, observing
from visavis.share.law.documents import catalogue
from visavis.share.law.documents.live import facts_asked, live, tell_facts
from visavis.share.law.forms import DaysForm, FactsForm, SwitchForm
from visavis.share.law.keeping import ask_days, keepings, may_propose, may_sign
from visavis.share.law.model_cards import BY_CODE as CARDS_BY_CODE
from visavis.share.law.models import SettingChange
from visavis.share.law.pages import gate_state, home_page, keeping_page, tabs, waiting_changes
from visavis.share.law.purposes import BY_PURPOSE, Purpose
from visavis.share.law.reading import may_read, may_read_models
from visavis.web.downloads import pdf_answer, told_once_taken
from visavis.web.parts import render_part


def _must_read(request: HouseRequest) -> None:
    if not may_read(request.viewer):
        raise PermissionDenied


def _shown(request: HouseRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """One of the pages of the row of tabs."""
    return render_part(request, template, context | {"links": tabs(request.viewer, request.path)})


@require_safe
def home(request: HouseRequest) -> HttpResponse:
    """What there is on data, and what waits."""
    _must_read(request)
    return _shown(request, "law/home.html", home_page(request.viewer, today()))


@require_safe
def document(request: HouseRequest, code: str) -> HttpResponse:
    """One document, written now from the settings."""
    _must_read(request)
    if code not in catalogue.DOCUMENTS:
        raise Http404
    made = catalogue.document_of(request.viewer, code, today=today())
    return render_part(request, "law/document.html", {"document": made})


@require_safe
def document_pdf(request: HouseRequest, code: str) -> HttpResponse:
    """The same document on paper."""
    _must_read(request)
    if code not in catalogue.DOCUMENTS:
        raise Http404
    made = catalogue.document_of(request.viewer, code, today=today())
    return pdf_answer(code, catalogue.pdf(made, at=now()))


@require_safe
@told_once_taken
def pack(request: HouseRequest) -> HttpResponse:
    """Every document in both languages, in one archive."""
    _must_read(request)
    content = catalogue.take_pack(by=request.viewer, today=today(), at=now())
    answer = HttpResponse(content, content_type="application/zip")
    answer["Content-Disposition"] = content_disposition_header(True, "dossier-donnees.zip") or ""
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def company_facts(request: HouseRequest) -> HttpResponse:
    """What only the company knows."""
    if not may_propose(request.viewer):
        raise PermissionDenied
    form = FactsForm(request.POST or None, there=facts_asked())
    if request.method == "POST" and form.is_valid():
        try:
            tell_facts(by=request.viewer, told=form.typed, at=now(), seen=form.seen_then)
        except MeanwhileError as other:
            form.show_both(other)
        else:
            messages.success(request, _("The documents say it from now on."))
            return redirect("law:home")
    status = 422 if form.is_bound and form.errors else 200
    return render_part(request, "law/facts.html", {"form": form}, status=status)


@require_safe
def keeping(request: HouseRequest) -> HttpResponse:
    """How long each thing is kept, what goes tonight, what waits for a second person."""
    _must_read(request)
    return _shown(request, "law/keeping.html", keeping_page(request.viewer, today()))


@require_http_methods(["GET", "HEAD", "POST"])
def change_days(request: HouseRequest, purpose: str) -> HttpResponse:
    """Ask for another keeping time."""
    if not may_propose(request.viewer):
        raise PermissionDenied
    if purpose not in BY_PURPOSE:
        raise Http404
    kept = next(one for one in keepings() if one.keeping.purpose == purpose)
    form = DaysForm(request.POST if request.method == "POST" else None, there={"days": kept.days})
    if form.is_bound and form.is_valid():
        try:
            change = ask_days(by=request.viewer, purpose=Purpose(purpose), at=now(), **form.cleaned_data)
        except MeanwhileError as other:
            form.show_both(other)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            _say(request, change)
            return redirect("law:keeping")
    return render_part(
        request, "law/days.html", {"form": form, "kept": kept}, status=422 if form.errors else 200
    )


def _say(request: HouseRequest, change: SettingChange) -> None:
    if change.state == SettingChange.State.APPLIED:
        messages.success(request, _("In force from now on."))
    else:
        messages.success(request, _("Written: it holds once a second person has signed."))


def _decide(request: HouseRequest, pk: int, *, agreed: bool) -> HttpResponse:
    change = get_object_or_404(SettingChange, pk=pk)
    if not may_sign(request.viewer, change):
        raise PermissionDenied
    try:
        models_in_use.sign(by=request.viewer, change=change, agreed=agreed, at=now())
        messages.success(request, _("Signed.") if agreed else _("Refused."))
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    return redirect("law:settings")


@require_POST
def sign(request: HouseRequest, pk: int) -> HttpResponse:
    """Agree, as the second person."""
    return _decide(request, pk, agreed=True)


@require_POST
def refuse(request: HouseRequest, pk: int) -> HttpResponse:
    """Refuse, as the second person."""
    return _decide(request, pk, agreed=False)


@require_safe
def settings_log(request: HouseRequest) -> HttpResponse:
    """Every setting that matters for people's data, and each of its changes."""
    _must_read(request)
    held = live(request.viewer, today=today())
    context = {
        "watched": [(one.label, one.value(), one.rule) for one in observing.WATCHED],
        "live": held,
        "log": observing.log(request.viewer),
        "waiting": waiting_changes(request.viewer),
        **gate_state(request.viewer, today()),
    }
    return _shown(request, "law/settings.html", context)


@require_safe
def models(request: HouseRequest) -> HttpResponse:
    """The register of models."""
    if not may_read_models(request.viewer):
        raise PermissionDenied
    context = {
        "entries": models_in_use.register(request.viewer),
        "may_switch": may_propose(request.viewer),
        "waiting": waiting_changes(request.viewer, "read:"),
        "demo": settings.DEMO,
    }
    return _shown(request, "law/models.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def switch(request: HouseRequest, code: str) -> HttpResponse:
    """Turn a model off, or ask to turn it on again."""
    if not may_propose(request.viewer):
        raise PermissionDenied
    card = CARDS_BY_CODE.get(code)
    if card is None or card.reader is None:
        raise Http404
    entry = next(one for one in models_in_use.register(request.viewer) if one.card == card)
    turned = models_in_use.is_turned_off(card)
    start = {"on": "on" if turned else "off"}
    form = SwitchForm(request.POST if request.method == "POST" else None, initial=start)
    if form.is_bound and form.is_valid():
        try:
            _say(
                request,
                models_in_use.ask_switch(by=request.viewer, card=card, at=now(), **form.cleaned_data),
            )
            return redirect("law:models")
        except ValidationError as problem:
            form.add_error(None, problem)
    context = {"form": form, "entry": entry, "turned_off": turned}
    return render_part(request, "law/switch.html", context, status=422 if form.errors else 200)
