"""What waits for me: one page a role, the adviser's first."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from visavis.listen.returns.feelings import feeling_words, record_feeling
from visavis.listen.returns.queries import own_returns
from visavis.moments.exchanges.models import Interaction
from visavis.people.access.clock import now, today
from visavis.people.access.middleware import HouseRequest
from visavis.people.access.policy import Right
from visavis.people.access.viewer import NOBODY
from visavis.share.boards import days
from visavis.share.boards import teams as team_reads
from visavis.share.boards.rows import return_rows
from visavis.web.parts import render_part

PAGE = 25


@require_safe
def home(request: HouseRequest) -> HttpResponse:
    """The page of the viewer's first role; a polite one for who has none yet."""
    if request.viewer == NOBODY:
        return redirect("account_login")
    name, gather = days.page_of(request.viewer)
    context: dict[str, Any] = gather(request.viewer, today(), now())
    return render_part(request, f"boards/{name}.html", context)


@require_safe
def own(request: HouseRequest) -> HttpResponse:
    """All that customers said about the viewer."""
    if not request.viewer.may(Right.OWN_RETURNS):
        raise PermissionDenied
    page = Paginator(own_returns(request.viewer), PAGE).get_page(request.GET.get("page"))
    rows = return_rows(request.viewer, list(page.object_list), now=now())
    return render_part(request, "boards/own.html", {"page": page, "rows": rows})


@require_http_methods(["POST"])
def feel(request: HouseRequest, pk: int) -> HttpResponse:
    """Keep how the viewer lived one of her exchanges: one tap."""
    exchange = get_object_or_404(Interaction.objects.filter(request.viewer.own(Right.OWN_RETURNS)), pk=pk)
    given, words = request.POST.get("feeling", ""), feeling_words()
    try:
        record_feeling(
            by=request.viewer,
            interaction=exchange,
            feeling=int(given) if given in dict(words) else 0,
            at=now(),
        )
        messages.success(request, _("Noted. You alone can see it."))
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    if not request.htmx:
        return redirect("boards:home")
    context = {"feel": days.next_to_feel(request.viewer, today()), "feelings": words}
    return render_part(request, "boards/adviser.html", context, part="feel")


@require_safe
def teams(request: HouseRequest) -> HttpResponse:
    """The teams whose page the viewer may open."""
    if not request.viewer.may(Right.TEAM):
        raise PermissionDenied
    found = list(team_reads.teams(request.viewer, today=today()))
    if len(found) == 1:
        return redirect("boards:team", code=found[0].code)
    return render_part(request, "boards/teams.html", {"teams": found, "rows": team_reads.depths(found)})


@require_safe
def team(request: HouseRequest, code: str) -> HttpResponse:
    """One team: what its customers say, what waits, whom to accompany."""
    unit = get_object_or_404(team_reads.teams(request.viewer, today=today()), code=code)
    context = days.team_page(request.viewer, unit, today(), now())
    return render_part(request, "boards/team.html", context)
