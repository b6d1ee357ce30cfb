"""Who a subscription reaches on a day, and what keeps a letter from somebody: in doubt, nothing is sent."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings

from visavis.people.access.models import Grant
from visavis.people.access.policy import Right
from visavis.people.access.viewer import viewer_of
from visavis.people.accounts.models import Account
from visavis.share.letters.models import Kind, Problem, Stop, Subscription

#: The right by which the page itself is read.
RIGHTS = {Kind.REPORT: Right.REPORT, Kind.DAY: Right.DAILY, Kind.ALERTS: Right.FIGURES}


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody whom a subscription names, and why nothing is sent to them, if so."""

    account: Account
    problem: Problem | None

    @property
    def why(self) -> str:
        """The reason in words; empty when letters are sent."""
        return str(self.problem.label) if self.problem else ""


def right_of(subscription: Subscription) -> Right:
    """The right that a reader of its letters needs on its scope."""
    return RIGHTS[Kind(subscription.kind)]


def language_of(account: Account) -> str:
    """The language of letters to an account: her own, or else the instance's."""
    return account.language or settings.LANGUAGE_CODE


def recipients(subscription: Subscription, *, today: dt.date) -> list[Recipient]:
    """Everybody whom the subscription names on a day, by address."""
    accounts = Account.objects.filter(pk=subscription.account_id or 0)
    if subscription.role:
        held = Grant.objects.on(today).filter(role=subscription.role, unit=subscription.held_at_id)
        accounts = Account.objects.filter(pk__in=held.order_by().values("account"))
    named = accounts.select_related("person").order_by("email")
    return [Recipient(account, obstacle(subscription, account, today=today)) for account in named]


def obstacle(subscription: Subscription, account: Account, *, today: dt.date) -> Problem | None:
    """What keeps a letter of ``subscription`` from ``account`` on a day.

    Args:
        subscription: with its scope.
        account: the recipient.
        today: the day on which rights and roles must hold.

    Returns:
        The first obstacle; None if the letter may leave.
    """
    if not account.is_active:
        return Problem.CLOSED
    if not _is_named(subscription, account, today):
        return Problem.NO_ROLE
    if Stop.objects.filter(subscription=subscription.pk or 0, account=account).exists():
        return Problem.STOPPED
    may = viewer_of(account, today=today).may(right_of(subscription), subscription.unit.path)
    return None if may else Problem.NO_RIGHT


def _is_named(subscription: Subscription, account: Account, today: dt.date) -> bool:
    if not subscription.role:
        return subscription.account_id == account.pk
    held = Grant.objects.on(today).filter(role=subscription.role, unit=subscription.held_at_id)
    return held.filter(account=account).exists()
