"""Cases: returns that somebody must treat, and the steps taken."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from visavis.listen.returns.models import Response
from visavis.people.persons.models import Person
from visavis.people.units.fields import PathField


class Why(models.TextChoices):
    """Why a return is in the list: the rule that matched first."""

    CALLBACK = "callback", _("Asks to be called back")
    CHURN = "churn", _("Speaks of leaving")
    STAKE = "stake", _("Unhappy at a key moment")
    REPEAT = "repeat", _("Second contact for the same reason")
    UNHAPPY = "unhappy", _("Unhappy")
    DELIGHTED = "delighted", _("To share if you wish")


class Rule(models.Model):
    """One ordered rule of the company: first match gives the rank, the sentence and the delay."""

    why = models.CharField(_("rule"), max_length=10, choices=Why, unique=True)
    rank = models.PositiveSmallIntegerField(_("rank"))
    active = models.BooleanField(_("active"), default=True)
    due_days = models.PositiveSmallIntegerField(_("days to treat it"), null=True, blank=True)

    class Meta:
        verbose_name = _("priority rule")
        verbose_name_plural = _("priority rules")

    def __str__(self) -> str:
        return self.why


class Case(models.Model):
    """One return to treat. The rank and its reason are kept as they were decided."""

    class Status(models.TextChoices):
        TO_DO = "to_do", _("To treat")
        DOING = "doing", _("Under way")
        WAITING = "waiting", _("Waiting for the customer")
        CLOSED = "closed", _("Closed")

    response = models.OneToOneField(Response, models.CASCADE, related_name="+", verbose_name=_("return"))
    why = models.CharField(_("rule"), max_length=10, choices=Why)
    rank = models.PositiveSmallIntegerField(_("rank"))
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("treated by")
    )
    unit_path = PathField(_("path"), db_index=True)
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.TO_DO)
    opened_on = models.DateField(_("opened on"))
    due_on = models.DateField(_("before"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    outcome = models.TextField(_("outcome"), blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        indexes = [
            models.Index(name="cases_to_do_by_person", fields=["person", "status", "rank", "due_on"]),
            models.Index(name="cases_to_do_by_branch", fields=["unit_path", "status"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="cases_closed_with_an_outcome",
                condition=~Q(status="closed") | (~Q(outcome="") & Q(closed_at__isnull=False)),
                violation_error_message=_("Say what became of it before closing."),
            ),
        ]

    def __str__(self) -> str:
        return f"case {self.pk} {self.why}"


class CaseStep(models.Model):
    """Something done about a case."""

    class Kind(models.TextChoices):
        CALL = "call", _("Call")
        REPLY = "reply", _("Reply")
        HANDOVER = "handover", _("Handed over")
        NOTE = "note", _("Note")
        CONTEST = "contest", _("Attribution contested")
        CLOSE = "close", _("Closed")

    case = models.ForeignKey(Case, models.CASCADE, related_name="+", verbose_name=_("case"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    text = models.TextField(_("text"), blank=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"
