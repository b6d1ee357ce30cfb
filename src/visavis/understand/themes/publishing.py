"""The gesture that makes a version of the taxonomy: from then on texts are read with it."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from visavis.core.stamps import stamp_of
from visavis.listen.returns.services import mark_changed
from visavis.moments.references.models import Edition
from visavis.moments.references.services import publish_edition
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.understand.themes.drafting import locked
from visavis.understand.themes.models import Theme, ThemeDraft
from visavis.understand.themes.sheets import Sheet, Sheets, changes, rows_of
from visavis.understand.verbatims.heard import note_heard
from visavis.understand.verbatims.models import Annotation


class ChangedError(Exception):
    """The draft is not the one that was on screen."""


def draft_stamp(sheets: Sheets) -> str:
    """A short name of what a whole taxonomy says: publishing names the one that was on screen."""
    return stamp_of(rows_of(sheets))


@transaction.atomic
def publish(*, by: Viewer, reason: str, seen: str, at: dt.datetime) -> Edition:
    """Publish the draft: a version is kept whole, and texts are read with it from now on.

    What is read already stands, but for people's corrections of a merged theme: they are also said of the
    theme that took it over.

    Args:
        by: who publishes; needs the right to change references.
        reason: why, in the company's words.
        seen: ``draft_stamp`` of the taxonomy that was on screen.
        at: instant of publication.

    Returns:
        The version.

    Raises:
        PermissionDenied: if ``by`` may not change references.
        ChangedError: if the draft changed meanwhile.
        ValidationError: if there is nothing to publish, or no reason.
    """
    by.must(Right.REFERENCES)
    before, after = locked()
    if draft_stamp(after) != seen:
        raise ChangedError
    if not changes(before, after):
        raise ValidationError(_("There is nothing to publish: the draft says what is in force."))
    edition = publish_edition(
        by=by, kind=Edition.Kind.THEMES, content=rows_of(after), reason=reason.strip(), at=at
    )
    _apply([sheet for code, sheet in after.items() if before.get(code) != sheet], edition)
    ThemeDraft.objects.all().delete()
    return edition


def _apply(sheets: list[Sheet], edition: Edition) -> None:
    """Themes of the first level first: the others need them."""
    held = {theme.code: theme for theme in Theme.objects.order_by("pk")}
    for sheet in sorted(sheets, key=lambda each: bool(each.parent)):
        theme = held.setdefault(sheet.code, Theme(code=sheet.code))
        was_merged = theme.merged_into_id is not None
        _fill(theme, sheet, held, edition)
        if sheet.merged_into and not was_merged:
            _say_of(theme, held[sheet.merged_into])


def _fill(theme: Theme, sheet: Sheet, held: dict[str, Theme], edition: Edition) -> None:
    row = sheet.as_row()
    for name in ("name", "voices", "position", "definition", "keywords", "examples", "tests", "facing"):
        setattr(theme, name, row[name])
    theme.parent = held[sheet.parent] if sheet.parent else None
    theme.merged_into = held[sheet.merged_into] if sheet.merged_into else None
    theme.retired_in = (theme.retired_in or edition) if sheet.retired else None
    theme.full_clean()
    theme.save()


def _say_of(gone: Theme, target: Theme) -> None:
    """What people said of a merged theme holds of the one that took it over, unless they said otherwise."""
    told = Annotation.objects.current().filter(theme=gone, by=Annotation.By.HUMAN)
    settled = set(
        Annotation.objects.current()
        .filter(theme=target, by=Annotation.By.HUMAN)
        .values_list("verbatim_id", flat=True)
    )
    copies = [
        each
        for each in told.select_related("verbatim").order_by("pk")
        if each.verbatim_id not in settled and not each.refused
    ]
    held = Annotation.objects.current().filter(
        theme=target, verbatim__in=[each.verbatim_id for each in copies]
    )
    held.update(current=False)
    mark_changed(each.verbatim.heard_on for each in copies)
    for each in copies:
        each.pk, each.theme = None, target
    Annotation.objects.bulk_create(copies, batch_size=500)
    note_heard({each.verbatim_id for each in copies})
