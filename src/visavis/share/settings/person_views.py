"""People: who works here, what is known of them, their departure."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from visavis.core.stamps import MeanwhileError
from visavis.people.access.clock import today
from visavis.people.access.middleware import HouseRequest
from visavis.people.access.policy import Right
from visavis.people.accounts.staff import edit_person, facts_of, note_departure
from visavis.people.persons.models import Person
from visavis.share.settings import people as reads
from visavis.share.settings.forms import DepartureForm, PersonForm
from visavis.web.parts import render_part

PAGE = 50
LONGEST_SEARCH = 100


@require_safe
def people(request: HouseRequest) -> HttpResponse:
    """Who works here, searched by name, staff code or address."""
    if not request.viewer.may(Right.SETTINGS):
        raise PermissionDenied
    words = request.GET.get("mots", "")[:LONGEST_SEARCH]
    found = reads.people(request.viewer, today=today(), words=words)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    where = reads.places(shown, today=today())
    context = {
        "page": page,
        "rows": [(each, where.get(each.pk)) for each in shown],
        "words": words,
        "imports": request.viewer.may(Right.IMPORT),
    }
    return render_part(request, "settings/people.html", context)


def _found(request: HouseRequest, pk: int) -> Person:
    return get_object_or_404(reads.people(request.viewer, today=today()), pk=pk)


def _show(request: HouseRequest, found: Person, status: int = 200, **forms: Any) -> HttpResponse:
    context = {
        "person": found,
        "spells": reads.spells(found),
        "account": reads.account_of(request.viewer, found),
        "own": found.pk == request.viewer.person_id,
        "form": PersonForm(there=facts_of(found)),
        "departure": DepartureForm(initial={"last_day": today()}),
    }
    return render_part(request, "settings/person.html", context | forms, status=status)


@require_safe
def person(request: HouseRequest, pk: int) -> HttpResponse:
    """One person."""
    return _show(request, _found(request, pk))


@require_POST
def edit(request: HouseRequest, pk: int) -> HttpResponse:
    """Change what is known; what somebody else changed meanwhile is shown beside."""
    found = _found(request, pk)
    form = PersonForm(request.POST, there=facts_of(found))
    if form.is_valid():
        seen = form.seen_then
        try:
            edit_person(by=request.viewer, person=found, typed=form.typed, today=today(), seen=seen)
        except MeanwhileError as other:
            form.show_both(other)
        except ValidationError as problem:
            form.add_error(None, problem.messages)
        else:
            messages.success(request, _("It is noted."))
            return redirect("settings:person", pk=pk)
    return _show(request, found, 422, form=form)


@require_POST
def leave(request: HouseRequest, pk: int) -> HttpResponse:
    """Note a departure."""
    found = _found(request, pk)
    form = DepartureForm(request.POST)
    if form.is_valid():
        try:
            note_departure(
                by=request.viewer, person=found, last_day=form.cleaned_data["last_day"], today=today()
            )
        except ValidationError as problem:
            form.add_error(None, problem.messages)
        else:
            messages.success(request, _("The departure is noted: roles have ended, the account is closed."))
            still = reads.people(request.viewer, today=today()).filter(pk=pk).exists()
            return redirect("settings:person", pk=pk) if still else redirect("settings:people")
    return _show(request, found, 422, departure=form)
