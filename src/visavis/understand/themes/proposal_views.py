"""Proposals of themes: asked for, named, merged, refused."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from visavis.listen.imports.pulse import somebody_works
from visavis.people.access.clock import now
from visavis.people.access.middleware import HouseRequest
from visavis.understand.themes import proposing, queries
from visavis.understand.themes.doors import for_editors, show
from visavis.understand.themes.examples import shown_texts
from visavis.understand.themes.forms import IntoForm, RefuseForm
from visavis.understand.themes.labels import task_of
from visavis.understand.themes.models import Proposal, Work
from visavis.web.parts import wants_part

#: Decided proposals told on the page.
TOLD = 30


@require_http_methods(["GET", "HEAD", "POST"])
@for_editors
def proposals(request: HouseRequest) -> HttpResponse:
    """What was proposed; a search may be asked for."""
    if request.method == "POST":
        try:
            proposing.search(by=request.viewer, at=now())
        except ValidationError as problem:
            messages.error(request, " ".join(problem.messages))
        return redirect("themes:proposals")
    last = queries.discoveries(request.viewer).first()
    under_way = last is not None and last.state in {Work.State.QUEUED, Work.State.RUNNING}
    if wants_part(request) and not under_way:
        answer = HttpResponse()
        answer["HX-Refresh"] = "true"
        return answer
    found = queries.proposals(request.viewer)
    rows = found.filter(fate=Proposal.Fate.OPEN)
    return show(
        request,
        "proposals",
        part="under_way",
        last=last,
        under_way=under_way,
        task=task_of(last) if last else None,
        nobody_works=under_way and not somebody_works(),
        rows=[(row, shown_texts(request.viewer, row)[:2]) for row in rows],
        decided=found.exclude(fate=Proposal.Fate.OPEN).order_by("-decided_at", "pk")[:TOLD],
        most=proposing.MOST,
    )


def _open(request: HouseRequest, pk: int) -> Proposal:
    return get_object_or_404(queries.proposals(request.viewer).filter(fate=Proposal.Fate.OPEN), pk=pk)


@require_safe
@for_editors
def one(request: HouseRequest, pk: int) -> HttpResponse:
    """One proposal: its texts, and what may be done of it."""
    sheets = queries.drafted_sheets(queries.sheets_in_force())
    return _page(request, _open(request, pk), IntoForm(sheets=sheets), RefuseForm())


def _page(
    request: HouseRequest, found: Proposal, merge: IntoForm, refuse: RefuseForm, status: int = 200
) -> HttpResponse:
    texts = shown_texts(request.viewer, found)
    return show(request, "proposal", proposal=found, texts=texts, merge=merge, refuse=refuse, status=status)


@require_POST
@for_editors
def merge(request: HouseRequest, pk: int) -> HttpResponse:
    """Give its texts to a theme as examples."""
    found = _open(request, pk)
    form = IntoForm(request.POST, sheets=queries.drafted_sheets(queries.sheets_in_force()))
    if form.is_valid():
        try:
            proposing.merge(by=request.viewer, proposal=found, into=form.cleaned_data["into"], at=now())
        except ValidationError as problem:
            form.add_error("into", problem)
        else:
            messages.success(request, _("Its texts are now examples of this theme, in the draft."))
            return redirect("themes:theme", form.cleaned_data["into"])
    return _page(request, found, form, RefuseForm(), status=422)


@require_POST
@for_editors
def refuse(request: HouseRequest, pk: int) -> HttpResponse:
    """Say that it is no theme, and why."""
    found = _open(request, pk)
    form = RefuseForm(request.POST)
    if form.is_valid():
        fate, reason = Proposal.Fate.REFUSED, form.cleaned_data["reason"]
        proposing.settle(by=request.viewer, proposal=found, fate=fate, reason=reason, at=now())
        messages.success(request, _("The proposal is refused: it will not be proposed again."))
        return redirect("themes:proposals")
    sheets = queries.drafted_sheets(queries.sheets_in_force())
    return _page(request, found, IntoForm(sheets=sheets), form, status=422)
