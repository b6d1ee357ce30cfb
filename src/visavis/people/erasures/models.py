"""The journal of erasures: which key was erased, as a hash that only this instance can compute."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What was erased; each kind says what names it."""

    CUSTOMER = "customer", _("Customer")  # by the customer's code
    PERSON = "person", _("Employee")  # by the staff code
    RETURN = "return", _("Return")  # by the return's identity


class Erasure(models.Model):
    """One thing that was erased and must stay so. Its name is not kept: only its mark."""

    kind = models.CharField(_("what"), max_length=8, choices=Kind)
    mark = models.CharField(_("hash"), max_length=64)
    at = models.DateTimeField(_("erased on"))

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        constraints = [models.UniqueConstraint(name="erasures_once", fields=["kind", "mark"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.mark[:8]}"
