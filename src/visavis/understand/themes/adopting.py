"""A second reading takes the place of what was read, lot by lot; a person's word stands."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from visavis.listen.returns.models import Verbatim
from visavis.listen.returns.services import mark_changed
from visavis.understand.themes.models import Rereading, RereadTheme
from visavis.understand.verbatims.heard import note_heard
from visavis.understand.verbatims.models import Annotation


def adopt_lot(work: Rereading, texts: Sequence[Verbatim]) -> None:
    """Put what was read again of some texts in place of what the engine read. Safe to run twice.

    Texts whose words changed, or that were read anew, since the second reading keep their newer one.

    Args:
        work: a second reading that somebody adopted.
        texts: the next texts, read at some time.
    """
    same = [text.pk for text in texts if text.read_at and text.read_at <= work.asked_at]
    again = RereadTheme.objects.filter(rereading=work, verbatim__in=same).order_by("pk")
    told = list(again)
    turned = {row.verbatim_id for row in told}
    engine = Annotation.objects.filter(by=Annotation.By.ENGINE)
    engine.filter(verbatim__in=turned, theme__isnull=False).delete()
    engine.filter(verbatim__in=set(same) - turned).update(edition=work.edition)
    settled = _settled(turned)
    Annotation.objects.bulk_create(
        [
            _annotation(work, row, holds=(row.verbatim_id, row.theme_id) not in settled)
            for row in told
            if row.change != RereadTheme.Change.LOST
        ],
        batch_size=500,
    )
    again.delete()
    note_heard(turned)
    mark_changed(text.heard_on for text in texts if text.pk in turned)


def _settled(texts: set[int]) -> set[tuple[int, int | None]]:
    told = Annotation.objects.current().filter(verbatim__in=texts, by=Annotation.By.HUMAN)
    return set(told.order_by("pk").values_list("verbatim_id", "theme_id"))


def _annotation(work: Rereading, row: RereadTheme, *, holds: bool) -> Annotation:
    return Annotation(
        verbatim_id=row.verbatim_id,
        theme_id=row.theme_id,
        polarity=row.polarity,
        certainty=row.certainty,
        evidence=row.evidence,
        by=Annotation.By.ENGINE,
        version=work.engine,
        edition=work.edition,
        made_at=work.decided_at or timezone.now(),
        current=holds,
    )
