"""The organisation tree, and the facts that mark its life."""

from __future__ import annotations

import datetime as dt

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from visavis.core.languages import say
from visavis.people.units.fields import PathField, branch

#: A code is one step of a path: no slash, no blank.
valid_code = RegexValidator(
    r"^[^/\s]{1,64}$", _("A code holds no slash and no blank, 64 characters at most.")
)


class UnitQuerySet(models.QuerySet["Unit"]):
    def open_on(self, day: dt.date) -> UnitQuerySet:
        """Units that exist on ``day``."""
        return self.filter(Q(opened_on__isnull=True) | Q(opened_on__lte=day)).filter(
            Q(closed_on__isnull=True) | Q(closed_on__gt=day)
        )

    def below(self, path: str) -> UnitQuerySet:
        """The unit at ``path`` and all under it."""
        return self.filter(branch(path, "path"))


class Unit(models.Model):
    """One node of the tree. Never deleted: closed by a date."""

    class Kind(models.TextChoices):
        COMPANY = "company", _("Company")
        DIRECTION = "direction", _("Department")
        CENTRE = "centre", _("Centre")
        FLOOR = "floor", _("Floor")
        AGENCY = "agency", _("Branch office")
        TEAM = "team", _("Team")

    code = models.CharField(_("code"), max_length=64, unique=True, validators=[valid_code])
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.TEAM)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("under")
    )
    path = PathField(_("path"), unique=True)
    opened_on = models.DateField(_("opened on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        constraints = [
            models.UniqueConstraint(name="units_one_company", fields=["kind"], condition=Q(kind="company")),
            models.CheckConstraint(
                name="units_only_the_company_is_the_root",
                condition=Q(parent__isnull=True, kind="company")
                | (Q(parent__isnull=False) & ~Q(kind="company")),
            ),
            models.CheckConstraint(
                name="units_closed_after_opening",
                condition=Q(closed_on__isnull=True)
                | Q(opened_on__isnull=True)
                | Q(closed_on__gt=F("opened_on")),
                violation_error_message=_("A unit closes after it opened."),
            ),
            models.CheckConstraint(
                name="units_path_is_a_folder", condition=Q(path__startswith="/", path__endswith="/")
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Event(models.Model):
    """Something that happened to a branch, drawn on every time chart of it."""

    class Kind(models.TextChoices):
        INCIDENT = "incident", _("Incident")
        LAUNCH = "launch", _("Launch")
        PLANNING = "planning", _("Schedules")
        SEASON = "season", _("Season")
        ACTION = "action", _("Action")
        WEATHER = "weather", _("Weather")

    code = models.CharField(_("code"), max_length=64, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    name = models.JSONField(_("name"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    unit_path = PathField(_("path"), db_index=True)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def __str__(self) -> str:
        return f"{self.code} ({self.starts_on})"

    @property
    def label(self) -> str:
        """The name in the language in force."""
        return say(self.name, get_language() or "fr") or self.code
