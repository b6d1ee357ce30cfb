"""A moment as it will be once published, and what people in the field propose about moments."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from visavis.moments.references.models import Moment, valid_slug
from visavis.people.units.fields import PathField


class MomentDraft(models.Model):
    """A moment as it will be once published: its whole sheet, in place of what is in force."""

    code = models.CharField(_("code"), max_length=64, unique=True, validators=[valid_slug])
    sheet = models.JSONField(_("sheet"))
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    saved_at = models.DateTimeField(_("saved at"))

    class Meta:
        verbose_name = _("draft of a moment")
        verbose_name_plural = _("drafts of moments")

    def __str__(self) -> str:
        return self.code


class Idea(models.Model):
    """What somebody in the field proposes: a moment that is missing, or another view of one that is there."""

    class State(models.TextChoices):
        OPEN = "open", _("waiting for an answer")
        TAKEN = "taken", _("taken up")
        DECLINED = "declined", _("not taken up")

    moment = models.ForeignKey(
        Moment, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("moment")
    )
    text = models.CharField(_("what is proposed"), max_length=1000)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    unit_path = PathField(_("path"), blank=True)
    made_at = models.DateTimeField(_("proposed at"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    answer = models.CharField(_("answer"), max_length=1000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answered by"),
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    class Meta:
        verbose_name = _("proposal from the field")
        verbose_name_plural = _("proposals from the field")
        constraints = [
            models.CheckConstraint(
                name="ideas_are_answered_in_words", condition=Q(state="open") | ~Q(answer="")
            )
        ]
        indexes = [models.Index(name="ideas_by_state", fields=["state", "made_at"])]

    def __str__(self) -> str:
        return f"{self.state} {self.moment_id or ''}"
