"""The outbox of the administrator, and the door by which anybody stops her own letters."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from visavis.people.access.clock import now
from visavis.people.access.middleware import HouseRequest
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.share.letters import holding, links, pages, queries, services
from visavis.share.letters.models import Letter, Subscription
from visavis.web.parts import render_part

PAGE = 50


@require_safe
def outbox(request: HouseRequest) -> HttpResponse:
    """What waits, what left, what is stuck and why; never what the letters say."""
    if not request.viewer.may(Right.SETTINGS):
        raise PermissionDenied
    state = request.GET.get("etat", "")
    found = pages.in_state(queries.outbox(request.viewer), state)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = pages.outbox(request.viewer, state=state, at=now()) | {"page": page}
    return render_part(request, "letters/outbox.html", context)


@require_POST
def let_go(request: HouseRequest) -> HttpResponse:
    """Let letters leave again after a restore."""
    holding.let_go(by=request.viewer, at=now())
    messages.success(request, _("E-mails that fall due from now on leave again."))
    return redirect("letters:outbox")


@require_POST
def retry(request: HouseRequest, pk: int) -> HttpResponse:
    """Have a stuck letter tried again."""
    reach = queries.outbox(request.viewer) | queries.letters(request.viewer).defer("text", "html")
    found: Letter = get_object_or_404(reach, pk=pk)
    if services.retry(by=request.viewer, letter=found, at=now()):
        messages.success(request, _("The letter will be tried within a minute."))
    else:
        messages.info(request, _("This letter left already, or is leaving."))
    if request.viewer.may(Right.SETTINGS):
        return redirect("letters:outbox")
    return redirect("letters:subscription", found.subscription_id)


# Mail readers post here by themselves when their own button is pressed (RFC 8058), without any page of ours:
# what protects it is the signed address, which only the letter holds.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HouseRequest, signed: str) -> HttpResponse:
    """Ask for a confirmation, then stop: scanners that open every link of a mail change nothing."""
    named = links.read(signed)
    found = _of(named)
    if named is None or found is None:
        raise Http404
    done = request.method == "POST"
    if done:
        services.stop(by=Viewer(account_id=named[1]), subscription=found, at=now())
    context = {"subscription": found, "done": done, "when": pages.when(found)}
    return render_part(request, "letters/stop.html", context)


def _of(named: tuple[int, int] | None) -> Subscription | None:
    """The subscription of a link, if it still stands and its recipient still has an account."""
    return queries.of_link(*named) if named else None
