"""What was released of employees' answers: the only tables that a screen may read of them, and the gate."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from visavis.listen.campaigns.models import Campaign
from visavis.people.units.fields import PathField


class Kind(models.TextChoices):
    """What a release is of."""

    WAVE = "wave", _("Wave of a barometer")
    EXCHANGES = "exchanges", _("Month of exchanges told by both sides")
    WORDS = "words", _("Month of employees’ words")
    MIRROR = "mirror", _("Employees’ side of a mirror study")


class Release(models.Model):
    """A closed wave or month, published once. Nothing in it ever changes."""

    kind = models.CharField(_("kind"), max_length=9, choices=Kind)
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("campaign")
    )
    first_on = models.DateField(_("first day"))
    last_on = models.DateField(_("last day"))
    floor = models.PositiveSmallIntegerField(_("fewest people of a figure"))
    comment_floor = models.PositiveSmallIntegerField(_("fewest people around a comment"))
    crosstab_floor = models.PositiveSmallIntegerField(_("fewest people of a crossed cell"))
    sensitive_floor = models.PositiveSmallIntegerField(_("fewest people on a sensitive topic"))
    invited = models.PositiveIntegerField(_("people asked"), null=True)
    people = models.PositiveIntegerField(_("people who answered"))
    published_at = models.DateTimeField(_("published at"))
    audit = models.JSONField(_("what the auditor found"), default=dict)
    #: Whether the gesture that gave this one made it; not kept.
    made_now = False

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        constraints = [
            models.UniqueConstraint(
                name="releases_campaigns_once",
                fields=["kind", "campaign"],
                condition=Q(campaign__isnull=False),
            ),
            models.UniqueConstraint(
                name="releases_months_once", fields=["kind", "first_on"], condition=Q(campaign__isnull=True)
            ),
            models.CheckConstraint(
                name="releases_end_after_start", condition=Q(last_on__gte=models.F("first_on"))
            ),
            models.CheckConstraint(
                name="releases_floors",
                condition=Q(
                    floor__gte=5, comment_floor__gte=10, crosstab_floor__gte=10, sensitive_floor__gte=11
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.first_on}"

    @property
    def answered(self) -> int | None:
        """How many people answered, for a screen; none where fewer did than a figure needs."""
        return self.people if self.people >= self.floor else None


class ReleasedCell(models.Model):
    """A group of a release: a unit or several, or values of one cut of the company."""

    class State(models.TextChoices):
        SHOWN = "shown", _("Shown")
        MERGED = "merged", _("Shown with others")
        MASKED = "masked", _("Masked")

    release = models.ForeignKey(Release, models.CASCADE, related_name="+", verbose_name=_("release"))
    cut = models.CharField(_("cut"), max_length=64)
    place = models.CharField(_("place"), max_length=2000)
    position = models.PositiveSmallIntegerField(_("position"))
    names = models.JSONField(_("name"), default=dict)
    unit_path = PathField(_("branch concerned"))
    members = models.JSONField(_("members"), default=list)
    people = models.PositiveIntegerField(_("people who answered"), null=True)
    invited = models.PositiveIntegerField(_("people asked"), null=True)
    state = models.CharField(_("state"), max_length=6, choices=State)

    class Meta:
        verbose_name = _("released cell")
        verbose_name_plural = _("released cells")
        constraints = [
            models.UniqueConstraint(name="released_cells_order", fields=["release", "cut", "position"])
        ]

    def __str__(self) -> str:
        return f"{self.cut} {self.place}"


class ReleasedFigure(models.Model):
    """The answers to one question in one cell. A question that has no row here may not be shown there."""

    cell = models.ForeignKey(ReleasedCell, models.CASCADE, related_name="+", verbose_name=_("cell"))
    key = models.CharField(_("question"), max_length=64)
    counts = models.JSONField(_("number of each answer"), default=dict)
    n = models.PositiveIntegerField(_("answers"))

    class Meta:
        verbose_name = _("released figure")
        verbose_name_plural = _("released figures")
        constraints = [models.UniqueConstraint(name="released_figures_once", fields=["cell", "key"])]

    def __str__(self) -> str:
        return f"{self.cell_id} {self.key}"


class ReleasedComment(models.Model):
    """A comment that leads to nobody: no day, no attribute, names masked, order and key drawn."""

    id = models.BigIntegerField(primary_key=True)
    release = models.ForeignKey(Release, models.CASCADE, related_name="+", verbose_name=_("release"))
    unit_path = PathField(_("branch"))
    order = models.PositiveIntegerField(_("order, drawn at random"))
    question_key = models.CharField(_("question"), max_length=64)
    text = models.TextField(_("text without personal data"))
    themes = models.JSONField(_("themes"), default=list)

    class Meta:
        verbose_name = _("released comment")
        verbose_name_plural = _("released comments")
        constraints = [models.UniqueConstraint(name="released_comments_order", fields=["release", "order"])]

    def __str__(self) -> str:
        return f"{self.release_id} {self.order}"


class WaveGate(models.Model):
    """What must be said before employees' answers are first released. The latest row holds."""

    consulted_on = models.DateField(
        _("date of the consultation of the works council"),
        help_text=_("The day on which the CSE was informed and consulted about listening to employees."),
    )
    assessment = models.CharField(
        _("reference of the impact assessment"),
        max_length=120,
        help_text=_("Of the data protection impact assessment (DPIA), as your register names it."),
    )
    notice = models.TextField(
        _("notice given to employees"), help_text=_("The text that employees read before they answer.")
    )
    acknowledged = models.BooleanField(_("employees have received this notice"), default=False)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    recorded_at = models.DateTimeField(_("recorded at"))

    class Meta:
        verbose_name = _("gate of the waves")
        verbose_name_plural = _("gates of the waves")

    def __str__(self) -> str:
        return f"{self.consulted_on} {self.assessment}"
