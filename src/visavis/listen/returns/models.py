"""Responses, answers, verbatims: what was said, by either voice."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from visavis.core.words import Polarity, Voice
from visavis.listen.campaigns.models import Campaign
from visavis.listen.surveys.models import VOICES, Question
from visavis.moments.exchanges.models import Channel, Customer, Interaction, Level, Reason
from visavis.moments.references.models import Moment
from visavis.people.persons.models import Person
from visavis.people.units.fields import PathField
from visavis.people.units.models import Unit
from visavis.text.personal import blanked

POLARITIES = [
    (Polarity.NEGATIVE.value, _("Negative")),
    (Polarity.NEUTRAL.value, _("Neutral")),
    (Polarity.POSITIVE.value, _("Positive")),
    (Polarity.MIXED.value, _("Mixed")),
]


_COUNTED = [
    "voice", "unit_path", "heard_on", "source", "satisfaction", "recommendation", "reason", "channel",
    "level", "moment", "interaction"]  # fmt: skip


class Response(models.Model):
    """One return. ``id`` is computed from what names it in its source, so importing twice changes nothing.

    An anonymous response has no author, no instant, and an ``id`` that only the instance can compute.
    """

    class Source(models.TextChoices):
        SURVEY = "survey", _("Survey")
        REVIEW = "review", _("Public review")
        BAROMETER = "barometer", _("Barometer")
        FEELING = "feeling", _("Ressenti")
        FORUM = "forum", _("Forum")
        SHEET = "sheet", _("Listening sheet")
        MIRROR = "mirror", _("Mirror study")

    id = models.BigIntegerField(primary_key=True)
    voice = models.CharField(_("who speaks"), max_length=8, choices=VOICES)
    source = models.CharField(_("source"), max_length=10, choices=Source)
    code = models.CharField(_("code in its source"), max_length=128, blank=True)
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("campaign")
    )
    interaction = models.ForeignKey(
        Interaction, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("exchange")
    )
    customer = models.ForeignKey(
        Customer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("customer")
    )
    author = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name=_("employee who speaks"),
    )
    person = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name=_("adviser it is about"),
    )
    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, related_name="+", verbose_name=_("unit"))
    unit_path = PathField(_("path of that day"))
    channel = models.ForeignKey(
        Channel,
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name=_("channel"),
    )
    reason = models.ForeignKey(
        Reason,
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name=_("reason"),
    )
    level = models.ForeignKey(
        Level,
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name=_("level"),
    )
    moment = models.ForeignKey(
        Moment,
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name=_("moment"),
    )
    product = models.CharField(_("product"), max_length=80, blank=True)
    traits = models.JSONField(_("coarse attributes of an anonymous answer"), default=dict, blank=True)
    heard_at = models.DateTimeField(_("heard at"), null=True, blank=True)
    heard_on = models.DateField(_("heard on"), help_text=_("The company's own calendar day."))
    experienced_on = models.DateField(_("lived on"), null=True, blank=True)
    satisfaction = models.PositiveSmallIntegerField(_("satisfaction, 1 to 5"), null=True, blank=True)
    recommendation = models.PositiveSmallIntegerField(_("recommendation, 0 to 10"), null=True, blank=True)
    callback = models.BooleanField(_("asks to be called back"), default=False)
    url = models.CharField(_("address"), max_length=500, blank=True)
    reply = models.TextField(_("our public reply"), blank=True)
    replied_on = models.DateField(_("replied on"), null=True, blank=True)
    triaged = models.BooleanField(_("looked at by the priority rules"), default=False)
    fingerprint = models.BigIntegerField(_("fingerprint of the imported values"), default=0)

    class Meta:
        verbose_name = _("return")
        verbose_name_plural = _("returns")
        indexes = [
            models.Index(name="returns_by_day", fields=["voice", "heard_on", "unit_path"]),
            # Holds all that pages count of a branch: no row of the table is read for it.
            models.Index(name="returns_by_branch", fields=_COUNTED),
            models.Index(name="returns_by_person", fields=["person", "heard_on"]),
            models.Index(name="returns_by_author", fields=["author", "heard_on"]),
            models.Index(name="returns_to_triage", fields=["id"], condition=Q(triaged=False)),
        ]
        constraints = [
            models.CheckConstraint(
                name="returns_of_a_voice_have_its_author",
                condition=Q(voice=Voice.CUSTOMER.value, author__isnull=True)
                | Q(voice=Voice.EMPLOYEE.value, customer__isnull=True),
            ),
            models.CheckConstraint(
                name="returns_without_name_have_no_instant",
                condition=Q(voice=Voice.CUSTOMER.value)
                | Q(author__isnull=False)
                | Q(heard_at__isnull=True, interaction__isnull=True, person__isnull=True, code=""),
            ),
            models.CheckConstraint(
                name="returns_marks_in_range",
                condition=(Q(satisfaction__isnull=True) | Q(satisfaction__range=(1, 5)))
                & (Q(recommendation__isnull=True) | Q(recommendation__range=(0, 10))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.voice} {self.heard_on} {self.pk}"


class Answer(models.Model):
    """One mark or choice given to one question. ``id`` is ``key(response, question's key)``."""

    id = models.BigIntegerField(primary_key=True)
    response = models.ForeignKey(Response, models.CASCADE, related_name="+", verbose_name=_("return"))
    question = models.ForeignKey(Question, models.PROTECT, related_name="+", verbose_name=_("question"))
    value = models.FloatField(_("value"), null=True, blank=True)
    choice = models.CharField(_("choice"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [models.UniqueConstraint(name="answers_once", fields=["response", "question"])]

    def __str__(self) -> str:
        return f"{self.question_id}: {self.value}"


class VerbatimQuerySet(models.QuerySet["Verbatim"]):
    def unread(self) -> VerbatimQuerySet:
        """Texts that no engine has read yet, whatever interrupted the reading."""
        return self.filter(read_at__isnull=True)


_FACETS = [
    "voice", "heard_on", "unit_path", "polarity", "emotion", "moment", "language", "intensity", "churn",
    "callback", "repeat", "certainty", "corrected", "read_at", "source", "channel", "reason", "level",
    "given_moment", "product", "satisfaction", "ticked", "themes_heard", "response", "id",
]  # fmt: skip


class Verbatim(models.Model):
    """The words themselves, and how they are read today. ``read_at`` is empty until an engine read them.

    What lists and facets ask of the return is copied from it (``written.copied``), and the themes heard from
    the readings: one index then holds all that is counted.
    """

    id = models.BigIntegerField(primary_key=True)
    response = models.ForeignKey(Response, models.CASCADE, related_name="+", verbose_name=_("return"))
    question_key = models.CharField(_("question"), max_length=64, default="verbatim")
    voice = models.CharField(_("who speaks"), max_length=8, choices=VOICES)
    heard_on = models.DateField(_("heard on"))
    unit_path = PathField(_("path of that day"))
    source = models.CharField(_("source"), max_length=10, choices=Response.Source, blank=True)
    channel = models.ForeignKey(
        Channel, models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    reason = models.ForeignKey(
        Reason, models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    level = models.ForeignKey(Level, models.PROTECT, null=True, blank=True, db_index=False, related_name="+")
    given_moment = models.ForeignKey(
        Moment, models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    product = models.CharField(_("product"), max_length=80, blank=True)
    satisfaction = models.PositiveSmallIntegerField(_("satisfaction, 1 to 5"), null=True, blank=True)
    ticked = models.BooleanField(_("asked on the form to be called back"), default=False)
    # As it was written: for erasure, break-glass and whoever treats it. All others read ``shown``.
    text = models.TextField(_("text"))
    masked_text = models.TextField(_("text without personal data, empty when it has none"), blank=True)
    # Of the voices whose texts are listed only: what nobody may find is in no index.
    stems = models.TextField(_("stems of the words, for search"), blank=True)
    language = models.CharField(_("language"), max_length=5, blank=True)
    polarity = models.CharField(_("tone"), max_length=8, choices=POLARITIES, blank=True)
    sentiment = models.FloatField(_("sentiment, -1 to 1"), null=True, blank=True)
    certainty = models.FloatField(_("certainty, 0 to 1"), null=True, blank=True)
    intensity = models.PositiveSmallIntegerField(_("intensity, 0 to 4"), null=True, blank=True)
    emotion = models.CharField(_("emotion"), max_length=20, blank=True)
    moment = models.ForeignKey(
        Moment,
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name=_("moment heard in the words"),
    )
    churn = models.BooleanField(_("speaks of leaving"), default=False)
    callback = models.BooleanField(_("asks to be called back"), default=False)
    repeat = models.BooleanField(_("speaks of a repeated contact"), default=False)
    relational = models.BooleanField(_("about a person"), default=False)
    digital = models.BooleanField(_("about a digital service"), default=False)
    corrected = models.BooleanField(_("corrected by a person"), default=False)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    read_by = models.CharField(_("read by"), max_length=60, blank=True)
    themes_heard = models.TextField(_("themes that hold, with their tone"), blank=True)
    vectored = models.BooleanField(_("its meaning is known"), default=False)

    objects = VerbatimQuerySet.as_manager()

    @property
    def shown(self) -> str:
        """What anybody reads, searches, exports: the words without personal data."""
        return self.masked_text or self.text

    @property
    def heard(self) -> str:
        """What engines read and learn from: the same, blanks in the place of what is masked."""
        return blanked(self.shown) if self.masked_text else self.text

    class Meta:
        verbose_name = _("verbatim")
        verbose_name_plural = _("verbatims")
        indexes = [
            # Holds all that the explorer counts: beside the texts themselves, the counts would read them too.
            models.Index(name="verbatims_facets", fields=_FACETS),
            models.Index(name="verbatims_unread", fields=["id"], condition=Q(read_at__isnull=True)),
            models.Index(name="verbatims_unvectored", fields=["voice", "id"], condition=Q(vectored=False)),
        ]
        constraints = [
            models.UniqueConstraint(name="verbatims_once", fields=["response", "question_key"]),
            models.CheckConstraint(
                name="verbatims_tone_of_customers_only",
                condition=Q(voice=Voice.CUSTOMER.value)
                | Q(polarity="", sentiment__isnull=True, intensity__isnull=True, emotion="", churn=False),
            ),
        ]

    def __str__(self) -> str:
        return f"verbatim {self.pk}"


class ChangedMonth(models.Model):
    """A month in which customers' returns, words or readings changed since its sums were last published.

    One line a transaction: writers add and never wait for each other; the publisher takes away what it saw.
    """

    month = models.PositiveIntegerField(_("month"), db_index=True, help_text=_("As 202511."))

    class Meta:
        verbose_name = _("changed month")
        verbose_name_plural = _("changed months")

    def __str__(self) -> str:
        return str(self.month)
