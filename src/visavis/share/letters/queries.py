"""Reads of subscriptions, letters and the outbox."""

from __future__ import annotations

import datetime as dt

from django.db.models import Count, Q, QuerySet

from visavis.people.access.models import Grant
from visavis.people.access.policy import Right
from visavis.people.access.viewer import NOTHING, Viewer
from visavis.people.accounts.models import Account
from visavis.share.letters.models import Kind, Letter, State, Stop, Subscription
from visavis.share.letters.recipients import RIGHTS

_ALONG = ("unit", "account__person", "held_at", "channel", "reason")
#: States that somebody should look at, the gravest first.
TROUBLED = (State.GIVEN_UP, State.UNSURE, State.FAILED, State.WITHHELD)


def may_read_any(viewer: Viewer) -> bool:
    """Whether some letter could be for this viewer."""
    return any(viewer.may(right) for right in RIGHTS.values())


def may_send(viewer: Viewer, path: str = "") -> bool:
    """Whether the viewer may have letters about a branch sent to others: she reads all that they tell."""
    return all(viewer.may(right, path) for right in RIGHTS.values())


def _rules(viewer: Viewer, at: str = "") -> Q:
    """The scopes for which the viewer may have letters sent to others."""
    rules = Q()
    for right in RIGHTS.values():
        rules &= viewer.within(right, f"{at}unit__path")
    return rules


def _reads(viewer: Viewer, at: str = "") -> Q:
    """What the viewer may read of the kind that is sent."""
    reads = NOTHING
    for kind, right in RIGHTS.items():
        reads |= Q(**{f"{at}kind": kind}) & viewer.within(right, f"{at}unit__path")
    return reads


def _names(viewer: Viewer, today: dt.date) -> Q:
    """The subscriptions that name the viewer on a day."""
    if viewer.account_id is None:
        return NOTHING
    named = Q(account=viewer.account_id)
    held = Grant.objects.on(today).filter(account=viewer.account_id).order_by("pk")
    for role, unit in held.values_list("role", "unit"):
        named |= Q(role=role, held_at=unit)
    return named


def own_subscriptions(viewer: Viewer, *, today: dt.date) -> QuerySet[Subscription]:
    """The subscriptions that name the viewer, the oldest first, readable or not: she may always stop them."""
    return Subscription.objects.filter(_names(viewer, today)).select_related(*_ALONG).order_by("pk")


def ruled_subscriptions(viewer: Viewer) -> QuerySet[Subscription]:
    """The subscriptions about the branches where the viewer has letters sent to others, by scope."""
    found = Subscription.objects.filter(_rules(viewer)).select_related(*_ALONG)
    return found.order_by("unit__path", "kind", "pk")


def subscriptions(viewer: Viewer, *, today: dt.date) -> QuerySet[Subscription]:
    """Both the viewer's own subscriptions and those that she rules."""
    mine = _names(viewer, today) | _rules(viewer)
    return Subscription.objects.filter(mine).select_related(*_ALONG).order_by("pk")


def may_change(viewer: Viewer, subscription: Subscription) -> bool:
    """Whether the viewer may pause or end a subscription: of her branches, or made by herself for herself."""
    own = viewer.account_id is not None and (
        subscription.account_id == subscription.made_by_id == viewer.account_id
    )
    return own or may_send(viewer, subscription.unit.path)


def may_preview(viewer: Viewer, subscription: Subscription) -> bool:
    """Whether the viewer may read what a subscription sends."""
    return viewer.may(RIGHTS[Kind(subscription.kind)], subscription.unit.path)


def stopped(viewer: Viewer) -> set[int]:
    """The subscriptions that the viewer stopped for herself."""
    found = Stop.objects.filter(account=viewer.account_id) if viewer.account_id else Stop.objects.none()
    return set(found.order_by("pk").values_list("subscription", flat=True))


def letters(viewer: Viewer) -> QuerySet[Letter]:
    """Letters to the viewer, or about the branches that she rules; those that she may read. Newest first."""
    at = "subscription__"
    own = Q(account=viewer.account_id) if viewer.account_id else NOTHING
    found = Letter.objects.filter(_reads(viewer, at), own | _rules(viewer, at))
    return _with_subscription(found).order_by("-due_at", "-pk")


def outbox(viewer: Viewer) -> QuerySet[Letter]:
    """Letters about the branches whose settings the viewer keeps, without what they say. Newest first."""
    found = Letter.objects.filter(viewer.within(Right.SETTINGS, "subscription__unit__path"))
    return _with_subscription(found).defer("text", "html").order_by("-due_at", "-pk")


def _with_subscription(found: QuerySet[Letter]) -> QuerySet[Letter]:
    along = [f"subscription__{name}" for name in ("unit", "channel", "reason")]
    return found.select_related(*along, "account__person")


def counts(viewer: Viewer) -> dict[str, int]:
    """How many letters of the outbox are in each state."""
    grouped = outbox(viewer).order_by().values_list("state").annotate(Count("pk"))
    return dict(grouped)


def of_link(subscription: int, account: int) -> Subscription | None:
    """The subscription that a signed link names, while both it and the account are there."""
    if not Account.objects.filter(pk=account).exists():
        return None
    return Subscription.objects.select_related(*_ALONG).filter(pk=subscription).order_by("pk").first()
