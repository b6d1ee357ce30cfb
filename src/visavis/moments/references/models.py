"""The reference of moments and its editions."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from visavis.core.languages import say

valid_slug = RegexValidator(
    r"^[a-z0-9_.-]{1,64}$", _("A code holds small letters, figures, dots, dashes and underscores.")
)


class Named(models.Model):
    """Something the company names in its own words, in each of its languages."""

    code = models.CharField(_("code"), max_length=64, unique=True, validators=[valid_slug])
    name = models.JSONField(_("name"), default=dict)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the language in force."""
        return say(self.name, get_language() or "fr") or self.code


class Edition(models.Model):
    """A published state of a reference, kept whole, so that any figure can be computed again under it."""

    class Kind(models.TextChoices):
        MOMENTS = "moments", _("Moments")
        THEMES = "themes", _("Themes")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    number = models.PositiveIntegerField(_("number"))
    published_at = models.DateTimeField(_("published at"))
    reason = models.CharField(_("reason"), max_length=300)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    content = models.JSONField(_("content"))

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        constraints = [models.UniqueConstraint(name="editions_numbered", fields=["kind", "number"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class Moment(Named):
    """A moment of truth (customers) or a moment of life (employees): one model for both voices."""

    class Kind(models.TextChoices):
        TRUTH = "truth", _("Moment of truth")
        LIFE = "life", _("Moment of life")

    class Stage(models.TextChoices):
        STIMULUS = "stimulus", _("Stimulus")
        ZMOT = "zmot", _("Zero moment of truth")
        FMOT = "fmot", _("First moment of truth")
        SMOT = "smot", _("Second moment of truth")
        TMOT = "tmot", _("Third moment of truth")
        ARRIVAL = "arrival", _("Arrival")
        DAILY = "daily", _("Everyday")
        LEARNING = "learning", _("Learning")
        ORDEAL = "ordeal", _("Ordeal")
        RECOGNITION = "recognition", _("Recognition")
        EVOLUTION = "evolution", _("Evolution")
        DEPARTURE = "departure", _("Departure")

    class Stake(models.TextChoices):
        ORDINARY = "ordinary", _("Ordinary stake")
        HIGH = "high", _("High stake")

    kind = models.CharField(_("kind"), max_length=5, choices=Kind)
    stage = models.CharField(_("stage"), max_length=12, choices=Stage)
    description = models.JSONField(_("description"), default=dict, blank=True)
    stake = models.CharField(_("stake"), max_length=8, choices=Stake, default=Stake.ORDINARY)
    reasons = models.JSONField(_("contact reasons it covers"), default=list, blank=True)
    channels = models.JSONField(_("channels it covers"), default=list, blank=True)
    facing = models.JSONField(_("moments it faces on the other side"), default=list, blank=True)
    questions = models.JSONField(_("questions that listen to it"), default=list, blank=True)
    review_on = models.DateField(_("to look at again on"), null=True, blank=True)
    retired_in = models.ForeignKey(
        Edition, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("retired in")
    )

    class Meta:
        verbose_name = _("moment")
        verbose_name_plural = _("moments")
