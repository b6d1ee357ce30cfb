"""Reports as they were when their month closed, and what changed of their figures since."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from visavis.people.units.fields import PathField
from visavis.people.units.models import Unit


class FrozenUnit(models.Model):
    """A unit whose report is frozen each month, as that of the company is: somebody asked for it."""

    unit = models.OneToOneField(Unit, models.PROTECT, related_name="+", verbose_name=_("scope"))
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("asked by")
    )

    class Meta:
        verbose_name = _("unit with frozen reports")
        verbose_name_plural = _("units with frozen reports")

    def __str__(self) -> str:
        return str(self.unit_id)


class FrozenReport(models.Model):
    """The report of a month and a branch, whole, in each language: figures do not move once they were told.

    Texts are kept by their keys alone: what a customer has withdrawn is not shown again.
    """

    month = models.DateField(_("month"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("scope"))
    unit_path = PathField(_("path"))
    frozen_at = models.DateTimeField(_("frozen at"))
    compared_at = models.DateTimeField(_("compared at"))
    content = models.JSONField(_("report"))
    versions = models.JSONField(_("versions"), default=dict)

    class Meta:
        verbose_name = _("frozen report")
        verbose_name_plural = _("frozen reports")
        constraints = [models.UniqueConstraint(name="frozen_once", fields=["month", "unit"])]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.unit_id}"


class Revision(models.Model):
    """What the figures of a frozen report would be today, where they differ; noticed by a job."""

    report = models.ForeignKey(
        FrozenReport, models.CASCADE, related_name="+", verbose_name=_("frozen report")
    )
    noticed_at = models.DateTimeField(_("noticed at"))
    lines = models.JSONField(_("figures that differ"))

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")

    def __str__(self) -> str:
        return f"{self.report_id} {self.noticed_at}"
