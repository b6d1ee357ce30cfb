"""Staff and their assignments. No civil data beyond what the work needs."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from visavis.core.words import Role
from visavis.people.units.fields import PathField
from visavis.people.units.models import Unit

ROLES = [
    (Role.ADVISER.value, _("Adviser")),
    (Role.MANAGER.value, _("Team manager")),
    (Role.QUALITY.value, _("Quality")),
    (Role.HR.value, _("Human resources")),
    (Role.DIRECTION.value, _("Direction")),
    (Role.ADMIN.value, _("Administrator")),
    (Role.READER.value, _("Reader")),
    (Role.DPO.value, _("Data protection officer")),
]


class Person(models.Model):
    """Somebody who works here, known by the code that the company's files use."""

    code = models.CharField(_("staff code"), max_length=64, unique=True)
    name = models.CharField(_("name"), max_length=120)
    form = models.CharField(_("preferred form of the job's name"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    hired_on = models.DateField(_("hired on"), null=True, blank=True)
    left_on = models.DateField(_("left on"), null=True, blank=True)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def on(self, day: dt.date) -> AssignmentQuerySet:
        """Assignments that hold on ``day``; the last day counts."""
        return self.filter(starts_on__lte=day).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))


class Assignment(models.Model):
    """Where a person works, from a day to a day. An exchange belongs to the unit of its own day."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name=_("person"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    unit_path = PathField(_("path"), db_index=True)
    role = models.CharField(_("role"), max_length=10, choices=ROLES, default=Role.ADVISER.value)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)
    fte = models.DecimalField(_("full-time share"), max_digits=3, decimal_places=2, default=1)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [
            models.UniqueConstraint(name="assignments_one_start", fields=["person", "starts_on"]),
            models.CheckConstraint(
                name="assignments_end_after_start",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("An assignment ends after it starts."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} @ {self.unit_path} {self.starts_on}"
