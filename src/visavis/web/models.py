"""What browsers refused to do on our pages: counts by day, never what they were asked to do."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PolicyReport(models.Model):
    """How often, on one day, the policy of one page made browsers refuse one kind of thing."""

    class Origin(models.TextChoices):
        INLINE = "inline", _("written in the page")
        EVAL = "eval", _("text run as a script")
        OURS = "ours", _("from this site")
        DATA = "data", _("in the address itself")
        ELSEWHERE = "elsewhere", _("from elsewhere")

    day = models.DateField(_("day"))
    directive = models.CharField(_("directive"), max_length=30)
    route = models.CharField(_("page"), max_length=80, blank=True)
    origin = models.CharField(_("what was refused"), max_length=10, choices=Origin)
    times = models.PositiveIntegerField(_("times"), default=0)

    class Meta:
        verbose_name = _("report of a browser")
        verbose_name_plural = _("reports of browsers")
        constraints = [
            models.UniqueConstraint(
                name="policy_reports_once", fields=["day", "directive", "route", "origin"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.directive} {self.route} {self.times}"
