"""The larger model teaches the small one, on the company's own texts; the gate decides as ever."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from visavis.core.words import Voice
from visavis.listen.returns.models import Verbatim
from visavis.people.access import journal
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer, system
from visavis.text.precision import available, distil
from visavis.text.weights import LANGUAGES
from visavis.understand.learning.candidates import Candidate, basis_of, tone_worths
from visavis.understand.learning.gate import trial
from visavis.understand.learning.labels import tests_said
from visavis.understand.learning.models import Distillation, Fit, Kind, teaches
from visavis.understand.learning.publishing import keep
from visavis.understand.learning.queries import models_in_force
from visavis.understand.themes import works

#: Texts that the larger model labels: some minutes.
TEXTS = 1200
#: Told how many texts are labelled, and of how many.
Progress = Callable[[int, int], object]


@transaction.atomic
def start(*, by: Viewer, at: dt.datetime) -> Distillation:
    """Ask the larger model to teach the tone, in the background; the gate decides as ever.

    Args:
        by: who asks; needs the right to change references.
        at: instant of the gesture.

    Returns:
        The work, waiting for a worker, which is told at once.

    Raises:
        PermissionDenied: if ``by`` may not change references.
        ValidationError: if the larger model is not installed, or is at work already.
    """
    by.must(Right.REFERENCES)
    if not available():
        raise ValidationError(_("The larger model is not installed."))
    if works.is_under_way(Distillation):
        raise ValidationError(_("The larger model is at work already."))
    made = Distillation.objects.create(account_id=by.account_id, asked_at=at)
    journal.write(by=by, verb="learning.distilled", about=made)
    transaction.on_commit(lambda: _nudge(made.pk))
    return made


def _nudge(pk: int) -> None:
    from visavis.understand.learning.tasks import distil_now

    distil_now.enqueue(pk)


def work_on(pk: int, *, at: dt.datetime) -> None:
    """Let the larger model teach, from the start: minutes. Safe to call at any moment, by any worker.

    Args:
        pk: key of the work.
        at: instant of the candidate.

    Raises:
        Exception: whatever went wrong; the work then waits for its next attempt.
    """
    work = works.take(Distillation, pk)
    if work is None:
        return
    try:
        made = distil_tones(at=at, progress=lambda done, total: works.keep_on(work, done=done, total=total))
        works.finish(work, fit=made[0] if made else None)
    except works.LostError:
        return
    except Exception as error:
        works.give_back(work, type(error).__name__)
        raise


def distil_tones(*, at: dt.datetime, size: int = TEXTS, progress: Progress | None = None) -> list[Fit]:
    """Learn the tone from the larger model's labels of the company's own texts. Minutes; safe to run twice.

    Args:
        at: instant of the candidates.
        size: how many texts it labels; never one of the test set.
        progress: told how many texts it labelled, and of how many.

    Returns:
        The candidates, at most one a voice whose tone may be read.

    Raises:
        PrecisionMissingError: if the extra is not installed.
    """
    made = [_distil(voice, at, size, progress) for voice in Voice if voice.tone_may_be_read]
    return [fit for fit in made if fit]


def _distil(voice: Voice, at: dt.datetime, size: int, progress: Progress | None) -> Fit | None:
    rows = Verbatim.objects.filter(voice=voice, read_at__isnull=False, language__in=LANGUAGES)
    language = _usual_language(rows)
    rows = rows.filter(teaches("pk"), language=language).order_by("pk")
    texts = [text.heard for text in rows[:size]]
    tests = [one for one in tests_said(voice) if one.tone]
    basis = basis_of("distil", texts, [(one.key, one.tone) for one in tests])
    if not texts or Fit.objects.filter(kind=Kind.TONE, voice=voice, basis=basis).exists():
        return None
    told = partial(_tell, progress, len(texts)) if progress else None
    made, now = distil(texts, language=language, voice=voice, progress=told), models_in_force(voice).tone
    test = trial(tone_worths(voice, tests, now), tone_worths(voice, tests, made))
    candidate = Candidate(basis, made.to_bytes(), len(texts), test, None)
    return keep(by=system(), kind=Kind.TONE, voice=voice, candidate=candidate, at=at)


def _tell(progress: Progress, total: int, done: int) -> None:
    progress(done, total)


def _usual_language(rows: QuerySet[Verbatim]) -> str:
    counted = dict(rows.order_by().values_list("language").annotate(number=Count("pk")))
    return max(sorted(counted), key=counted.__getitem__, default="")
