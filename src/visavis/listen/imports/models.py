"""Imports: a file, what was understood of it, how far it got, what was refused."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    ORGANISATION = "organisation", _("Organisation")
    CONTACTS = "contacts", _("Exchanges")
    RETURNS = "returns", _("Customers' returns")
    BAROMETER = "barometer", _("Barometer")
    REVIEWS = "reviews", _("Public reviews")
    MIRROR = "mirror", _("Mirror study")


class SavedMapping(models.Model):
    """A mapping somebody named, offered again for a file with the same columns."""

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    name = models.CharField(_("name"), max_length=120)
    columns = models.CharField(_("fingerprint of the columns"), max_length=64, db_index=True)
    content = models.JSONField(_("content"))
    saved_at = models.DateTimeField(_("saved at"), auto_now=True)

    class Meta:
        verbose_name = _("mapping")
        verbose_name_plural = _("mappings")
        constraints = [models.UniqueConstraint(name="mappings_named_once", fields=["kind", "name"])]

    def __str__(self) -> str:
        return self.name


class ImportRun(models.Model):
    """One import. ``cursor`` moves in the rows' own transaction: killed, it loses and doubles nothing."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("To be checked")
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Under way")
        DONE = "done", _("Done")
        REFUSED = "refused", _("Refused")
        CANCELLED = "cancelled", _("Cancelled")
        FAILED = "failed", _("Failed")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    file_name = models.CharField(_("file"), max_length=255)
    stored_as = models.CharField(_("stored as"), max_length=255, blank=True)
    sha256 = models.CharField(_("fingerprint"), max_length=64, db_index=True)
    size = models.BigIntegerField(_("size, in bytes"), default=0)
    mapping = models.JSONField(_("mapping"), default=dict, blank=True)
    status = models.CharField(_("status"), max_length=9, choices=Status, default=Status.DRAFT, db_index=True)
    total = models.PositiveIntegerField(_("rows in the file"), null=True, blank=True)
    cursor = models.PositiveIntegerField(_("rows done"), default=0)
    imported = models.PositiveIntegerField(_("imported"), default=0)
    updated = models.PositiveIntegerField(_("updated"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    rejected = models.PositiveIntegerField(_("rejected"), default=0)
    attempts = models.PositiveSmallIntegerField(_("attempts without progress"), default=0)
    lease = models.CharField(_("worker"), max_length=120, blank=True)
    refusal = models.JSONField(_("refusal"), null=True, blank=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    alive_at = models.DateTimeField(_("last sign of life"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self) -> str:
        return f"{self.kind} {self.file_name}"


class RejectedRow(models.Model):
    """A row that was not imported: where, which column, why, and what it held."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="+", verbose_name=_("import"))
    row = models.PositiveIntegerField(_("row"))
    line = models.PositiveIntegerField(_("line"))
    column = models.CharField(_("column"), max_length=255, blank=True)
    code = models.CharField(_("reason"), max_length=40)
    params = models.JSONField(_("details"), default=dict, blank=True)
    raw = models.TextField(_("row as received"), blank=True)

    class Meta:
        verbose_name = _("rejected row")
        verbose_name_plural = _("rejected rows")
        constraints = [models.UniqueConstraint(name="rejected_once", fields=["run", "row", "column", "code"])]

    def __str__(self) -> str:
        return f"{self.run_id}:{self.line}"


class Seen(models.Model):
    """Contents without code that the import under way has met in its file: gone as soon as it ends.

    Keeps memory flat and survives a crash: it is written with the rows. ``id`` mixes the import and the
    content; ``times`` counts the rows that say just that.
    """

    id = models.BigIntegerField(primary_key=True)
    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="+", db_index=False)
    times = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("row already met")
        verbose_name_plural = _("rows already met")

    def __str__(self) -> str:
        return f"{self.run_id}: {self.times}"
