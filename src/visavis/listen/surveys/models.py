"""Questionnaires for both voices, for quality sheets and for the adviser's ressenti."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from visavis.core.languages import say
from visavis.core.words import Voice

VOICES = [(Voice.CUSTOMER.value, _("Customers")), (Voice.EMPLOYEE.value, _("Employees"))]


class Questionnaire(models.Model):
    """A set of questions in one version. A published version is frozen."""

    class Kind(models.TextChoices):
        SURVEY = "survey", _("Survey")
        BAROMETER = "barometer", _("Barometer")
        FEELING = "feeling", _("Ressenti")
        SHEET = "sheet", _("Listening sheet")
        REVIEW = "review", _("Public review")
        MIRROR = "mirror", _("Mirror study")

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        RETIRED = "retired", _("Retired")

    code = models.CharField(_("code"), max_length=64)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    voice = models.CharField(_("who answers"), max_length=8, choices=VOICES)
    name = models.JSONField(_("name"), default=dict)
    status = models.CharField(_("status"), max_length=9, choices=Status, default=Status.DRAFT)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        constraints = [models.UniqueConstraint(name="questionnaires_versions", fields=["code", "version"])]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"

    @property
    def label(self) -> str:
        """The name in the language in force."""
        return say(self.name, get_language() or "fr") or self.code


class Question(models.Model):
    """One question. Its key is stable across versions and voices: a mirror study joins on it."""

    class Role(models.TextChoices):
        CSAT = "csat", _("Satisfaction")
        NPS = "nps", _("Recommendation")
        CES = "ces", _("Ease")
        ENPS = "enps", _("Recommendation as a workplace")
        CLIMATE = "climate", _("Climate")
        CRITERION = "criterion", _("Criterion")
        FEELING = "feeling", _("Ressenti")
        RESOLVED = "resolved", _("Resolved")
        CALLBACK = "callback", _("Asks to be called back")
        TEXT = "text", _("Free text")
        PROFILE = "profile", _("Profile")

    class Scale(models.TextChoices):
        ONE_FIVE = "1-5", _("1 to 5")
        ZERO_TEN = "0-10", _("0 to 10")
        YES_NO = "yes-no", _("Yes or no")
        CHOICE = "choice", _("Choice")
        TEXT = "text", _("Text")

    questionnaire = models.ForeignKey(
        Questionnaire, models.CASCADE, related_name="+", verbose_name=_("questionnaire")
    )
    key = models.CharField(_("key"), max_length=64)
    role = models.CharField(_("role"), max_length=10, choices=Role)
    scale = models.CharField(_("scale"), max_length=8, choices=Scale)
    wording = models.JSONField(_("wording"), default=dict)
    labels = models.JSONField(_("labels of the marks"), default=dict, blank=True)
    choices = models.JSONField(_("choices"), default=list, blank=True)
    shown_if = models.JSONField(_("shown if"), null=True, blank=True)
    required = models.BooleanField(_("required"), default=False)
    sensitive = models.BooleanField(_("sensitive"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [models.UniqueConstraint(name="questions_once", fields=["questionnaire", "key"])]

    def __str__(self) -> str:
        return self.key

    @property
    def label(self) -> str:
        """The wording in the language in force."""
        return say(self.wording, get_language() or "fr") or self.key
