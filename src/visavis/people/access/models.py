"""Grants: what an account may do, and where. The journal: what was done, in sentences."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from visavis.people.persons.models import ROLES
from visavis.people.units.fields import PathField
from visavis.people.units.models import Unit


class GrantQuerySet(models.QuerySet["Grant"]):
    def on(self, day: dt.date) -> GrantQuerySet:
        """Grants that hold on ``day``."""
        return self.filter(starts_on__lte=day).from_day(day)

    def from_day(self, day: dt.date) -> GrantQuerySet:
        """Grants that hold on ``day`` or will later."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))


class Grant(models.Model):
    """One role of one account on one branch of the tree, from a day to a day."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("account")
    )
    role = models.CharField(_("role"), max_length=10, choices=ROLES)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("grant")
        verbose_name_plural = _("grants")
        constraints = [
            models.UniqueConstraint(name="grants_once", fields=["account", "role", "unit", "starts_on"])
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.role} {self.unit_id}"


class JournalEntry(models.Model):
    """One line of the journal: a verb and its words, told as a sentence on screen. Never changed.

    Each line holds the fingerprint of the one before it (``chain.py``): a line changed, left out or slipped
    in shows. ``actor`` is ``account`` as it was, for the fingerprint.
    """

    at = models.DateTimeField(_("at"), default=timezone.now, db_index=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    verb = models.CharField(_("verb"), max_length=60, db_index=True)
    about = models.CharField(_("about"), max_length=80, blank=True)
    unit_path = PathField(_("path"), blank=True)
    words = models.JSONField(_("words"), default=dict)
    actor = models.BigIntegerField(_("number of the account"), null=True, blank=True)
    link = models.CharField(_("fingerprint"), max_length=64)

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb}"


class JournalCut(models.Model):
    """Where the kept part of the journal begins: what was older went with its retention time."""

    upto = models.BigIntegerField(_("last line removed"), unique=True)
    link = models.CharField(_("its fingerprint"), max_length=64)
    lines = models.PositiveIntegerField(_("lines removed"))
    made_at = models.DateTimeField(_("made at"), default=timezone.now)

    class Meta:
        verbose_name = _("cut of the journal")
        verbose_name_plural = _("cuts of the journal")

    def __str__(self) -> str:
        return f"{self.upto} {self.made_at:%Y-%m-%d}"
