"""What two campaigns do not say of themselves: which design they follow, and how far apart is still alike."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from visavis.listen.campaigns.models import Campaign


class Study(models.Model):
    """A mirror study: two campaigns that share their question keys. Its design and margin are set before."""

    class Design(models.TextChoices):
        PREDICTS = "predicts", _("Employees predict the customers’ answers")
        JUDGES = "judges", _("Each side judges its own experience")

    campaign = models.OneToOneField(
        Campaign, models.PROTECT, related_name="+", verbose_name=_("campaign of the customers")
    )
    design = models.CharField(_("design"), max_length=8, choices=Design)
    margin = models.FloatField(_("margin within which both sides are alike"))

    class Meta:
        verbose_name = _("mirror study")
        verbose_name_plural = _("mirror studies")
        constraints = [
            models.CheckConstraint(name="mirror_margins_above_zero", condition=Q(margin__gt=0)),
        ]

    def __str__(self) -> str:
        return self.campaign.code
