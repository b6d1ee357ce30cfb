"""Themes: what is spoken about. Two levels, one space for both voices."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from visavis.moments.references.models import Edition, Named


class Theme(Named):
    """One theme, by a stable code: renaming keeps it, retiring keeps the history."""

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("under")
    )
    voices = models.JSONField(_("heard from"), default=list)
    definition = models.JSONField(_("definition"), default=dict, blank=True)
    keywords = models.JSONField(_("keywords"), default=dict, blank=True)
    examples = models.JSONField(_("examples"), default=dict, blank=True)
    facing = models.JSONField(_("themes it faces on the other side"), default=list, blank=True)
    retired_in = models.ForeignKey(
        Edition, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("retired in")
    )

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        constraints = [
            models.CheckConstraint(name="themes_not_their_own_parent", condition=~Q(parent=models.F("id")))
        ]
