"""Exchanges, and the lists that describe them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from visavis.moments.references.models import Moment, Named
from visavis.people.persons.models import Person
from visavis.people.units.fields import PathField
from visavis.people.units.models import Unit


class Mode(models.TextChoices):
    HUMAN = "human", _("With a person")
    SELFCARE = "selfcare", _("By oneself")
    BOT = "bot", _("With an automaton")


class Term(Named):
    """One entry of a list that describes exchanges, with the names other systems give it."""

    aliases = models.JSONField(_("other names"), default=list, blank=True)

    class Meta:
        abstract = True


class Channel(Term):
    """Where an exchange takes place: phone, mail, chat, branch office and so on."""

    mode = models.CharField(_("mode"), max_length=8, choices=Mode, default=Mode.HUMAN)

    class Meta:
        verbose_name = _("channel")
        verbose_name_plural = _("channels")


class Reason(Term):
    """Why the customer gets in touch."""

    stake = models.CharField(_("stake"), max_length=8, choices=Moment.Stake, default=Moment.Stake.ORDINARY)

    class Meta:
        verbose_name = _("contact reason")
        verbose_name_plural = _("contact reasons")


class Level(Term):
    """Level of treatment: first, second, complaints."""

    class Meta:
        verbose_name = _("level of treatment")
        verbose_name_plural = _("levels of treatment")


class Customer(models.Model):
    """A customer, by a pseudonymous key. ``id`` is ``core.keys.key("customer", code)``."""

    id = models.BigIntegerField(primary_key=True)
    code = models.CharField(_("key"), max_length=128, unique=True)
    segment = models.CharField(_("segment"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=5, blank=True)

    class Meta:
        verbose_name = _("customer")
        verbose_name_plural = _("customers")

    def __str__(self) -> str:
        return self.code


class CustomerContact(models.Model):
    """How to reach a customer who asked for it. Kept apart, with its own end of keeping."""

    customer = models.OneToOneField(Customer, models.CASCADE, primary_key=True, related_name="+")
    shown_as = models.CharField(_("shown as"), max_length=20, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    keep_until = models.DateField(_("keep until"))

    class Meta:
        verbose_name = _("customer's contact")
        verbose_name_plural = _("customers' contacts")

    def __str__(self) -> str:
        return self.shown_as


class Interaction(models.Model):
    """One exchange. ``id`` is ``core.keys.key("contact", code)``; immutable but for corrections by import."""

    class Outcome(models.TextChoices):
        RESOLVED = "resolved", _("Resolved")
        PENDING = "pending", _("Pending")
        TRANSFERRED = "transferred", _("Transferred")
        ABANDONED = "abandoned", _("Abandoned")

    id = models.BigIntegerField(primary_key=True)
    code = models.CharField(_("code"), max_length=128, unique=True)
    started_at = models.DateTimeField(_("started at"))
    day = models.DateField(_("day"), help_text=_("The company's own calendar day."))
    channel = models.ForeignKey(
        Channel, models.PROTECT, db_index=False, related_name="+", verbose_name=_("channel")
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
    mode = models.CharField(_("mode"), max_length=8, choices=Mode, default=Mode.HUMAN)
    wait_s = models.PositiveIntegerField(_("wait, in seconds"), null=True, blank=True)
    handle_s = models.PositiveIntegerField(_("duration, in seconds"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome, blank=True)
    person = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name=_("adviser"),
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, db_index=False, related_name="+", verbose_name=_("unit")
    )
    unit_path = PathField(_("path of that day"), blank=True)
    customer = models.ForeignKey(
        Customer,
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name=_("customer"),
    )
    previous = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_constraint=False,
        verbose_name=_("previous exchange for the same reason"),
    )
    fingerprint = models.BigIntegerField(_("fingerprint of the imported values"), default=0)

    class Meta:
        verbose_name = _("exchange")
        verbose_name_plural = _("exchanges")
        indexes = [
            models.Index(name="exchanges_by_person", fields=["person", "started_at"]),
            models.Index(name="exchanges_by_customer", fields=["customer", "reason", "started_at"]),
            models.Index(name="exchanges_by_branch", fields=["unit_path", "day"]),
            # Days of many exchanges, and which still name their adviser, without reading the exchanges.
            models.Index(name="exchanges_days", fields=["id", "day", "person"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="exchanges_have_a_unit_if_a_person",
                condition=Q(person__isnull=True) | Q(unit__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.code
