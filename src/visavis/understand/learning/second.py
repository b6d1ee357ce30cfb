"""The second opinion: a larger model looks at the least certain texts, in the background, if it is there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from visavis.core.words import Polarity, Voice
from visavis.listen.returns.models import Verbatim
from visavis.listen.returns.services import mark_changed
from visavis.text import Reading
from visavis.text.precision import available, reconsider
from visavis.text.precision.opinion import MARK
from visavis.understand.learning.engine import read_under
from visavis.understand.learning.models import Opinion, Reader
from visavis.understand.learning.queries import models_in_force
from visavis.understand.learning.switches import turned_off

#: Most texts that are looked at twice, of all that were read.
SHARE = 0.2
#: Texts looked at in one sweep: some seconds, so that other jobs get their turn.
STEP = 50


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the second opinion went.

    Attributes:
        installed: whether the extra is there.
        on: whether the option turns it on.
        done: texts looked at under the readings of today.
        total: texts to look at in all: at most a fifth, the least certain.
        changed: texts whose tone it changed.
    """

    installed: bool
    on: bool
    done: int
    total: int
    changed: int


def progress(voice: Voice) -> Progress:
    """How far it went, over the company."""
    rows = Verbatim.objects.filter(voice=voice, read_at__isnull=False, sentiment__isnull=False)
    seen = Opinion.objects.filter(verbatim__in=rows.filter(read_by__endswith=f"+{MARK}").values("pk"))
    changed = sum(before != after for before, after in seen.values_list("before", "after").iterator())
    total = int(SHARE * rows.count())
    return Progress(available(), settings.SECOND_OPINION, seen.count(), total, changed)


def step(voice: Voice, *, at: dt.datetime, size: int = STEP) -> int:
    """Look at the next least certain texts; safe to run twice, or from two workers.

    Args:
        voice: whose texts: only a voice whose tone may be read.
        at: instant of the reading.
        size: how many texts at most.

    Returns:
        How many texts were looked at; 0 when the share is reached, or the extra is not there.
    """
    if not (voice.tone_may_be_read and settings.SECOND_OPINION and available()):
        return 0
    if {Reader.TONE, Reader.SECOND} & turned_off():
        return 0
    known = progress(voice)
    texts = _next(voice, min(size, known.total - known.done))
    if not texts:
        return 0
    words = [text.heard for text in texts]
    readings = read_under(models_in_force(voice), words, voice)
    opinions = reconsider(words, readings, 1.0)
    with transaction.atomic():
        for text, after in zip(texts, opinions, strict=True):
            _keep(text, after, at)
        mark_changed(text.heard_on for text in texts)
    return len(texts)


def _next(voice: Voice, size: int) -> list[Verbatim]:
    if size <= 0:
        return []
    rows = Verbatim.objects.filter(voice=voice, read_at__isnull=False, sentiment__isnull=False)
    # Mixed texts have two sides, which the larger model does not see.
    waiting = (
        rows.filter(corrected=False).exclude(polarity=Polarity.MIXED).exclude(read_by__endswith=f"+{MARK}")
    )
    return list(waiting.order_by("certainty", "pk")[:size])


def _keep(text: Verbatim, after: Reading, at: dt.datetime) -> None:
    """Keep the tone; what a person said meanwhile, or words that changed, are left alone."""
    version = f"{text.read_by}+{MARK}"
    same = Verbatim.objects.filter(pk=text.pk, corrected=False, read_by=text.read_by, text=text.text)
    if same.update(
        read_by=version,
        polarity=after.polarity or "",
        sentiment=after.sentiment,
        certainty=after.certainty,
    ):
        facts = {"version": version, "before": text.polarity, "after": after.polarity or "", "at": at}
        Opinion.objects.update_or_create(pk=text.pk, defaults=facts)
