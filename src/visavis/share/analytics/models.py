"""Sums by month, as ordinary tables named and cut as ``lake`` asks for them, and what was published when."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from visavis.lake.datasets import ANSWERS, MENTIONS, RETURNS, TEXTS


class Sums(models.Model):
    """One cell of a month: its dimensions, then sums that add up. Row numbers of other tables, no keys."""

    month = models.IntegerField(_("month"), db_index=True)
    channel = models.BigIntegerField(_("channel"), null=True)
    reason = models.BigIntegerField(_("reason"), null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.db_table} {self.month}"


class ReturnSums(Sums):
    """Returns and their marks."""

    level = models.BigIntegerField(_("level"), null=True)
    moment = models.BigIntegerField(_("moment"), null=True)
    product = models.CharField(_("product"), max_length=80, blank=True)
    returns = models.BigIntegerField(_("returns"))
    marked = models.BigIntegerField(_("with a mark"))
    satisfied = models.BigIntegerField(_("satisfied"))
    promoters = models.BigIntegerField(_("promoters"))
    passives = models.BigIntegerField(_("passives"))
    detractors = models.BigIntegerField(_("detractors"))
    satisfaction_sum = models.BigIntegerField(_("sum of marks"))
    satisfaction_squares = models.BigIntegerField(_("sum of squared marks"))

    class Meta:
        db_table = RETURNS.cube
        verbose_name = _("sums of returns")


class TextSums(Sums):
    """Texts by tone, and how many were read."""

    tone = models.IntegerField(_("tone"))
    texts = models.BigIntegerField(_("texts"))
    heard = models.BigIntegerField(_("texts that were read"))

    class Meta:
        db_table = TEXTS.cube
        verbose_name = _("sums of texts")


class MentionSums(Sums):
    """Themes heard, by tone."""

    theme = models.BigIntegerField(_("theme"))
    mentions = models.BigIntegerField(_("mentions"))
    negative = models.BigIntegerField(_("negative"))
    mixed = models.BigIntegerField(_("mixed or neutral"))
    positive = models.BigIntegerField(_("positive"))

    class Meta:
        db_table = MENTIONS.cube
        verbose_name = _("sums of themes")


class AnswerSums(Sums):
    """Marks given to each question."""

    question = models.BigIntegerField(_("question"))
    answers = models.BigIntegerField(_("answers"))
    mark_sum = models.BigIntegerField(_("sum of marks"))
    mark_squares = models.BigIntegerField(_("sum of squared marks"))

    class Meta:
        db_table = ANSWERS.cube
        verbose_name = _("sums of answers")


class PublishedMonth(models.Model):
    """The manifest: what the sums and the open copy of a month hold, all of one instant."""

    month = models.IntegerField(_("month"), primary_key=True)
    published_at = models.DateTimeField(_("publication"))
    files = models.JSONField(_("files of the open copy"), default=dict)
    rows = models.JSONField(_("facts"), default=dict)

    class Meta:
        verbose_name = _("published month")
        verbose_name_plural = _("published months")

    def __str__(self) -> str:
        return str(self.month)
