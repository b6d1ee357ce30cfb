"""What is watched, and what departed: an alert, its state, the steps of its life."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from visavis.moments.exchanges.models import Channel, Reason
from visavis.people.units.fields import PathField
from visavis.people.units.models import Unit
from visavis.understand.themes.models import Theme


class Figure(models.TextChoices):
    """What may be watched."""

    SATISFACTION = "satisfaction", _("Satisfied customers")
    RECOMMENDATION = "recommendation", _("Recommendation (NPS)")
    THEME = "theme", _("Share of texts that speak of a theme")
    VOLUME = "volume", _("Number of returns")


class Watch(models.Model):
    """A figure of a branch, followed week after week against a frozen baseline."""

    # What it is, as one text: two people who ask for the same figure follow the same one.
    key = models.CharField(_("key"), max_length=600, unique=True)
    figure = models.CharField(_("figure"), max_length=14, choices=Figure)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("scope"))
    unit_path = PathField(_("path"), db_index=True)
    theme = models.ForeignKey(
        Theme, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("theme")
    )
    channel = models.ForeignKey(
        Channel, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("channel")
    )
    reason = models.ForeignKey(
        Reason, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("reason")
    )
    usual = models.BooleanField(_("watched without asking"), default=False)
    everyone = models.BooleanField(_("shown to whoever sees the branch"), default=False)
    baseline = models.JSONField(_("baseline"), null=True, blank=True)
    rebased_from = models.DateField(_("baseline taken again from"), null=True, blank=True)
    looked_on = models.DateField(_("last week looked at"), null=True, blank=True)

    class Meta:
        verbose_name = _("watched figure")
        verbose_name_plural = _("watched figures")
        constraints = [
            models.CheckConstraint(
                name="watches_a_theme_when_of_a_theme",
                condition=Q(figure="theme", theme__isnull=False)
                | (~Q(figure="theme") & Q(theme__isnull=True)),
                violation_error_message=_("Choose the theme to watch."),
            )
        ]

    def __str__(self) -> str:
        return self.key


class Told(models.Model):
    """Somebody who asked to be told about a watched figure."""

    watch = models.ForeignKey(Watch, models.CASCADE, related_name="+", verbose_name=_("watched figure"))
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("who is told")
    )

    class Meta:
        verbose_name = _("person told")
        verbose_name_plural = _("people told")
        constraints = [models.UniqueConstraint(name="told_once", fields=["watch", "account"])]

    def __str__(self) -> str:
        return f"{self.watch_id} {self.account_id}"


class Alert(models.Model):
    """A departure: when it was seen, since when it lasts, and what became of it.

    ``found`` keeps what was told at the last look: counts since the break and before it, limits, chance.
    """

    class State(models.TextChoices):
        OPEN = "open", _("To look at")
        SEEN = "seen", _("Seen")
        EXPLAINED = "explained", _("Explained")
        CLOSED = "closed", _("Back to usual")

    watch = models.ForeignKey(Watch, models.PROTECT, related_name="+", verbose_name=_("watched figure"))
    unit_path = PathField(_("path"), db_index=True)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.OPEN)
    week = models.DateField(_("week that departed"))
    above = models.BooleanField(_("above the usual"))
    since = models.DateField(_("since the week of"))
    since_first = models.DateField(_("at the earliest"))
    since_last = models.DateField(_("at the latest"))
    found = models.JSONField(_("what was found"), default=dict)
    explanation = models.TextField(_("explanation"), blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    class Meta:
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        constraints = [
            models.UniqueConstraint(
                name="alerts_one_at_a_time", fields=["watch"], condition=Q(ended_on__isnull=True)
            ),
            models.UniqueConstraint(name="alerts_once_a_week", fields=["watch", "week"]),
            models.CheckConstraint(
                name="alerts_explained_in_words", condition=~Q(state="explained") | ~Q(explanation="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.watch_id} {self.week}"


class AlertStep(models.Model):
    """One step of an alert's life."""

    class Kind(models.TextChoices):
        OPENED = "opened", _("left its usual limits")
        SEEN = "seen", _("seen")
        EXPLAINED = "explained", _("said what explains it")
        REBASED = "rebased", _("taken as the new usual level")
        CLOSED = "closed", _("back within its usual limits")

    alert = models.ForeignKey(Alert, models.CASCADE, related_name="+", verbose_name=_("alert"))
    kind = models.CharField(_("step"), max_length=9, choices=Kind)
    on = models.DateField(_("on"))
    text = models.TextField(_("text"), blank=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("step of an alert")
        verbose_name_plural = _("steps of alerts")

    def __str__(self) -> str:
        return f"{self.alert_id} {self.kind}"
