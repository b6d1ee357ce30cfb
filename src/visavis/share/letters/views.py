"""Who is sent what, and what a letter says."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

from csp.decorators import csp_update
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from visavis.people.access.clock import now, today
from visavis.people.access.middleware import HouseRequest
from visavis.share.letters import pages, queries, services
from visavis.share.letters.forms import SubscriptionForm
from visavis.share.letters.models import Subscription
from visavis.share.letters.writing import RULE
from visavis.web.parts import render_part

#: A letter brings its few colours along, as mail readers need; its page may show them, and nothing else.
_RULE = b64encode(sha256(RULE.encode()).digest()).decode()
_own_colours = csp_update({"style-src-attr": ["'unsafe-inline'"], "style-src-elem": [f"'sha256-{_RULE}'"]})


def _found(request: HouseRequest, pk: int) -> Subscription:
    return get_object_or_404(queries.subscriptions(request.viewer, today=today()), pk=pk)


def _readable(request: HouseRequest, pk: int) -> Subscription:
    found = _found(request, pk)
    if not queries.may_preview(request.viewer, found):
        raise PermissionDenied
    return found


@require_safe
def subscriptions(request: HouseRequest) -> HttpResponse:
    """What I am sent, and what is sent to others about my branches."""
    context = pages.subscriptions(request.viewer, at=now(), today=today())
    if not (queries.may_read_any(request.viewer) or context["own"]):
        raise PermissionDenied
    return render_part(request, "letters/subscriptions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HouseRequest) -> HttpResponse:
    """Ask for letters, for oneself or for others."""
    if not queries.may_read_any(request.viewer):
        raise PermissionDenied
    form = SubscriptionForm(request.POST or None, viewer=request.viewer)
    if form.is_valid():
        try:
            made = services.subscribe(by=request.viewer, wish=form.wish(), at=now(), today=today())
        except ValidationError as refused:
            form.add_error("email" if form.cleaned_data.get("to") == "address" else None, refused.messages)
        except PermissionDenied:
            form.add_error("unit", _("You may not have this sent about this scope."))
        else:
            messages.success(request, _("The e-mails will leave at the days and hours told here."))
            return redirect("letters:subscription", made.pk)
    return render_part(request, "letters/new.html", {"form": form}, status=422 if form.is_bound else 200)


@require_safe
def subscription(request: HouseRequest, pk: int) -> HttpResponse:
    """One subscription: when, to whom, and why nothing is sent to some."""
    found = _found(request, pk)
    context = pages.subscription(request.viewer, found, at=now(), today=today())
    return render_part(request, "letters/subscription.html", context)


@require_safe
def preview(request: HouseRequest, pk: int) -> HttpResponse:
    """What the viewer would be sent now."""
    found = _readable(request, pk)
    context = pages.preview(request.viewer, found, at=now(), today=today())
    return render_part(request, "letters/letter.html", context)


@require_safe
@_own_colours  # type: ignore[arg-type]  # the package knows the request of Django alone
def preview_page(request: HouseRequest, pk: int) -> HttpResponse:
    """The same, as a mail reader shows it."""
    context = pages.preview(request.viewer, _readable(request, pk), at=now(), today=today())
    return HttpResponse(context["written"].html)


@require_safe
def letter(request: HouseRequest, pk: int) -> HttpResponse:
    """What a letter said, or would say if it left now."""
    found = get_object_or_404(queries.letters(request.viewer), pk=pk)
    return render_part(request, "letters/letter.html", pages.letter(request.viewer, found, today=today()))


@require_safe
@_own_colours  # type: ignore[arg-type]  # the package knows the request of Django alone
def letter_page(request: HouseRequest, pk: int) -> HttpResponse:
    """The same, as a mail reader shows it."""
    found = get_object_or_404(queries.letters(request.viewer), pk=pk)
    html = pages.letter(request.viewer, found, today=today())["written"].html
    if not html:
        raise Http404
    return HttpResponse(html)


@require_POST
def pause(request: HouseRequest, pk: int) -> HttpResponse:
    """Send nothing for a while."""
    services.pause(by=request.viewer, subscription=_found(request, pk))
    return redirect("letters:subscription", pk)


@require_POST
def resume(request: HouseRequest, pk: int) -> HttpResponse:
    """Send again from now on."""
    services.resume(by=request.viewer, subscription=_found(request, pk), at=now())
    return redirect("letters:subscription", pk)


@require_POST
def end(request: HouseRequest, pk: int) -> HttpResponse:
    """End a subscription for everybody."""
    services.end(by=request.viewer, subscription=_found(request, pk))
    messages.success(request, _("This subscription is ended: nothing more is sent."))
    return redirect("letters:subscriptions")


@require_POST
def stop_own(request: HouseRequest, pk: int) -> HttpResponse:
    """Receive these letters no more."""
    services.stop(by=request.viewer, subscription=_found(request, pk), at=now())
    messages.success(request, _("You will not receive these e-mails any more."))
    return redirect("letters:subscriptions")


@require_POST
def take_up(request: HouseRequest, pk: int) -> HttpResponse:
    """Receive these letters again."""
    services.take_up(by=request.viewer, subscription=_found(request, pk))
    return redirect("letters:subscriptions")
