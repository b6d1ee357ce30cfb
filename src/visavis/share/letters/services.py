"""Gestures: letters are asked for, paused, ended, stopped by whoever receives them, tried again."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from visavis.people.access import journal
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.people.accounts.models import Account
from visavis.share.letters.models import Letter, State, Stop, Subscription
from visavis.share.letters.queries import may_change, may_preview, may_send
from visavis.share.letters.recipients import obstacle

#: What makes two subscriptions the same.
_SAME = ("kind", "account", "role", "held_at", "unit", "channel", "reason")


@transaction.atomic
def subscribe(*, by: Viewer, wish: Subscription, at: dt.datetime, today: dt.date) -> Subscription:
    """Have a restitution sent by e-mail from now on.

    Args:
        by: who asks. For herself she needs the right to what is sent; for others, to the month and the day.
        wish: the subscription, not saved yet.
        at: the instant; nothing that fell due before it is sent.
        today: the day on which the recipient's right must hold.

    Returns:
        The subscription.

    Raises:
        PermissionDenied: if ``by`` may not have it sent there, or a role is held outside her branches.
        ValidationError: if the recipient may not read the scope, or the same subscription stands already.
    """
    _must_ask(by, wish)
    wish.since, wish.made_by_id, wish.active = at, by.account_id, True
    wish.full_clean()
    if wish.account and obstacle(wish, wish.account, today=today):
        raise ValidationError(_("No account that may read this scope has this address."))
    if _stands(wish):
        raise ValidationError(_("These e-mails are sent already."))
    wish.save()
    _tell(by, "letters.subscribed", wish)
    return wish


def _must_ask(by: Viewer, wish: Subscription) -> None:
    path = wish.unit.path
    if may_send(by, path) and (wish.held_at is None or may_send(by, wish.held_at.path)):
        return
    own = wish.account is not None and wish.account.pk == by.account_id
    if not (own and may_preview(by, wish)):
        raise PermissionDenied


def _stands(wish: Subscription) -> bool:
    given = {name: getattr(wish, name) for name in _SAME}
    none = {f"{name}__isnull": True for name, value in given.items() if value is None}
    return Subscription.objects.filter(
        **{name: value for name, value in given.items() if value is not None}, **none
    ).exists()


@transaction.atomic
def pause(*, by: Viewer, subscription: Subscription) -> Subscription:
    """Send nothing of a subscription until it is resumed, not even what waits in the outbox.

    Args:
        by: who pauses; rules the scope, or asked for it herself.
        subscription: the subscription.

    Returns:
        The subscription, paused.

    Raises:
        PermissionDenied: if ``by`` may not change it.
    """
    held = _held(by, subscription)
    if held.active:
        held.active = False
        held.save(update_fields=["active"])
        _tell(by, "letters.paused", held)
    return held


@transaction.atomic
def resume(*, by: Viewer, subscription: Subscription, at: dt.datetime) -> Subscription:
    """Send again what falls due from now on; what fell due during the pause is not sent.

    Args:
        by: who resumes; rules the scope, or asked for it herself.
        subscription: the subscription.
        at: the instant.

    Returns:
        The subscription, active.

    Raises:
        PermissionDenied: if ``by`` may not change it.
    """
    held = _held(by, subscription)
    if not held.active:
        held.active, held.since = True, at
        held.save(update_fields=["active", "since"])
        _tell(by, "letters.resumed", held)
    return held


@transaction.atomic
def end(*, by: Viewer, subscription: Subscription) -> None:
    """End a subscription for everybody: it leaves, with its letters; the journal keeps the gesture.

    Args:
        by: who ends it; rules the scope, or asked for it herself.
        subscription: the subscription.

    Raises:
        PermissionDenied: if ``by`` may not change it.
    """
    held = _held(by, subscription)
    _tell(by, "letters.ended", held)
    held.delete()


@transaction.atomic
def stop(*, by: Viewer, subscription: Subscription, at: dt.datetime) -> None:
    """Stop receiving the letters of a subscription. Twice changes nothing.

    Args:
        by: the recipient, who needs no right: also somebody who lost them, or came by the link of a letter.
        subscription: the subscription.
        at: the instant.

    Raises:
        PermissionDenied: if ``by`` is no account.
    """
    if by.account_id is None:
        raise PermissionDenied
    account = Account.objects.get(pk=by.account_id)
    _stop, made = Stop.objects.get_or_create(subscription=subscription, account=account, defaults={"at": at})
    if made:
        _tell(by, "letters.stopped", subscription)


@transaction.atomic
def take_up(*, by: Viewer, subscription: Subscription) -> None:
    """Receive again what one stopped. Nobody can do it for somebody else.

    Args:
        by: the recipient.
        subscription: the subscription.
    """
    gone, _rows = Stop.objects.filter(subscription=subscription, account=by.account_id).delete()
    if gone:
        _tell(by, "letters.taken_up", subscription)


@transaction.atomic
def retry(*, by: Viewer, letter: Letter, at: dt.datetime) -> bool:
    """Have a letter tried again at once, whatever kept it; its recipient's rights are asked again.

    Args:
        by: who asks; keeps the settings of the scope, or rules it.
        letter: the letter; under its one message identity, so that a mail server knows a double.
        at: the instant.

    Returns:
        Whether it will be tried: a letter that left, or is leaving, is not.

    Raises:
        PermissionDenied: if ``by`` may not.
    """
    path = letter.subscription.unit.path
    if not (by.may(Right.SETTINGS, path) or may_send(by, path)):
        raise PermissionDenied
    stuck = Letter.objects.filter(pk=letter.pk).exclude(state__in=(State.SENT, State.SENDING))
    asked = stuck.update(state=State.WAITING, next_at=at, refusals=0, problem="")
    if asked:
        _tell(by, "letters.retried", letter.subscription)
    return bool(asked)


def _held(by: Viewer, subscription: Subscription) -> Subscription:
    """The subscription as it stands, held until the gesture is done."""
    held = Subscription.objects.select_for_update(of=("self",)).select_related("unit").get(pk=subscription.pk)
    if not may_change(by, held):
        raise PermissionDenied
    return held


def _tell(by: Viewer, verb: str, subscription: Subscription) -> None:
    unit = subscription.unit
    journal.write(by=by, verb=verb, about=subscription, unit_path=unit.path, unit=unit.name)
