"""Texts drawn to be read by a person, models learnt from what people said, and which one is in force."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import Exact, GreaterThan
from django.utils.translation import gettext_lazy as _

from visavis.listen.returns.models import POLARITIES, Verbatim
from visavis.listen.surveys.models import VOICES
from visavis.people.units.fields import PathField
from visavis.understand.learning.gate import Why
from visavis.understand.themes.models import Work

#: One text in five belongs to the test set, by its own key: whoever corrects it, nothing ever learns from it.
FROZEN_ONE_IN = 5


class Kind(models.TextChoices):
    """What is learnt."""

    TONE = "tone", _("Tone of texts")
    THEMES = "themes", _("Themes")


def is_frozen(verbatim: int) -> bool:
    """Whether a text, by its key, belongs to the test set. Keys are hashes: the share is a random one."""
    return verbatim % FROZEN_ONE_IN == 0


def tests(path: str) -> Exact:
    """The condition, on a column of keys, that texts belong to the test set."""
    return Exact(F(path) % FROZEN_ONE_IN, 0)


def teaches(path: str) -> GreaterThan:
    """The condition, on a column of keys, that texts may be learnt from."""
    return GreaterThan(F(path) % FROZEN_ONE_IN, 0)


class Draw(models.Model):
    """One text of a week's queue, how the engine read it on the day it was drawn, and what a person said.

    The reading is kept as it was before the answer: it is what the answer judges.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        ANSWERED = "answered", _("Answered")
        SKIPPED = "skipped", _("Skipped")

    verbatim = models.OneToOneField(
        Verbatim, models.CASCADE, related_name="+", primary_key=True, verbose_name=_("text")
    )
    voice = models.CharField(_("who speaks"), max_length=8, choices=VOICES)
    unit_path = PathField(_("path of that day"))
    week = models.DateField(_("week"), help_text=_("Its Monday."))
    place = models.PositiveIntegerField(_("place in the queue"))
    random = models.BooleanField(_("drawn at random"))
    frozen = models.BooleanField(_("kept apart to test"))
    words = models.CharField(_("fingerprint of the words"), max_length=32)
    version = models.CharField(_("version of the engine"), max_length=60)
    tone = models.CharField(_("tone read"), max_length=8, choices=POLARITIES, blank=True)
    sentiment = models.FloatField(_("sentiment, -1 to 1"), null=True, blank=True)
    certainty = models.FloatField(_("certainty, 0 to 1"), null=True, blank=True)
    themes = models.JSONField(_("themes read"), default=list, blank=True)
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.WAITING)
    said_tone = models.CharField(_("tone said"), max_length=8, choices=POLARITIES, blank=True)
    said_themes = models.JSONField(_("themes said"), default=list, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answered by"),
    )

    class Meta:
        verbose_name = _("text to read")
        verbose_name_plural = _("texts to read")
        indexes = [models.Index(name="draws_queue", fields=["status", "week", "place"])]
        constraints = [
            models.CheckConstraint(name="draws_test_is_random", condition=Q(frozen=False) | Q(random=True))
        ]

    def __str__(self) -> str:
        return f"draw {self.pk}"

    @property
    def read_themes(self) -> frozenset[str]:
        """The codes of the themes that the engine read."""
        return frozenset(theme["code"] for theme in self.themes)


class Fit(models.Model):
    """A candidate: what was learnt from what, how it was judged, and what was decided. Never changed.

    ``basis`` names all that it was learnt from and judged on: the same never makes a second candidate.
    """

    class Verdict(models.TextChoices):
        ACCEPTED = "accepted", _("Published")
        REFUSED = "refused", _("Refused")
        WAITING = "waiting", _("Waits for answers")

    kind = models.CharField(_("what is learnt"), max_length=6, choices=Kind)
    voice = models.CharField(_("who speaks"), max_length=8, choices=VOICES)
    number = models.PositiveIntegerField(_("number"))
    made_at = models.DateTimeField(_("made at"))
    engine = models.CharField(_("version of the engine"), max_length=20)
    basis = models.CharField(_("fingerprint of what it learnt from"), max_length=32)
    answers = models.PositiveIntegerField(_("texts learnt from"))
    verdict = models.CharField(_("decision"), max_length=8, choices=Verdict)
    why = models.CharField(_("reason of the decision"), max_length=20)
    measures = models.JSONField(_("measures"), default=dict)
    content = models.BinaryField(_("model"))

    class Meta:
        verbose_name = _("model")
        verbose_name_plural = _("models")
        constraints = [
            models.UniqueConstraint(name="fits_numbered", fields=["kind", "voice", "number"]),
            models.UniqueConstraint(name="fits_once", fields=["kind", "voice", "basis"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.voice} {self.number}"

    @property
    def passed(self) -> bool:
        """Whether it passed the gate, even if a person's choice kept it from being published."""
        return self.why in {Why.HOLDS, Why.CROSS, Why.HELD}


class Publication(models.Model):
    """From then on, texts of a voice are read with this model; without one, as the product was shipped.

    The last one holds. Going back is one more line. Texts heard from ``since`` on are read again, key after
    key up to ``cursor``; those heard before keep their reading, and the version that it tells.
    """

    kind = models.CharField(_("what is learnt"), max_length=6, choices=Kind)
    voice = models.CharField(_("who speaks"), max_length=8, choices=VOICES)
    fit = models.ForeignKey(
        Fit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("model")
    )
    at = models.DateTimeField(_("at"))
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    reason = models.CharField(_("reason of the choice"), max_length=300, blank=True)
    since = models.DateField(_("texts read again from"))
    cursor = models.BigIntegerField(_("last text read again"), default=-1)
    done = models.BooleanField(_("all read again"), default=False)

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        indexes = [models.Index(name="publications_last", fields=["kind", "voice", "-id"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.voice} {self.fit_id}"


class Distillation(Work):
    """The larger model asked to teach the tone of the company's own texts; ``fit``: the candidate it made."""

    fit = models.ForeignKey(
        Fit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("model")
    )

    class Meta:
        verbose_name = _("lesson of the larger model")
        verbose_name_plural = _("lessons of the larger model")


class Opinion(models.Model):
    """A text that the second opinion looked at: under which reading, and what it changed."""

    verbatim = models.OneToOneField(
        Verbatim, models.CASCADE, related_name="+", primary_key=True, verbose_name=_("text")
    )
    version = models.CharField(_("reading it looked at"), max_length=60)
    before = models.CharField(_("tone before"), max_length=8, choices=POLARITIES, blank=True)
    after = models.CharField(_("tone after"), max_length=8, choices=POLARITIES, blank=True)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("second opinion")
        verbose_name_plural = _("second opinions")

    def __str__(self) -> str:
        return f"second opinion {self.pk}"


class Reader(models.TextChoices):
    """What reads texts by itself, and may be turned off."""

    TONE = "tone", _("Tone of texts")
    THEMES = "themes", _("Themes")
    SECOND = "second", _("Second opinion")
    LANGUAGES = "languages", _("Other languages")
    MEANING = "meaning", _("Nearness of meaning")


class Switch(models.Model):
    """Whether a reader is on; without a line it is."""

    reader = models.CharField(_("reader"), max_length=10, choices=Reader, primary_key=True)
    on = models.BooleanField(_("turned on"))
    at = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("switch")
        verbose_name_plural = _("switches")

    def __str__(self) -> str:
        return f"{self.reader} {'on' if self.on else 'off'}"
