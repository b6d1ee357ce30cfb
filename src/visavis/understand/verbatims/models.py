"""Annotations: one reading of a text, or of one theme in it, by the engine or by a person."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from visavis.listen.returns.models import POLARITIES, Response, Verbatim
from visavis.moments.references.models import Edition, Moment
from visavis.people.units.models import Unit
from visavis.understand.themes.models import Theme


class AnnotationQuerySet(models.QuerySet["Annotation"]):
    def current(self) -> AnnotationQuerySet:
        """What holds today: a person's reading wins over the engine's."""
        return self.filter(current=True)


class Annotation(models.Model):
    """One theme heard in one text; without theme, the whole text. The engine never overwrites a person."""

    class By(models.TextChoices):
        ENGINE = "engine", _("Engine")
        HUMAN = "human", _("Person")

    verbatim = models.ForeignKey(
        Verbatim, models.CASCADE, db_index=False, related_name="+", verbose_name=_("verbatim")
    )
    theme = models.ForeignKey(
        Theme, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("theme")
    )
    polarity = models.CharField(_("tone"), max_length=8, choices=POLARITIES, blank=True)
    certainty = models.FloatField(_("certainty, 0 to 1"), null=True, blank=True)
    evidence = models.JSONField(_("the words that carry it"), default=list, blank=True)
    emotion = models.CharField(_("emotion"), max_length=20, blank=True)
    moment = models.ForeignKey(
        Moment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("moment")
    )
    by = models.CharField(_("read by"), max_length=6, choices=By)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("corrected by"),
    )
    # Of a person's reading: the fingerprint of the words that she read.
    version = models.CharField(_("version of the engine"), max_length=60, blank=True)
    edition = models.ForeignKey(
        Edition, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("edition")
    )
    made_at = models.DateTimeField(_("made at"))
    current = models.BooleanField(_("holds today"), default=True)
    refused = models.BooleanField(_("a person says it is not there"), default=False)

    objects = AnnotationQuerySet.as_manager()

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        indexes = [
            models.Index(name="readings_by_theme", fields=["theme", "current", "polarity"]),
            # Holds all that the themes of many texts are counted from.
            models.Index(
                name="readings_heard", fields=["verbatim", "current", "refused", "theme", "polarity"]
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="readings_one_current",
                fields=["verbatim", "theme"],
                condition=Q(current=True, theme__isnull=False),
            ),
            models.UniqueConstraint(
                name="readings_one_current_whole",
                fields=["verbatim"],
                condition=Q(current=True, theme__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verbatim_id} {self.theme_id} {self.polarity}"


class Placement(models.Model):
    """The moment that a text speaks of, as a person says; without moment: it speaks of none.

    It goes when the words change. ``Verbatim.corrected`` is about tone and themes, and stays as it is.
    """

    verbatim = models.OneToOneField(Verbatim, models.CASCADE, related_name="+", verbose_name=_("verbatim"))
    moment = models.ForeignKey(
        Moment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("moment")
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("corrected by")
    )
    words = models.CharField(_("fingerprint of the words"), max_length=60)
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name = _("moment of a text")
        verbose_name_plural = _("moments of texts")

    def __str__(self) -> str:
        return f"{self.verbatim_id} {self.moment_id}"


class Unveiling(models.Model):
    """The original words of one return, opened to one person for a while, and why. Never changed."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="+", verbose_name=_("return"))
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("opened to")
    )
    reason = models.CharField(_("reason"), max_length=200)
    opened_at = models.DateTimeField(_("opened at"))
    closes_at = models.DateTimeField(_("closes at"))

    class Meta:
        verbose_name = _("opening of original words")
        verbose_name_plural = _("openings of original words")
        indexes = [models.Index(name="unveilings_open", fields=["response", "account", "closes_at"])]

    def __str__(self) -> str:
        return f"{self.response_id} {self.account_id}"


class SavedView(models.Model):
    """A page and what it asks, under a name; whoever opens it sees what she may see of it, no more."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("made by")
    )
    # One of ``saved_pages.pages``.
    page = models.CharField(_("page"), max_length=20, default="verbatims")
    name = models.CharField(_("name"), max_length=80)
    query = models.CharField(_("what it asks"), max_length=2000, blank=True)
    shared_with = models.ForeignKey(
        Unit,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("shared with"),
        help_text=_("Whoever reads this page for this branch, or for a part of it, finds it too."),
    )

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        constraints = [models.UniqueConstraint(name="saved_views_by_name", fields=["account", "name"])]

    def __str__(self) -> str:
        return self.name
