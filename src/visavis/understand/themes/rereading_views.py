"""The history read again under a version: asked for, compared, adopted or left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from visavis.listen.imports.pulse import somebody_works
from visavis.moments.references.models import Edition
from visavis.moments.references.queries import latest_edition
from visavis.people.access.clock import now
from visavis.people.access.middleware import HouseRequest
from visavis.understand.themes import queries, rereading
from visavis.understand.themes.doors import for_editors, for_readers, show
from visavis.understand.themes.labels import task_of
from visavis.understand.themes.models import Rereading, Work
from visavis.understand.themes.second import samples, themes_compared
from visavis.web.parts import wants_part

_UNDER_WAY = (Work.State.QUEUED, Work.State.RUNNING)


@require_POST
@for_editors
def start(request: HouseRequest, number: int) -> HttpResponse:
    """Read the history again under a version."""
    edition = get_object_or_404(queries.editions(request.viewer), number=number)
    try:
        made = rereading.start(by=request.viewer, edition=edition, at=now())
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("themes:versions")
    return redirect("themes:rereading", made.pk)


@require_safe
@for_readers
def one(request: HouseRequest, pk: int) -> HttpResponse:
    """How far a second reading is; then, theme by theme, what it changes."""
    found = _found(request, pk)
    under_way = found.state in _UNDER_WAY
    if wants_part(request) and not under_way:
        answer = HttpResponse()
        answer["HX-Refresh"] = "true"
        return answer
    to_decide = found.fate == Rereading.Fate.OPEN and found.state == Work.State.READY
    rows = themes_compared(request.viewer, found) if to_decide else []
    return show(
        request,
        "rereading",
        part="under_way",
        rereading=found,
        under_way=under_way,
        to_decide=to_decide,
        latest=found.edition == latest_edition(Edition.Kind.THEMES),
        nobody_works=under_way and not somebody_works(),
        task=task_of(found),
        turned=[row for row in rows if row.gained or row.lost],
        same=[row for row in rows if not (row.gained or row.lost)],
        samples=samples(request.viewer, found) if to_decide else (),
    )


def _found(request: HouseRequest, pk: int) -> Rereading:
    return get_object_or_404(queries.rereadings(request.viewer), pk=pk)


def _decide(request: HouseRequest, pk: int, do: Callable[..., Any], said: str) -> HttpResponse:
    found = _found(request, pk)
    try:
        do(by=request.viewer, rereading=found, at=now())
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, said)
    return redirect("themes:rereading", pk)


@require_POST
@for_editors
def adopt(request: HouseRequest, pk: int) -> HttpResponse:
    """Let it take the place of what is read today."""
    return _decide(request, pk, rereading.adopt, _("The second reading takes the place of the first."))


@require_POST
@for_editors
def leave(request: HouseRequest, pk: int) -> HttpResponse:
    """Leave it aside."""
    return _decide(request, pk, rereading.leave, _("The second reading is left aside. Nothing changed."))
