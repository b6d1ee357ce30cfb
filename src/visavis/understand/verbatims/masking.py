"""Texts masked again, once the product knows better what is personal."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from visavis.listen.returns.models import Verbatim
from visavis.listen.returns.written import written
from visavis.understand.verbatims.models import Annotation

_WRITTEN = ("masked_text", "stems")


def mask_again(*, after: int | None = None, size: int = 1000) -> tuple[int | None, int]:
    """Mask the next texts as the product masks today; those that show otherwise are to be read again.

    Safe to run twice. What people said of a text still holds; its places in the words, which moved, are
    forgotten.

    Args:
        after: key of the last text done; none: from the first.
        size: how many texts at most.

    Returns:
        The key of the last text looked at, none when all are done; and how many changed.
    """
    with transaction.atomic():
        rows = Verbatim.objects.select_for_update().order_by("pk").only("pk", "voice", "text", *_WRITTEN)
        found = list((rows if after is None else rows.filter(pk__gt=after))[:size])
        changed = [row for row in found if _masked(row)]
        Verbatim.objects.bulk_update(changed, [*_WRITTEN, "read_at", "vectored"], batch_size=200)
        _forget_places(changed)
    return (found[-1].pk if found else None), len(changed)


def _masked(row: Verbatim) -> bool:
    """Whether a text shows or is found otherwise today; if so it waits to be read."""
    now = written(row.voice, row.text)
    if all(getattr(row, name) == now[name] for name in _WRITTEN):
        return False
    for name in _WRITTEN:
        setattr(row, name, now[name])
    row.read_at, row.vectored = None, False
    return True


def _forget_places(rows: Sequence[Verbatim]) -> None:
    told = Annotation.objects.filter(verbatim__in=[row.pk for row in rows], by=Annotation.By.HUMAN)
    told.update(evidence=[])
