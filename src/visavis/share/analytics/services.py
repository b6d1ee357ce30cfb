"""Publishing: the sums and the open copy of a month, from its rows, reconciled, in one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models, transaction

from visavis.lake.datasets import ANSWERS, DATASETS, MENTIONS, RETURNS, TEXTS, Dataset
from visavis.lake.engines import DuckDb
from visavis.lake.files import MonthFile, write_month
from visavis.lake.statements import Row, cube_statement
from visavis.listen.returns.models import ChangedMonth, Response
from visavis.listen.returns.queries import STUDY
from visavis.people.access import journal
from visavis.people.access.policy import SHOWN_VOICES, Right
from visavis.people.access.viewer import Viewer
from visavis.share.analytics.facts import facts_of, first_day, next_month
from visavis.share.analytics.models import AnswerSums, MentionSums, PublishedMonth, ReturnSums, TextSums

SUMS: Mapping[str, type[models.Model]] = {
    RETURNS.name: ReturnSums,
    TEXTS.name: TextSums,
    MENTIONS.name: MentionSums,
    ANSWERS.name: AnswerSums,
}
#: A file that a reader may still hold is not removed before this.
GRACE = dt.timedelta(minutes=10)


class UnreconciledError(RuntimeError):
    """The sums about to be published are not those of the rows."""


def copy_folder() -> Path:
    """Where the open copy of this instance lies."""
    return Path(settings.INSTANCE.folder) / "copy"


def publish_month(*, month: int, at: dt.datetime) -> PublishedMonth | None:
    """Publish a month: write its files, replace its sums, forget the changes that were seen.

    What changes meanwhile leaves a mark of its own: the month is simply published again.

    Args:
        month: 202511.
        at: instant of the publication, shown as « données au … ».

    Returns:
        Its line of the manifest; none when another worker took the change before the month ever was.

    Raises:
        UnreconciledError: if counts and sums differ from those of the rows while nothing changed.
    """
    seen = list(ChangedMonth.objects.filter(month=month).order_by("pk").values_list("pk", flat=True))
    if not seen:
        return PublishedMonth.objects.filter(month=month).first()
    written = {one: write_month(facts_of(one, month), copy_folder(), one, month) for one in DATASETS}
    cells = _cells(month, written)
    _reconcile(month, cells[RETURNS.name], seen)
    with transaction.atomic():
        if ChangedMonth.objects.filter(pk__in=seen).delete()[0] < len(seen):
            # Somebody published it meanwhile, and may have seen more: what was gathered here is older.
            return PublishedMonth.objects.filter(month=month).first()
        for name, rows in cells.items():
            _replace(SUMS[name], month, rows)
        published, _new = PublishedMonth.objects.update_or_create(
            month=month,
            defaults={
                "published_at": at,
                "files": {one.dataset: one.name for one in written.values()},
                "rows": {one.dataset: one.rows for one in written.values()},
            },
        )
    return published


def _cells(month: int, written: Mapping[Dataset, MonthFile]) -> dict[str, list[Row]]:
    engine = DuckDb(copy_folder(), {one: [file.name] for one, file in written.items()})
    try:
        return {one.name: engine.ask(cube_statement(one, month)) for one in DATASETS}
    finally:
        engine.close()


def _replace(model: type[Any], month: int, rows: list[Row]) -> None:
    names = [field.name for field in model._meta.concrete_fields if not field.primary_key]
    model.objects.filter(month=month).delete()
    made = (model(**dict(zip(names, row, strict=True))) for row in rows)
    model.objects.bulk_create(made, batch_size=500)


def _reconcile(month: int, cells: list[Row], seen: list[int]) -> None:
    """Counts and sums of the returns, once through files and cube, once by the database itself."""
    rows = Response.objects.filter(
        voice__in=SHOWN_VOICES, heard_on__gte=first_day(month), heard_on__lt=first_day(next_month(month))
    ).exclude(source=STUDY)
    told = rows.aggregate(
        n=models.Count("pk"), marked=models.Count("satisfaction"), total=models.Sum("satisfaction")
    )
    places = {name: len(RETURNS.kept) + at for at, name in enumerate(one.name for one in RETURNS.measures)}
    sums = [
        sum(int(row[places[name]] or 0) for row in cells)
        for name in ("returns", "marked", "satisfaction_sum")
    ]
    if sums == [told["n"], told["marked"], told["total"] or 0]:
        return
    if ChangedMonth.objects.filter(month=month).exclude(pk__in=seen).exists():
        return
    raise UnreconciledError(f"{month}: {sums} in the copy, {told} in the rows")


def forget_old_files(*, at: dt.datetime) -> int:
    """Remove the files of the open copy that no month names any more, after a grace for their readers.

    Args:
        at: now.

    Returns:
        How many were removed.
    """
    named = {
        name
        for files in PublishedMonth.objects.order_by("month").values_list("files", flat=True)
        for name in files.values()
    }
    folder, removed = copy_folder(), 0
    for path in sorted(folder.glob("*/*")):
        old = dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC) < at - GRACE
        if old and str(path.relative_to(folder)) not in named:
            path.unlink(missing_ok=True)
            removed += 1
    return removed


@transaction.atomic
def rebuild(*, by: Viewer) -> list[int]:
    """Mark every month that has returns, or had some, as changed: all is published again by the jobs.

    Args:
        by: who asks; needs the right to the settings.

    Returns:
        The months, in order.

    Raises:
        PermissionDenied: if ``by`` may not.
    """
    by.must(Right.SETTINGS)
    heard = Response.objects.filter(voice__in=SHOWN_VOICES).order_by().dates("heard_on", "month")
    published = PublishedMonth.objects.order_by("month").values_list("month", flat=True)
    months = sorted({day.year * 100 + day.month for day in heard} | set(published))
    ChangedMonth.objects.bulk_create(ChangedMonth(month=month) for month in months)
    journal.write(by=by, verb="analytics.rebuilt", number=len(months))
    return months
