"""Campaigns and invitations, for both voices."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from visavis.core.languages import say
from visavis.listen.surveys.models import VOICES, Questionnaire
from visavis.moments.exchanges.models import Customer, Interaction
from visavis.people.persons.models import Person


class Campaign(models.Model):
    """Who is asked what, from when to when. A barometer is a campaign whose waves recur."""

    class Anonymity(models.TextChoices):
        NAMED = "named", _("By name")
        CONFIDENTIAL = "confidential", _("Confidential")
        ANONYMOUS = "anonymous", _("Anonymous")

    code = models.CharField(_("code"), max_length=64, unique=True)
    name = models.JSONField(_("name"), default=dict)
    questionnaire = models.ForeignKey(
        Questionnaire, models.PROTECT, related_name="+", verbose_name=_("questionnaire")
    )
    voice = models.CharField(_("who is asked"), max_length=8, choices=VOICES)
    wave = models.CharField(_("wave"), max_length=20, blank=True)
    anonymity = models.CharField(
        _("anonymity"), max_length=12, choices=Anonymity, default=Anonymity.CONFIDENTIAL
    )
    opens_on = models.DateField(_("opens on"), null=True, blank=True)
    closes_on = models.DateField(_("closes on"), null=True, blank=True)
    sampling = models.JSONField(_("sampling rule"), default=dict, blank=True)
    quarantine_days = models.PositiveSmallIntegerField(_("days between two invitations"), default=90)
    mirror_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("mirrors")
    )

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")

    def __str__(self) -> str:
        return self.code

    @property
    def label(self) -> str:
        """The name in the language in force."""
        return say(self.name, get_language() or "fr") or self.code


class Invitation(models.Model):
    """One person asked once. In an anonymous wave nothing links it to a response but a flag."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="+", verbose_name=_("campaign"))
    customer = models.ForeignKey(Customer, models.CASCADE, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="+")
    interaction = models.ForeignKey(Interaction, models.CASCADE, null=True, blank=True, related_name="+")
    token_hash = models.CharField(
        _("fingerprint of the link"), max_length=64, null=True, blank=True, unique=True
    )
    inclusion_probability = models.FloatField(_("probability of being asked"), null=True, blank=True)
    sent_on = models.DateField(_("sent on"), null=True, blank=True)
    opened = models.BooleanField(_("opened"), default=False)
    answered = models.BooleanField(_("answered"), default=False)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(
                name="invitations_to_one_addressee",
                condition=Q(customer__isnull=True) | Q(person__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.pk}"
