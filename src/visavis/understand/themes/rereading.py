"""Gestures and work of a second reading: the history under another version, beside what is read today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from visavis.core.words import Voice
from visavis.listen.returns.models import Verbatim
from visavis.moments.references.models import Edition
from visavis.moments.references.queries import latest_edition
from visavis.people.access import journal
from visavis.people.access.policy import LISTED_VOICES, Right
from visavis.people.access.viewer import Viewer
from visavis.text import Reading
from visavis.understand.themes import works
from visavis.understand.themes.adopting import adopt_lot
from visavis.understand.themes.engine import Engine
from visavis.understand.themes.models import Rereading, RereadTheme, Theme
from visavis.understand.themes.queries import sheets_of
from visavis.understand.verbatims.models import Annotation

#: Texts read, or adopted, in one transaction.
LOT = 500
#: Theme -> tone, and the words that carry it.
Heard = Mapping[int, tuple[str, list[list[int]]]]


def _nudge(pk: int) -> None:
    from visavis.understand.themes.tasks import reread

    reread.enqueue(pk)


@transaction.atomic
def start(*, by: Viewer, edition: Edition, at: dt.datetime) -> Rereading:
    """Ask for the history to be read again under a version. What is read today stands meanwhile.

    Args:
        by: who asks; needs the right to change references.
        edition: a version of the taxonomy.
        at: instant of the gesture.

    Returns:
        The second reading, waiting for a worker, which is told at once.

    Raises:
        PermissionDenied: if ``by`` may not change references.
        ValidationError: if another one waits to be adopted or left, or the version is not one of themes.
    """
    by.must(Right.REFERENCES)
    if edition.kind != Edition.Kind.THEMES:
        raise ValidationError(_("Choose a version of the themes."))
    if Rereading.objects.filter(fate=Rereading.Fate.OPEN).exists():
        raise ValidationError(_("Another second reading is open: adopt it or leave it first."))
    total = Verbatim.objects.filter(read_at__isnull=False, voice__in=LISTED_VOICES).count()
    made = Rereading.objects.create(edition=edition, account_id=by.account_id, asked_at=at, total=total)
    journal.write(by=by, verb="themes.reread", about=made, number=edition.number)
    transaction.on_commit(lambda: _nudge(made.pk))
    return made


@transaction.atomic
def leave(*, by: Viewer, rereading: Rereading, at: dt.datetime) -> None:
    """Leave a second reading aside, or stop it: what is read today stands, nothing of it is kept.

    Args:
        by: who decides; needs the right to change references.
        rereading: a second reading.
        at: instant of the gesture.

    Raises:
        PermissionDenied: if ``by`` may not change references.
        ValidationError: if it is decided already.
    """
    by.must(Right.REFERENCES)
    facts = {"fate": Rereading.Fate.LEFT, "decided_at": at, "lease": "", "state": Rereading.State.READY}
    _decide(rereading, **facts)
    RereadTheme.objects.filter(rereading=rereading).delete()
    journal.write(by=by, verb="themes.reread_left", about=rereading, number=rereading.edition.number)


@transaction.atomic
def adopt(*, by: Viewer, rereading: Rereading, at: dt.datetime) -> None:
    """Let a second reading take the place of what is read today; people's corrections still win.

    Args:
        by: who decides; needs the right to change references.
        rereading: a second reading that is ready, under the version in force.
        at: instant of the gesture.

    Raises:
        PermissionDenied: if ``by`` may not change references.
        ValidationError: if it is not ready, is decided already, or its version is not the one in force.
    """
    by.must(Right.REFERENCES)
    if rereading.edition != latest_edition(Edition.Kind.THEMES):
        raise ValidationError(_("Only a reading under the version in force can be adopted."))
    if rereading.state != Rereading.State.READY:
        raise ValidationError(_("This second reading is not ready yet."))
    facts = {"fate": Rereading.Fate.ADOPTED, "decided_at": at, "state": Rereading.State.QUEUED}
    _decide(rereading, **facts, cursor=None, done=0, attempts=0)
    journal.write(by=by, verb="themes.reread_adopted", about=rereading, number=rereading.edition.number)
    transaction.on_commit(lambda: _nudge(rereading.pk))


def _decide(rereading: Rereading, **facts: object) -> None:
    still = Rereading.objects.filter(pk=rereading.pk, fate=Rereading.Fate.OPEN)
    if not still.update(**facts):
        raise ValidationError(_("This second reading is decided already."))


def work_on(pk: int) -> None:
    """Read again, or adopt, from wherever it stands. Safe to call at any moment, by any number of workers.

    Args:
        pk: key of the second reading.

    Raises:
        Exception: whatever went wrong; the work then waits for its next attempt.
    """
    work = works.take(Rereading, pk)
    if work is None:
        return
    lot = adopt_lot if work.fate == Rereading.Fate.ADOPTED else _Reader(work).lot
    try:
        while texts := _next(work):
            with transaction.atomic():
                lot(work, texts)
                works.keep_on(work, cursor=texts[-1].pk, done=work.done + _told(texts))
        works.finish(work, total=work.done)
    except works.LostError:
        pass
    except Exception as error:
        works.give_back(work, type(error).__name__)
        raise


def _told(texts: Sequence[Verbatim]) -> int:
    """How many of them a page may count: others are read too, but how many came in since is not told."""
    return sum(text.voice in LISTED_VOICES for text in texts)


def _next(work: Rereading) -> list[Verbatim]:
    rows = Verbatim.objects.filter(read_at__isnull=False).order_by("pk")
    return list((rows if work.cursor is None else rows.filter(pk__gt=work.cursor))[:LOT])


class _Reader:
    """The version of a second reading, made ready once."""

    def __init__(self, work: Rereading) -> None:
        sheets = sheets_of(work.edition).values()
        self.engines = [Engine(sheets, voice) for voice in Voice]
        self.keys = dict(Theme.objects.order_by("pk").values_list("code", "pk"))

    def lot(self, work: Rereading, texts: Sequence[Verbatim]) -> None:
        """Read some texts again and keep those that read otherwise."""
        before = _as_read(texts)
        settled = _settled(texts)
        rows: list[RereadTheme] = []
        for engine in self.engines:
            said = [text for text in texts if text.voice == engine.voice]
            readings = engine.read([text.heard for text in said])
            for text, reading in zip(said, readings, strict=True):
                after = self._heard(reading)
                if {pk: told[:2] for pk, told in after.items()} != before.get(text.pk, {}):
                    rows += _rows(work, text.pk, before.get(text.pk, {}), after, settled)
        RereadTheme.objects.bulk_create(rows, batch_size=500)
        works.keep_on(work, engine=self.engines[0].version)

    def _heard(self, reading: Reading) -> dict[int, tuple[str, list[list[int]], float]]:
        return {
            self.keys[told.theme]: (
                told.polarity or "",
                [[span.start, span.end] for span in told.evidence],
                told.certainty,
            )
            for told in reading.themes
            if told.theme in self.keys
        }


def _as_read(texts: Sequence[Verbatim]) -> dict[int, dict[int, tuple[str, list[list[int]]]]]:
    """What the engine reads today of each text."""
    told = Annotation.objects.filter(verbatim__in=texts, theme__isnull=False, by=Annotation.By.ENGINE)
    found: dict[int, dict[int, tuple[str, list[list[int]]]]] = {}
    columns = ("verbatim_id", "theme_id", "polarity", "evidence")
    for verbatim, theme, polarity, evidence in told.order_by("pk").values_list(*columns):
        found.setdefault(verbatim, {})[theme] = (polarity, evidence)
    return found


def _settled(texts: Sequence[Verbatim]) -> set[tuple[int, int | None]]:
    """What a person said: it stands whatever is read."""
    told = Annotation.objects.current().filter(verbatim__in=texts, by=Annotation.By.HUMAN)
    return set(told.order_by("pk").values_list("verbatim_id", "theme_id"))


def _rows(
    work: Rereading,
    verbatim: int,
    before: Heard,
    after: Mapping[int, tuple[str, list[list[int]], float]],
    settled: set[tuple[int, int | None]],
) -> list[RereadTheme]:
    change, found = RereadTheme.Change, []
    for theme, (polarity, evidence, certainty) in after.items():
        was = theme in before or (verbatim, theme) in settled
        facts = {"polarity": polarity, "evidence": evidence, "certainty": certainty}
        kind = change.KEPT if was else change.GAINED
        found.append(RereadTheme(rereading=work, verbatim_id=verbatim, theme_id=theme, change=kind, **facts))
    for theme in before.keys() - after.keys():
        kind = change.KEPT if (verbatim, theme) in settled else change.LOST
        if kind == change.LOST:
            found.append(RereadTheme(rereading=work, verbatim_id=verbatim, theme_id=theme, change=kind))
    return found
