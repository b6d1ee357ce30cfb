"""Themes: what is spoken about, on two levels, one space for both voices; and their next version at work."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from visavis.core.languages import say
from visavis.listen.returns.models import POLARITIES, Verbatim
from visavis.moments.references.models import Edition, Named, valid_slug


class Theme(Named):
    """One theme, by a stable code: renaming keeps it, retiring keeps the history."""

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("under")
    )
    voices = models.JSONField(_("heard from"), default=list)
    definition = models.JSONField(_("definition"), default=dict, blank=True)
    keywords = models.JSONField(_("keywords"), default=dict, blank=True)
    examples = models.JSONField(_("examples"), default=dict, blank=True)
    tests = models.JSONField(_("sentences that must, or must not, have it"), default=dict, blank=True)
    facing = models.JSONField(_("themes it faces on the other side"), default=list, blank=True)
    retired_in = models.ForeignKey(
        Edition, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("retired in")
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("merged into")
    )

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        constraints = [
            models.CheckConstraint(name="themes_not_their_own_parent", condition=~Q(parent=models.F("id")))
        ]


class ThemeDraft(models.Model):
    """A theme as it will be once published: its whole sheet, in place of what is in force."""

    code = models.CharField(_("code"), max_length=64, unique=True, validators=[valid_slug])
    sheet = models.JSONField(_("sheet"))
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    saved_at = models.DateTimeField(_("saved at"))

    class Meta:
        verbose_name = _("draft of a theme")
        verbose_name_plural = _("drafts of themes")

    def __str__(self) -> str:
        return self.code

    @property
    def name(self) -> str:
        """What it is called in the language in force."""
        return say(self.sheet.get("name", {}), get_language() or "fr") or self.code


class Work(models.Model):
    """Long work on the texts of the company: one worker at a time, taken up where it stopped."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        RUNNING = "running", _("under way")
        READY = "ready", _("ready")
        FAILED = "failed", _("stopped")

    state = models.CharField(_("state"), max_length=8, choices=State, default=State.QUEUED)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    asked_at = models.DateTimeField(_("asked at"))
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    done = models.PositiveIntegerField(_("texts done"), default=0)
    total = models.PositiveIntegerField(_("texts in all"), default=0)
    cursor = models.BigIntegerField(_("last text done"), null=True, blank=True)
    lease = models.CharField(_("worker"), max_length=120, blank=True)
    alive_at = models.DateTimeField(_("last sign of life"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    problem = models.CharField(_("what went wrong"), max_length=120, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{type(self).__name__} {self.pk}"


class Rereading(Work):
    """The history read again under a version; what is read today stands until somebody adopts it."""

    class Fate(models.TextChoices):
        OPEN = "open", _("to decide")
        ADOPTED = "adopted", _("adopted")
        LEFT = "left", _("left aside")

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="+", verbose_name=_("edition"))
    engine = models.CharField(_("version of the engine"), max_length=60, blank=True)
    fate = models.CharField(_("what became of it"), max_length=7, choices=Fate, default=Fate.OPEN)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    class Meta:
        verbose_name = _("second reading")
        verbose_name_plural = _("second readings")
        constraints = [
            models.UniqueConstraint(name="rereadings_one_open", fields=["fate"], condition=Q(fate="open"))
        ]


class RereadTheme(models.Model):
    """One theme of a text that reads otherwise: newly heard, no longer heard, or heard as before."""

    class Change(models.TextChoices):
        GAINED = "gained", _("newly heard")
        LOST = "lost", _("no longer heard")
        KEPT = "kept", _("heard as before")

    rereading = models.ForeignKey(Rereading, models.CASCADE, related_name="+", verbose_name=_("reading"))
    verbatim = models.ForeignKey(Verbatim, models.CASCADE, related_name="+", verbose_name=_("verbatim"))
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="+", verbose_name=_("theme"))
    change = models.CharField(_("change"), max_length=6, choices=Change)
    polarity = models.CharField(_("tone"), max_length=8, choices=POLARITIES, blank=True)
    certainty = models.FloatField(_("certainty, 0 to 1"), null=True, blank=True)
    evidence = models.JSONField(_("the words that carry it"), default=list, blank=True)

    class Meta:
        verbose_name = _("theme read again")
        verbose_name_plural = _("themes read again")
        constraints = [models.UniqueConstraint(name="reread_once", fields=["rereading", "verbatim", "theme"])]
        indexes = [models.Index(name="reread_by_theme", fields=["rereading", "change", "theme"])]

    def __str__(self) -> str:
        return f"{self.change} {self.theme_id} {self.verbatim_id}"


class Discovery(Work):
    """A search for what customers speak about and no theme names."""

    class Meta:
        verbose_name = _("search for new themes")
        verbose_name_plural = _("searches for new themes")


class Proposal(models.Model):
    """Texts that speak alike and of no theme: to name, to merge, or to refuse."""

    class Fate(models.TextChoices):
        OPEN = "open", _("to decide")
        NAMED = "named", _("named")
        MERGED = "merged", _("merged")
        REFUSED = "refused", _("refused")

    discovery = models.ForeignKey(Discovery, models.CASCADE, related_name="+", verbose_name=_("found by"))
    words = models.JSONField(_("its words"))
    size = models.PositiveIntegerField(_("texts"))
    texts = models.JSONField(_("texts that show it best"))
    centre = models.BinaryField(_("its meaning"))
    fate = models.CharField(_("what became of it"), max_length=7, choices=Fate, default=Fate.OPEN)
    reason = models.CharField(_("why"), max_length=300, blank=True)
    theme = models.CharField(_("code of the theme"), max_length=64, blank=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    class Meta:
        verbose_name = _("proposal of a theme")
        verbose_name_plural = _("proposals of themes")
        indexes = [models.Index(name="proposals_by_fate", fields=["fate", "discovery"])]

    def __str__(self) -> str:
        return ", ".join(self.words[:3])
