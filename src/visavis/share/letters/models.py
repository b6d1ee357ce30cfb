"""Who is sent which restitution and when; the outbox, one letter a recipient, subscription and period."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from visavis.moments.exchanges.models import Channel, Reason
from visavis.people.persons.models import ROLES
from visavis.people.units.models import Unit


class Kind(models.TextChoices):
    """What is sent."""

    REPORT = "report", _("Monthly report")
    DAY = "day", _("Daily file")
    ALERTS = "alerts", _("Alerts of the week")


class Subscription(models.Model):
    """One restitution of one scope, sent to an account or to whoever holds a role on a unit."""

    kind = models.CharField(_("what"), max_length=6, choices=Kind)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("account"),
    )
    role = models.CharField(_("role"), max_length=10, choices=ROLES, blank=True)
    held_at = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("role held at")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("scope"))
    channel = models.ForeignKey(
        Channel, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("channel")
    )
    reason = models.ForeignKey(
        Reason, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("reason")
    )
    working_day = models.PositiveSmallIntegerField(
        _("working day of the month"), default=3, validators=[MinValueValidator(1), MaxValueValidator(15)]
    )
    hour = models.PositiveSmallIntegerField(_("hour"), default=8, validators=[MaxValueValidator(23)])
    active = models.BooleanField(_("letters leave"), default=True)
    since = models.DateTimeField(_("since"))
    planned = models.CharField(_("last period put in the outbox"), max_length=24, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("asked for by"),
    )

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        constraints = [
            models.CheckConstraint(
                name="subscriptions_to_an_account_or_a_role",
                condition=Q(account__isnull=False, role="", held_at__isnull=True)
                | (Q(account__isnull=True, held_at__isnull=False) & ~Q(role="")),
                violation_error_message=_("Choose an account, or a role on a unit."),
            ),
            models.CheckConstraint(
                name="subscriptions_day_and_hour",
                condition=Q(working_day__gte=1, working_day__lte=15, hour__lte=23),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.unit_id} to {self.account_id or self.role}"


class Stop(models.Model):
    """Somebody does not want the letters of a subscription any more: nobody else can undo it."""

    subscription = models.ForeignKey(
        Subscription, models.CASCADE, related_name="+", verbose_name=_("subscription")
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("account")
    )
    at = models.DateTimeField(_("stopped on"))

    class Meta:
        verbose_name = _("stopped subscription")
        verbose_name_plural = _("stopped subscriptions")
        constraints = [models.UniqueConstraint(name="stops_once", fields=["subscription", "account"])]

    def __str__(self) -> str:
        return f"{self.account_id} stopped {self.subscription_id}"


class State(models.TextChoices):
    """Where a letter is. Only ``waiting`` and ``failed`` are tried by themselves.

    ``sending`` is written before anything leaves, ``handed_at`` just before the mail server is spoken to.
    A worker that dies before ``handed_at`` sent nothing: the letter waits again. One that dies after it may
    have sent: the letter is ``unsure`` and shown, and only a person has it sent again.
    """

    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("To try again")
    GIVEN_UP = "given_up", _("Given up")
    UNSURE = "unsure", _("Interrupted")
    WITHHELD = "withheld", _("Not sent")


class Problem(models.TextChoices):
    """Why a letter did not leave, in a sentence that somebody can act upon."""

    UNREACHABLE = "unreachable", _("The mail server does not answer.")
    SIGN_IN = "sign_in", _("The mail server refuses the user or the password of the options.")
    SECURITY = "security", _("No secure connection with the mail server.")
    SENDER = "sender", _("The mail server refuses the sender of the options.")
    BUSY = "busy", _("The mail server asked to come back later.")
    ADDRESS = "address", _("The mail server refuses this address.")
    CONTENT = "content", _("The mail server refuses this letter.")
    UNWRITTEN = "unwritten", _("The letter could not be written: see the log of the worker.")
    RESTORED = "restored", _("A backup was restored: the letter may have left before.")
    INTERRUPTED = "interrupted", _("The worker stopped while sending: the letter may have left.")
    NO_RIGHT = "no_right", _("The recipient may not read this scope.")
    NO_ROLE = "no_role", _("The recipient no longer holds the role.")
    CLOSED = "closed", _("The account is closed.")
    STOPPED = "stopped", _("The recipient stopped these letters.")
    PAUSED = "paused", _("The subscription is paused.")
    NOTHING = "nothing", _("Nothing was heard in this period.")
    TOO_LATE = "too_late", _("It waited too long: the page has it.")


class LetterQuerySet(models.QuerySet["Letter"]):
    def due(self, at: dt.datetime) -> LetterQuerySet:
        """Letters to try at ``at``."""
        return self.filter(state__in=(State.WAITING, State.FAILED), next_at__lte=at)


class Letter(models.Model):
    """One e-mail to one account: written when it leaves, from what its recipient may read then."""

    subscription = models.ForeignKey(
        Subscription, models.CASCADE, related_name="+", verbose_name=_("subscription")
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("recipient")
    )
    period = models.CharField(_("period"), max_length=24)
    message_id = models.CharField(_("message identity"), max_length=200)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    due_at = models.DateTimeField(_("due at"), db_index=True)
    next_at = models.DateTimeField(_("next attempt"))
    attempts = models.PositiveIntegerField(_("number of attempts"), default=0)
    refusals = models.PositiveIntegerField(_("refusals"), default=0)
    claim = models.CharField(_("claim"), max_length=32, blank=True)
    claimed_at = models.DateTimeField(_("claimed at"), null=True, blank=True)
    handed_at = models.DateTimeField(_("handed to the mail server at"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    problem = models.CharField(_("problem"), max_length=12, choices=Problem, blank=True)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    text = models.TextField(_("text"), blank=True)
    html = models.TextField(_("page"), blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        constraints = [
            models.UniqueConstraint(name="letters_once", fields=["subscription", "account", "period"])
        ]
        indexes = [models.Index(name="letters_to_try", fields=["state", "next_at"])]

    def __str__(self) -> str:
        return f"letter {self.pk} {self.period} {self.state}"
