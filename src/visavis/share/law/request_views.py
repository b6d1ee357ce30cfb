"""Requests of people about their own data."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from visavis.core.stamps import MeanwhileError
from visavis.core.words import Voice
from visavis.listen.returns.queries import returns as readable
from visavis.people.access.clock import now, today
from visavis.people.access.middleware import HouseRequest
from visavis.share.law import answering, seeking
from visavis.share.law.forms import CloseForm, EraseForm, ReceiveForm, SeekForm, correction_form
from visavis.share.law.models import PrivacyRequest
from visavis.share.law.observing import named
from visavis.share.law.pages import requests_state, tabs
from visavis.share.law.seeking import Subject
from visavis.share.law.taking import anonymous_words, printed_file, proof_words, take_file
from visavis.web.downloads import pdf_answer, told_once_taken
from visavis.web.parts import render_part

PAGE = 50
#: A key of the database: no number is longer.
_KEY = re.compile(r"[0-9]{1,19}")


def _must(request: HouseRequest) -> None:
    if not seeking.may_answer(request.viewer):
        raise PermissionDenied


def _found(request: HouseRequest, pk: int) -> PrivacyRequest:
    found: PrivacyRequest = get_object_or_404(seeking.requests(request.viewer), pk=pk)
    return found


@require_safe
def requests(request: HouseRequest) -> HttpResponse:
    """The register."""
    _must(request)
    page = Paginator(seeking.requests(request.viewer), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "state": requests_state(request.viewer, today()), "today": today()}
    context["links"] = tabs(request.viewer, request.path)
    return render_part(request, "law/requests.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HouseRequest) -> HttpResponse:
    """Look for whom a request is about, then write it. What is typed stays out of addresses and logs."""
    _must(request)
    seek = SeekForm(request.POST if "typed" in request.POST else None)
    receive = ReceiveForm(request.POST if "kind" in request.POST else None, initial={"received_on": today()})
    if receive.is_bound and receive.is_valid():
        if subject := _subject(request):
            return _write(request, receive, subject)
        receive.add_error(None, _("Nobody is known here by that: look again for whom the request is about."))
    context: dict[str, Any] = {"seek": seek, "receive": receive, "asked": False}
    if seek.is_bound and seek.is_valid():
        typed = seek.cleaned_data["typed"]
        context |= {"asked": True, "customers": list(seeking.customers(request.viewer, typed))}
        context |= {"people": list(seeking.people(request.viewer, typed))}
        context |= {"returns": list(seeking.returns_named(request.viewer, typed))}
    status = 422 if seek.errors or receive.errors else 200
    return render_part(request, "law/new_request.html", context, status=status)


def _subject(request: HouseRequest) -> Subject | None:
    """Whom the button that was pressed names: a customer, an employee, or nobody of either voice."""
    word, _colon, key = request.POST.get("subject", "").partition(":")
    if word not in set(Voice) or not (_KEY.fullmatch(key) or not key):
        return None
    models = {Voice.CUSTOMER: seeking.known_customer, Voice.EMPLOYEE: seeking.known_person}
    return models[Voice(word)](request.viewer, int(key)) if key else Subject(Voice(word))


def _write(request: HouseRequest, form: ReceiveForm, subject: Subject) -> HttpResponse:
    try:
        made = answering.receive(
            by=request.viewer,
            kind=PrivacyRequest.Kind(form.cleaned_data["kind"]),
            subject=subject,
            received_on=form.day(),
            today=today(),
        )
    except ValidationError as problem:
        form.add_error(None, problem)
        context = {"seek": SeekForm(), "receive": form, "asked": False}
        return render_part(request, "law/new_request.html", context, status=422)
    return redirect("law:request", pk=made.pk)


@require_safe
def one(request: HouseRequest, pk: int) -> HttpResponse:
    """One request, and what may be done about it."""
    return _show(request, _found(request, pk))


def _show(request: HouseRequest, found: PrivacyRequest, status: int = 200, **forms: Any) -> HttpResponse:
    waits = found.state == PrivacyRequest.State.RECEIVED
    context = {
        "found": found,
        "waits": waits,
        "left": (found.due_on - today()).days,
        "known": found.customer or found.person,
        "answered_by": named(found.account),
        "proof": proof_words(found),
        "anonymous": anonymous_words(),
        "close": CloseForm(),
        "erase": EraseForm() if found.kind == PrivacyRequest.Kind.ERASURE else None,
        "rectify": correction_form(found) if found.kind == PrivacyRequest.Kind.RECTIFICATION else None,
    }
    return render_part(request, "law/request.html", context | forms, status=status)


@require_safe
@told_once_taken
def file(request: HouseRequest, pk: int, form: str) -> HttpResponse:
    """All that is kept about somebody, to hand over."""
    found = _found(request, pk)
    if form not in {"json", "pdf"} or not (found.customer or found.person):
        raise Http404
    taken = take_file(by=request.viewer, request=found)
    name = f"donnees-{found.pk}"
    if form == "pdf":
        return pdf_answer(name, printed_file(taken, today=today(), at=now()))
    answer = JsonResponse(taken, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}.json") or ""
    return answer


@require_POST
def rectify(request: HouseRequest, pk: int) -> HttpResponse:
    """Correct what is known of somebody."""
    found = _found(request, pk)
    form = correction_form(found, request.POST)
    if form is None or found.kind != PrivacyRequest.Kind.RECTIFICATION:
        raise Http404
    if form.is_valid():
        try:
            seen = form.seen_then
            answering.rectify(by=request.viewer, request=found, told=form.typed, today=today(), seen=seen)
            messages.success(request, _("Corrected."))
            return redirect("law:request", pk=pk)
        except MeanwhileError as other:
            form.show_both(other)
        except ValidationError as problem:
            form.add_error(None, problem.messages)
    return _show(request, found, 422, rectify=form)


@require_POST
def erase(request: HouseRequest, pk: int) -> HttpResponse:
    """Erase somebody."""
    found = _found(request, pk)
    if found.kind != PrivacyRequest.Kind.ERASURE:
        raise Http404
    form = EraseForm(request.POST)
    if form.is_valid():
        try:
            answering.erase(by=request.viewer, request=found, words=form.lines(), at=now(), today=today())
            messages.success(request, _("Erased. The proof stays with the request."))
            return redirect("law:request", pk=pk)
        except ValidationError as problem:
            form.add_error(None, problem)
    return _show(request, found, 422, erase=form)


@require_POST
def close(request: HouseRequest, pk: int) -> HttpResponse:
    """Say how a request ended."""
    found = _found(request, pk)
    form = CloseForm(request.POST)
    if form.is_valid():
        state = PrivacyRequest.State(form.cleaned_data["state"])
        answer, day = form.cleaned_data["answer"], today()
        try:
            answering.close(by=request.viewer, request=found, state=state, answer=answer, today=day)
            messages.success(request, _("Answered."))
            return redirect("law:request", pk=pk)
        except ValidationError as problem:
            form.add_error(None, problem)
    return _show(request, found, 422, close=form)


@require_http_methods(["GET", "HEAD", "POST"])
def erase_return(request: HouseRequest, pk: int) -> HttpResponse:
    """Erase one return at the request of whoever wrote it, once that was confirmed."""
    said = get_object_or_404(seeking.returns(request.viewer), pk=pk)
    form = EraseForm(request.POST or None)
    if form.is_valid():
        try:
            done = answering.erase_return(
                by=request.viewer, response=said, words=form.lines(), at=now(), today=today()
            )
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("Erased. The proof stays with the request."))
            return redirect("law:request", pk=done.pk)
    context = {"said": said, "erase": form, "readable": readable(request.viewer).filter(pk=pk).exists()}
    return render_part(request, "law/erase_return.html", context, status=422 if form.is_bound else 200)
