"""The larger model teaches the small one, on the company's own texts; the gate decides as ever."""

from __future__ import annotations

import datetime as dt

from django.db.models import Count, QuerySet

from visavis.core.words import Voice
from visavis.listen.returns.models import Verbatim
from visavis.people.access.viewer import system
from visavis.text.precision import distil
from visavis.text.weights import LANGUAGES
from visavis.understand.learning.candidates import Candidate, basis_of, tone_worths
from visavis.understand.learning.gate import trial
from visavis.understand.learning.labels import tests_said
from visavis.understand.learning.models import Fit, Kind, teaches
from visavis.understand.learning.publishing import keep
from visavis.understand.learning.queries import models_in_force

#: Texts that the larger model labels: some minutes.
TEXTS = 1200


def distil_tones(*, at: dt.datetime, size: int = TEXTS) -> list[Fit]:
    """Learn the tone from the larger model's labels of the company's own texts. Minutes; safe to run twice.

    Args:
        at: instant of the candidates.
        size: how many texts it labels; never one of the test set.

    Returns:
        The candidates, at most one a voice whose tone may be read.

    Raises:
        PrecisionMissingError: if the extra is not installed.
    """
    made = [_distil(voice, at, size) for voice in Voice if voice.tone_may_be_read]
    return [fit for fit in made if fit]


def _distil(voice: Voice, at: dt.datetime, size: int) -> Fit | None:
    rows = Verbatim.objects.filter(voice=voice, read_at__isnull=False, language__in=LANGUAGES)
    language = _usual_language(rows)
    rows = rows.filter(teaches("pk"), language=language).order_by("pk")
    texts = [text.heard for text in rows[:size]]
    tests = [one for one in tests_said(voice) if one.tone]
    basis = basis_of("distil", texts, [(one.key, one.tone) for one in tests])
    if not texts or Fit.objects.filter(kind=Kind.TONE, voice=voice, basis=basis).exists():
        return None
    made, now = distil(texts, language=language, voice=voice), models_in_force(voice).tone
    test = trial(tone_worths(voice, tests, now), tone_worths(voice, tests, made))
    candidate = Candidate(basis, made.to_bytes(), len(texts), test, None)
    return keep(by=system(), kind=Kind.TONE, voice=voice, candidate=candidate, at=at)


def _usual_language(rows: QuerySet[Verbatim]) -> str:
    counted = dict(rows.order_by().values_list("language").annotate(number=Count("pk")))
    return max(sorted(counted), key=counted.__getitem__, default="")
