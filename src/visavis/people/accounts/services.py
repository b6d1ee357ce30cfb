"""Gestures on accounts: opened and closed by an administrator, never by their owner."""

from __future__ import annotations

import datetime as dt
import secrets

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from visavis.people.access import journal
from visavis.people.access.policy import Right
from visavis.people.access.services import may_settle_person, must_settle
from visavis.people.access.viewer import Viewer
from visavis.people.accounts.models import Account
from visavis.people.accounts.sessions import end_sessions
from visavis.people.persons.models import Person


@transaction.atomic
def open_account(
    *,
    by: Viewer,
    email: str,
    today: dt.date,
    person: Person | None = None,
    password: str = "",
    language: str = "",
) -> tuple[Account, str]:
    """Open an account.

    Args:
        by: who opens it; needs the right to the settings.
        email: address that signs in; must be new.
        today: the day on which it is opened.
        person: who stands behind it, if it is somebody of the organisation.
        password: at least 12 characters; empty: one is drawn, which opens for a week and must be changed.
        language: "fr", "en", or empty for the browser's.

    Returns:
        The account, and the password to hand over: it cannot be shown again.

    Raises:
        PermissionDenied: if ``by`` may not change settings, or those of every place where ``person`` works.
        ValidationError: if the address is taken or malformed, or the password too weak.
    """
    by.must(Right.SETTINGS)
    if person and not may_settle_person(by, person, today=today):
        raise PermissionDenied
    chosen = password or secrets.token_urlsafe(15)
    validate_password(chosen)
    account = Account.objects.create_user(email, chosen, person=person, language=language)
    if not password:
        account.give_drawn_password(chosen)
        account.save(update_fields=["password"])
    # allauth keeps addresses apart; left out, its page would write one while somebody only reads.
    EmailAddress.objects.create(user=account, email=account.email, primary=True, verified=True)
    journal.write(by=by, verb="accounts.opened", about=account)
    return account, chosen


@transaction.atomic
def renew_password(*, by: Viewer, account: Account, today: dt.date) -> str:
    """Draw a new password for somebody who lost hers: her sessions end at once.

    Args:
        by: who renews it; needs the right to the settings.
        account: the account.
        today: the day of the gesture.

    Returns:
        The password to hand over: it cannot be shown again, opens for a week and must be changed.

    Raises:
        PermissionDenied: if ``by`` may not change the settings wherever it holds a role or
            its person works.
    """
    must_settle(by, account, today=today)
    password = secrets.token_urlsafe(15)
    account.give_drawn_password(password)
    account.save(update_fields=["password"])
    end_sessions(account)
    journal.write(by=by, verb="accounts.password_renewed", about=account)
    return password


class Proof(models.TextChoices):
    """How an administrator made sure of who somebody is: as sure as when the account was handed over."""

    MET = "met", _lazy("Met in person")
    CALLED = "called", _lazy("Called back at the number that the company knows")
    VOUCHED = "vouched", _lazy("Vouched for by their manager, face to face")


@transaction.atomic
def remove_second_step(*, by: Viewer, account: Account, proof: Proof, today: dt.date) -> None:
    """Remove the second step of somebody who lost it: her sessions end, and she sets a new one.

    Args:
        by: who removes it; needs the right to the settings.
        account: the account.
        proof: how ``by`` made sure of who asks; kept in the journal.
        today: the day of the gesture.

    Raises:
        PermissionDenied: if ``by`` may not change the settings wherever it holds a role or
            its person works.
        ValidationError: if it is her own.
    """
    must_settle(by, account, today=today)
    if by.account_id == account.pk:
        raise ValidationError(_("Nobody removes their own second step so: ask another administrator."))
    Authenticator.objects.filter(user=account).delete()
    end_sessions(account)
    journal.write(by=by, verb=f"accounts.second_step_removed.{proof}", about=account)


@transaction.atomic
def close_account(*, by: Viewer, account: Account, today: dt.date) -> None:
    """Close an account: its sessions end at once, its history stays.

    Args:
        by: who closes it; needs the right to the settings.
        account: the account.
        today: the day of the gesture.

    Raises:
        PermissionDenied: if ``by`` may not change the settings wherever it holds a role or
            its person works.
        ValidationError: if it is her own.
    """
    must_settle(by, account, today=today)
    if by.account_id == account.pk:
        raise ValidationError(_("Nobody closes their own account: ask another administrator."))
    Account.objects.filter(pk=account.pk).update(is_active=False)
    end_sessions(account)
    journal.write(by=by, verb="accounts.closed", about=account)


@transaction.atomic
def close_sessions(*, by: Viewer, account: Account, today: dt.date, mark: str = "", but: str = "") -> int:
    """End the sessions of an account: one's own, or those of somebody whose settings one may change.

    Args:
        by: who ends them.
        account: the account.
        today: the day of the gesture.
        mark: only the session of this mark; empty: all.
        but: key of a session to keep.

    Returns:
        How many ended.

    Raises:
        PermissionDenied: if it is somebody else's account and ``by`` may not change its settings.
    """
    if by.account_id != account.pk:
        must_settle(by, account, today=today)
    ended = end_sessions(account, mark=mark, but=but)
    journal.write(by=by, verb="accounts.sessions_ended", about=account, number=ended)
    return ended
