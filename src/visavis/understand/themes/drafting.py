"""Gestures on the draft of the taxonomy: nothing of it is heard before it is published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from visavis.moments.references.models import Edition
from visavis.people.access import journal
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.understand.themes.models import Theme, ThemeDraft
from visavis.understand.themes.queries import drafted_sheets, sheets_in_force, sheets_of
from visavis.understand.themes.sheets import Sheet, Sheets, namesakes, take_over, under


class MeanwhileError(Exception):
    """Somebody saved the same theme meanwhile; ``sheet`` is what they saved, ``who`` they are."""

    def __init__(self, sheet: Sheet | None, who: str) -> None:
        super().__init__(who)
        self.sheet, self.who = sheet, who


class NamesakeError(ValidationError):
    """Another theme is called so; ``language`` is that of the name."""

    def __init__(self, sheet: Sheet, language: str, other: Sheet) -> None:
        super().__init__(told_namesake(sheet, language, other))
        self.language = language


def told_namesake(sheet: Sheet, language: str, other: Sheet) -> str:
    """What is said of a name that another theme bears."""
    said = _("“%(name)s” is already the name of another theme (%(code)s): choose another name.")
    return said % {"name": sheet.name[language], "code": other.code}


@transaction.atomic
def save_sheet(*, by: Viewer, sheet: Sheet, seen: str, at: dt.datetime) -> Sheet:
    """Write one theme in the draft: a new one, or another wording of one that is there.

    Args:
        by: who writes; needs the right to change references.
        sheet: the whole theme as it should be.
        seen: the stamp of the sheet that was on screen; empty for a new theme.
        at: instant of the gesture.

    Returns:
        The sheet as it stands in the draft.

    Raises:
        PermissionDenied: if ``by`` may not change references.
        MeanwhileError: if somebody saved it meanwhile, or took its code.
        NamesakeError: if another theme is called so.
        ValidationError: if it cannot stand where it is put.
    """
    by.must(Right.REFERENCES)
    in_force, sheets = locked()
    _unchanged_since(sheets.get(sheet.code), seen)
    _must_stand(sheets, sheet)
    _must_be_told_apart([sheet], sheets, sheets)
    _put(by, in_force, [sheet], at)
    return sheet


@transaction.atomic
def merge(*, by: Viewer, code: str, into: str, at: dt.datetime) -> None:
    """Merge a theme into another, which takes over its words, examples and voices; the first is retired.

    Args:
        by: who merges; needs the right to change references.
        code: the theme that goes.
        into: the theme that stays.
        at: instant of the gesture.

    Raises:
        PermissionDenied: if ``by`` may not change references.
        ValidationError: if one of them is not heard, they are the same, or themes stand under the first.
    """
    by.must(Right.REFERENCES)
    in_force, sheets = locked()
    source, target = _heard(sheets, code), _heard(sheets, into)
    if code == into:
        raise ValidationError(_("A theme cannot be merged into itself."))
    _must_be_bare(sheets, source)
    gone = replace(source, retired=True, merged_into=into)
    _put(by, in_force, [gone, take_over(target, source)], at)


@transaction.atomic
def retire(*, by: Viewer, code: str, at: dt.datetime) -> None:
    """Stop hearing a theme; what was read of it stays.

    Args:
        by: who retires it; needs the right to change references.
        code: the theme.
        at: instant of the gesture.

    Raises:
        PermissionDenied: if ``by`` may not change references.
        ValidationError: if it is not heard, or themes stand under it.
    """
    by.must(Right.REFERENCES)
    in_force, sheets = locked()
    sheet = _heard(sheets, code)
    _must_be_bare(sheets, sheet)
    _put(by, in_force, [replace(sheet, retired=True)], at)


@transaction.atomic
def reinstate(*, by: Viewer, code: str, at: dt.datetime) -> None:
    """Hear a retired theme again, with the words that it had.

    Args:
        by: who does it; needs the right to change references.
        code: the theme.
        at: instant of the gesture.

    Raises:
        PermissionDenied: if ``by`` may not change references.
        ValidationError: if it is not retired, the theme above it is, or another took its name since.
    """
    by.must(Right.REFERENCES)
    in_force, sheets = locked()
    sheet = sheets.get(code)
    if sheet is None or not sheet.retired:
        raise ValidationError(_("This theme is not retired."))
    back = replace(sheet, retired=False, merged_into="")
    _must_stand(sheets, back)
    _must_be_told_apart([back], sheets, sheets)
    _put(by, in_force, [back], at)


@transaction.atomic
def discard(*, by: Viewer, code: str = "") -> None:
    """Throw the draft of one theme away, or the whole draft.

    Args:
        by: who does it; needs the right to change references.
        code: the theme; empty: all of them.

    Raises:
        PermissionDenied: if ``by`` may not change references.
        ValidationError: if a theme of the draft needs this one, or took the name that it had.
    """
    by.must(Right.REFERENCES)
    in_force, sheets = locked()
    left = {} if not code else {one: sheet for one, sheet in sheets.items() if one != code}
    back = {code: in_force[code]} if code in in_force else {}
    for sheet in left.values():
        _must_stand(left | back, sheet)
    _must_be_told_apart(back.values(), sheets, left | back)
    ThemeDraft.objects.filter(**{"code": code} if code else {}).delete()
    if code:
        journal.write(by=by, verb="themes.discarded", code=code, name=named(sheets.get(code) or Sheet(code)))
    else:
        journal.write(by=by, verb="themes.all_discarded")


def named(sheet: Sheet) -> str:
    """The name of a theme for the journal, in the language of the moment."""
    return sheet.label(get_language() or "fr")


@transaction.atomic
def write_sheets(*, by: Viewer, sheets: Iterable[Sheet], at: dt.datetime) -> int:
    """Write several themes at once, as a file has them.

    Args:
        by: who writes; needs the right to change references.
        sheets: the themes as they should be; those not named stay.
        at: instant of the gesture.

    Returns:
        How many themes differ from the draft as it was.

    Raises:
        PermissionDenied: if ``by`` may not change references.
        ValidationError: if one of them cannot stand where it is put, or takes the name of another.
    """
    by.must(Right.REFERENCES)
    wanted = {sheet.code: sheet for sheet in sheets}
    in_force, before = locked()
    _must_be_told_apart(wanted.values(), before, before | wanted)
    return _write(by, wanted, in_force, before, at)


def _write(by: Viewer, wanted: Sheets, in_force: Sheets, before: Sheets, at: dt.datetime) -> int:
    after = {**before, **wanted}
    for sheet in after.values():
        _must_stand(after, sheet)
    turned = [sheet for code, sheet in wanted.items() if before.get(code) != sheet]
    _put(by, in_force, turned, at)
    return len(turned)


@transaction.atomic
def bring_back(*, by: Viewer, edition: Edition, at: dt.datetime) -> int:
    """Make the draft say what an earlier version said, names included; themes made since are retired.

    Args:
        by: who does it; needs the right to change references.
        edition: the version.
        at: instant of the gesture.

    Returns:
        How many themes the draft changes.

    Raises:
        PermissionDenied: if ``by`` may not change references.
    """
    by.must(Right.REFERENCES)
    then = sheets_of(edition)
    in_force, now = locked()
    since = {code: replace(sheet, retired=True) for code, sheet in now.items() if code not in then}
    return _write(by, then | since, in_force, now, at)


def locked() -> tuple[dict[str, Sheet], dict[str, Sheet]]:
    """The taxonomy in force and in draft, held until the gesture is done: whoever else writes waits.

    All themes are held, not only those of the draft: two people may begin the draft of one theme at once.
    """
    for rows in (Theme.objects, ThemeDraft.objects):
        list(rows.select_for_update().order_by("pk").values_list("pk", flat=True))
    in_force = sheets_in_force()
    return in_force, drafted_sheets(in_force)


def _unchanged_since(now: Sheet | None, seen: str) -> None:
    if (now.stamp if now else "") == seen:
        return
    draft = ThemeDraft.objects.select_related("account__person").filter(code=now.code if now else "").first()
    account = draft.account if draft else None
    raise MeanwhileError(now, (account.person.name if account.person else account.email) if account else "")


def _put(by: Viewer, in_force: Sheets, sheets: Iterable[Sheet], at: dt.datetime) -> None:
    for sheet in sheets:
        if in_force.get(sheet.code) == sheet:
            ThemeDraft.objects.filter(code=sheet.code).delete()
        else:
            facts = {"sheet": sheet.as_row(), "account_id": by.account_id, "saved_at": at}
            ThemeDraft.objects.update_or_create(code=sheet.code, defaults=facts)
        journal.write(by=by, verb="themes.drafted", code=sheet.code, name=named(sheet))


def _heard(sheets: Sheets, code: str) -> Sheet:
    sheet = sheets.get(code)
    if sheet is None or sheet.retired:
        raise ValidationError(_("Choose a theme that is heard."))
    return sheet


def _must_be_bare(sheets: Sheets, sheet: Sheet) -> None:
    if under(sheets, sheet.code):
        raise ValidationError(_("Themes stand under this one: move, merge or retire them first."))


def _must_stand(sheets: Sheets, sheet: Sheet) -> None:
    """Two levels, a heard theme above, nobody above oneself."""
    if sheet.retired or not sheet.parent:
        return
    above = sheets.get(sheet.parent)
    if above is None or above.retired:
        raise ValidationError(_("The theme above is not heard: choose another one, or the first level."))
    if above.parent or above.code == sheet.code or under(sheets, sheet.code):
        raise ValidationError(_("Themes stand on two levels: this one cannot be under that one."))


def _must_be_told_apart(told: Iterable[Sheet], before: Sheets, after: Sheets) -> None:
    """No name that another theme bears: lists, tokens and figures show nothing else of a theme."""
    clashes = ((sheet, *each) for sheet in told for each in namesakes(sheet, before.get(sheet.code), after))
    if clash := next(clashes, None):
        raise NamesakeError(*clash)
