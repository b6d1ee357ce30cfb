"""What people decided about links between both voices, and the questions they propose to customers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Correspondence(models.Model):
    """A link between what customers and employees live or speak of, once a person has spoken about it.

    Before that it is proposed anew from what is known. A side is a theme or a moment, by its stable code:
    renaming keeps the link, and many may face many.
    """

    class Side(models.TextChoices):
        THEME = "theme", _("theme")
        MOMENT = "moment", _("moment")

    class Status(models.TextChoices):
        VALIDATED = "validated", _("validated")
        REFUSED = "refused", pgettext_lazy("correspondence", "set aside")

    left_kind = models.CharField(_("kind of the customers’ side"), max_length=6, choices=Side)
    left = models.CharField(_("customers’ side"), max_length=64)
    right_kind = models.CharField(_("kind of the employees’ side"), max_length=6, choices=Side)
    right = models.CharField(_("employees’ side"), max_length=64)
    status = models.CharField(_("status"), max_length=9, choices=Status)
    reason = models.CharField(_("why"), max_length=500, blank=True)
    evidence = models.JSONField(_("what was known"), default=dict)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    decided_at = models.DateTimeField(_("decided at"))

    class Meta:
        verbose_name = _("correspondence")
        verbose_name_plural = _("correspondences")
        constraints = [
            models.UniqueConstraint(
                name="correspondences_once", fields=["left_kind", "left", "right_kind", "right"]
            ),
            models.CheckConstraint(
                name="correspondences_aside_with_words", condition=Q(status="validated") | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.left_kind}:{self.left} {self.right_kind}:{self.right}"


class ProposedQuestion(models.Model):
    """A question that somebody proposes to ask customers, because employees speak of it."""

    class State(models.TextChoices):
        OPEN = "open", _("to ask")
        ASKED = "asked", _("asked")
        DROPPED = "dropped", _("not kept")

    theme = models.CharField(_("code of the theme"), max_length=64)
    wording = models.CharField(_("question"), max_length=500)
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.OPEN)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    made_at = models.DateTimeField(_("proposed at"))
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("settled by"),
    )
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)

    class Meta:
        verbose_name = _("proposed question")
        verbose_name_plural = _("proposed questions")
        indexes = [models.Index(name="questions_by_state", fields=["state", "made_at"])]

    def __str__(self) -> str:
        return self.wording
