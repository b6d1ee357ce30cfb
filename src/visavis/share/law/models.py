"""What the law asks to keep: facts about the company, changes of settings, purges, requests of people."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from visavis.listen.surveys.models import VOICES
from visavis.moments.exchanges.models import Customer
from visavis.people.persons.models import Person


class Fact(models.Model):
    """One thing that only the company knows and its documents must say. The last one of a key holds."""

    key = models.CharField(_("what"), max_length=40, db_index=True)
    text = models.TextField(_("text"), blank=True)
    at = models.DateTimeField(_("since"))
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )

    class Meta:
        verbose_name = _("fact about the company")
        verbose_name_plural = _("facts about the company")

    def __str__(self) -> str:
        return self.key


class SettingChange(models.Model):
    """A setting that somebody asked to change: at once, or once another role signed. Never rewritten."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Waits for a second person")
        APPLIED = "applied", _("In force")
        REFUSED = "refused", _("Refused")

    setting = models.CharField(_("setting"), max_length=60, db_index=True)
    before = models.IntegerField(_("before"))
    after = models.IntegerField(_("after"))
    reason = models.TextField(_("reason"), blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State)
    proposed_as = models.CharField(_("by right of"), max_length=20, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("asked by"),
    )
    proposed_at = models.DateTimeField(_("asked on"))
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("signed by"),
    )
    signed_at = models.DateTimeField(_("signed on"), null=True, blank=True)

    class Meta:
        verbose_name = _("change of a setting")
        verbose_name_plural = _("changes of settings")
        constraints = [
            models.UniqueConstraint(
                name="changes_one_waits", fields=["setting"], condition=Q(state="proposed")
            ),
            models.CheckConstraint(
                name="changes_signed_by_another",
                condition=Q(signed_by__isnull=True)
                | Q(proposed_by__isnull=True)
                | ~Q(signed_by=F("proposed_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.setting} {self.before} to {self.after}"


class Observed(models.Model):
    """The value of a setting that no screen changes, from the day on which it was first seen."""

    setting = models.CharField(_("setting"), max_length=60, db_index=True)
    value = models.CharField(_("value"), max_length=200)
    at = models.DateTimeField(_("seen on"))

    class Meta:
        verbose_name = _("value seen")
        verbose_name_plural = _("values seen")

    def __str__(self) -> str:
        return f"{self.setting} {self.value}"


class Purge(models.Model):
    """One purpose purged one night: what was older than which day, how much, what was kept as counts."""

    purpose = models.CharField(_("purpose"), max_length=20, db_index=True)
    on = models.DateField(_("night of"))
    before = models.DateField(_("older than"))
    number = models.PositiveIntegerField(_("how many"))
    kept = models.JSONField(_("kept as counts"), default=dict, blank=True)

    class Meta:
        verbose_name = _("purge")
        verbose_name_plural = _("purges")

    def __str__(self) -> str:
        return f"{self.purpose} {self.on} {self.number}"


class AdviserMonth(models.Model):
    """What is kept of an adviser's exchanges once their daily detail is gone: sums of a month."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name=_("adviser"))
    month = models.DateField(_("month"))
    exchanges = models.PositiveIntegerField(_("exchanges"), default=0)
    timed = models.PositiveIntegerField(_("exchanges with a duration"), default=0)
    handle_s = models.BigIntegerField(_("sum of durations, in seconds"), default=0)

    class Meta:
        verbose_name = _("month of an adviser")
        verbose_name_plural = _("months of advisers")
        constraints = [models.UniqueConstraint(name="adviser_months_once", fields=["person", "month"])]

    def __str__(self) -> str:
        return f"{self.person_id} {self.month:%Y-%m}"


class PrivacyRequest(models.Model):
    """A request of somebody about their own data. Whom it was about goes with what is erased."""

    class Kind(models.TextChoices):
        ACCESS = "access", _("Access")
        RECTIFICATION = "rectify", _("Rectification")
        ERASURE = "erasure", _("Erasure")
        OBJECTION = "objection", _("Objection")

    class State(models.TextChoices):
        RECEIVED = "received", _("To answer")
        DONE = "done", _("Done")
        NOT_FOUND = "missing", _("Not found here")
        REFUSED = "refused", _("Refused with a reason")

    kind = models.CharField(_("request"), max_length=9, choices=Kind)
    voice = models.CharField(_("who asks"), max_length=8, choices=VOICES)
    customer = models.ForeignKey(
        Customer, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("customer")
    )
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("employee")
    )
    received_on = models.DateField(_("received on"))
    due_on = models.DateField(_("answer before"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.RECEIVED)
    answer = models.TextField(_("reason given"), blank=True)
    proof = models.JSONField(_("what was done"), default=dict, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answered by"),
    )

    class Meta:
        verbose_name = _("request of a person")
        verbose_name_plural = _("requests of people")
        indexes = [models.Index(name="requests_to_answer", fields=["state", "due_on"])]
        constraints = [
            models.CheckConstraint(
                name="requests_of_one_person", condition=Q(customer__isnull=True) | Q(person__isnull=True)
            ),
            models.CheckConstraint(
                name="requests_refused_with_a_reason", condition=~Q(state="refused") | ~Q(answer="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
