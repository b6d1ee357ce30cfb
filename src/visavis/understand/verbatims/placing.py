"""The moment that a text speaks of: the engine's word where nothing is surer; a person's word wins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import QuerySet

from visavis.core.words import Voice
from visavis.listen.returns.models import Verbatim
from visavis.moments.references.models import Moment
from visavis.text import Moments, MomentSpec, Reading
from visavis.text.moment_words import KEYWORDS
from visavis.text.moments import moment_of
from visavis.text.polarity import parse
from visavis.text.reading import LONGEST
from visavis.understand.verbatims.models import Annotation, Placement

#: The moments that each voice lives.
KINDS = {Voice.CUSTOMER: Moment.Kind.TRUTH, Voice.EMPLOYEE: Moment.Kind.LIFE}


@dataclass(frozen=True, slots=True)
class Ready:
    """The moments in force of a voice.

    Attributes:
        moments: those that words can name; none when no moment has words.
        keys: code of a moment -> its key.
        covering: code of a contact reason -> key of the only moment that covers it.
    """

    moments: Moments | None
    keys: Mapping[str, int]
    covering: Mapping[str, int]


def moments_of(voice: str) -> QuerySet[Moment]:
    """The moments in force that a voice lives, in the company's order."""
    return Moment.objects.filter(retired_in__isnull=True, kind=KINDS[Voice(voice)]).order_by("position", "pk")


def moments_ready(voice: Voice) -> Ready:
    """The moments in force of a voice, ready to be looked for. No person reads: the engine does."""
    if not voice.tone_may_be_read:
        # Of employees' words only themes are kept (decisions.md §4.2).
        return Ready(None, {}, {})
    rows = list(moments_of(voice))
    told = Counter(reason for row in rows for reason in row.reasons)
    covering = {reason: row.pk for row in rows for reason in row.reasons if told[reason] == 1}
    named = tuple(row.code for row in rows if row.code in KEYWORDS)
    return Ready(_compiled(named) if named else None, {row.code: row.pk for row in rows}, covering)


@lru_cache(maxsize=8)
def _compiled(codes: tuple[str, ...]) -> Moments:
    return Moments([MomentSpec(code, KEYWORDS[code]) for code in codes])


def placed(readings: Mapping[int, Reading]) -> dict[int, int | None]:
    """The moment of each text, by its key: of its contact reason if one covers it, else of its words.

    A return that came with its moment has it already: its words name none.
    """
    rows = Verbatim.objects.filter(pk__in=readings).order_by("pk")
    facts = rows.values_list("pk", "voice", "response__moment", "response__reason__code")
    ready = {voice: moments_ready(voice) for voice in Voice}
    found: dict[int, int | None] = {}
    for pk, voice, given, reason in facts:
        at = ready[Voice(voice)]
        found[pk] = None if given else at.covering.get(reason) or at.keys.get(readings[pk].moment or "")
    return found


def restore_moments(texts: Collection[int]) -> None:
    """What people said of the moment of texts outlives every reading by the engine."""
    for told in Placement.objects.filter(verbatim__in=texts).order_by("pk"):
        Verbatim.objects.filter(pk=told.verbatim_id).update(moment=told.moment_id)


def certainty(text: Verbatim) -> float | None:
    """How sure the engine is of the moment that it heard in a text; none if the words do not name it."""
    ready = moments_ready(Voice(text.voice))
    if ready.moments is None or text.moment is None:
        return None
    told = Annotation.objects.current().filter(verbatim=text, theme__isnull=False, refused=False)
    themes = list(told.order_by("pk").values_list("theme__code", flat=True))
    [found] = moment_of(parse([text.heard[:LONGEST]]), [text.language], [themes], ready.moments)
    return found.certainty if found and found.slug == text.moment.code else None
