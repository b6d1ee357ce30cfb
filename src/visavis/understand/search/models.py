"""Vectors: what texts mean, small enough to keep one beside each."""

from __future__ import annotations

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from visavis.listen.returns.models import Verbatim


def _drawn() -> int:
    return secrets.randbelow(2**31)


class Vector(models.Model):
    """What one text means: 512 whole numbers from -127 to 127, the direction of its vector.

    Never changed: another vector of a text is another row with another ``draw``, so that their sum tells
    whether anything did. It goes with its text; while ``Verbatim.vectored`` is false it is that of older
    words.
    """

    verbatim = models.OneToOneField(Verbatim, models.CASCADE, related_name="+", verbose_name=_("verbatim"))
    numbers = models.BinaryField(_("numbers"))
    draw = models.PositiveIntegerField(_("drawn number"), default=_drawn)

    class Meta:
        verbose_name = _("vector")
        verbose_name_plural = _("vectors")

    def __str__(self) -> str:
        return f"vector {self.verbatim_id}"
