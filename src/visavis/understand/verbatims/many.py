"""One gesture on several readings, and the way back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from visavis.core.words import Polarity
from visavis.listen.returns.models import Verbatim
from visavis.people.access import journal
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.understand.themes.models import Theme
from visavis.understand.verbatims.models import Annotation
from visavis.understand.verbatims.reading import read_again
from visavis.understand.verbatims.services import correct

#: Texts corrected in one gesture: those of a page.
MOST = 100


@transaction.atomic
def correct_many(
    *,
    by: Viewer,
    verbatims: Sequence[Verbatim],
    reading: tuple[Theme | None, Polarity | None],
    at: dt.datetime,
) -> list[Annotation]:
    """Say the same of several texts at once: all of them, or none.

    Args:
        by: who corrects; needs the right on the branch of each.
        verbatims: the texts, ``MOST`` at most.
        reading: the theme (none: the whole text) and its tone (none: the theme is not there).
        at: instant of the correction.

    Returns:
        The person's readings, to be taken back together if need be.

    Raises:
        PermissionDenied: if ``by`` may not correct one of them.
        ValidationError: as ``correct``, or if there is no text, or too many.
    """
    by.must(Right.CORRECT)
    if not 0 < len(verbatims) <= MOST:
        raise ValidationError(_("Choose one text at least, a hundred at most."))
    told = [correct(by=by, verbatim=text, reading=reading, at=at) for text in verbatims]
    journal.write(by=by, verb="verbatims.corrected_many", number=len(told))
    return told


@transaction.atomic
def take_back(*, by: Viewer, readings: Collection[int], at: dt.datetime) -> int:
    """Take back one's own corrections: what was said before holds again, by a person or by the engine.

    Args:
        by: who takes back; her own corrections that still hold, where she still may correct.
        readings: keys of the readings.
        at: instant of the gesture.

    Returns:
        How many were taken back; what somebody corrected since is left alone.

    Raises:
        PermissionDenied: if ``by`` may correct nowhere.
    """
    by.must(Right.CORRECT)
    mine = Annotation.objects.current().filter(
        pk__in=readings, by=Annotation.By.HUMAN, account=by.account_id, account__isnull=False
    )
    there = list(mine.filter(by.within(Right.CORRECT, "verbatim__unit_path")).order_by("pk"))
    texts = {each.verbatim_id for each in there}
    list(Verbatim.objects.select_for_update().filter(pk__in=texts).order_by("pk"))
    for each in there:
        _give_way(each)
    said = Annotation.objects.current().filter(verbatim__in=texts, by=Annotation.By.HUMAN)
    silent = texts - set(said.order_by().values_list("verbatim", flat=True))
    Verbatim.objects.filter(pk__in=silent).update(corrected=False)
    read_again(texts, at=at)
    if there:
        journal.write(by=by, verb="verbatims.taken_back", number=len(there))
    return len(there)


def _give_way(told: Annotation) -> None:
    """Put what a person said before in its place; without it, a reading brings the engine's word back."""
    verbatim, theme, version = told.verbatim_id, told.theme_id, told.version
    told.delete()
    said = Annotation.objects.filter(verbatim=verbatim, theme=theme, by=Annotation.By.HUMAN, version=version)
    if before := said.order_by("-pk").first():
        before.current = True
        before.save(update_fields=["current"])
