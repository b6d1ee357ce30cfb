"""What people said, as the engine learns from it and is tested on it. The two never meet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from operator import itemgetter

from django.db.models import QuerySet

from visavis.core.words import Polarity, Voice
from visavis.text import Labelled, Taxonomy
from visavis.understand.learning.models import Draw, teaches
from visavis.understand.verbatims.models import Annotation
from visavis.understand.verbatims.reading import fingerprint


@dataclass(frozen=True, slots=True)
class Toned:
    """A text and its tone, as a person reads it; whether chance chose the text."""

    key: int
    text: str
    tone: Polarity
    language: str
    random: bool


@dataclass(frozen=True, slots=True)
class Tested:
    """A text kept apart to test, with all that a person said of it."""

    key: int
    text: str
    tone: str
    themes: frozenset[str]


def tones_said(voice: Voice) -> list[Toned]:
    """Tones that may be learnt from, the oldest first: people's words that hold, never the test's."""
    told = Annotation.objects.current().filter(
        verbatim__voice=voice, verbatim__read_at__isnull=False, theme__isnull=True, by=Annotation.By.HUMAN
    )
    chance = set(Draw.objects.filter(random=True, voice=voice).values_list("pk", flat=True))
    rows = told.filter(teaches("verbatim_id")).order_by("made_at", "verbatim_id")
    return [
        Toned(text.pk, text.heard, Polarity(each.polarity), text.language, text.pk in chance)
        for each in rows.select_related("verbatim")
        for text in (each.verbatim,)
    ]


def usual_language(said: Collection[Toned]) -> str:
    """The language of most texts."""
    found = Counter(one.language for one in said).most_common(1)
    return found[0][0] if found else ""


def themes_said(voice: Voice, taxonomy: Taxonomy) -> list[tuple[int, Labelled]]:
    """Themes that may be learnt from, in the order of keys, never the test's.

    An answer of the queue tells of every theme whether it is there; a correction only of its own theme.
    """
    every = frozenset(taxonomy.slugs)
    found = _corrected(voice, every)
    for draw in answered(voice).filter(teaches("pk")):
        said = every & set(draw.said_themes)
        found[draw.pk] = Labelled(draw.verbatim.heard, said, every - said)
    return sorted(found.items(), key=itemgetter(0))


def _corrected(voice: Voice, every: frozenset[str]) -> dict[int, Labelled]:
    told = Annotation.objects.current().filter(
        verbatim__voice=voice, verbatim__read_at__isnull=False, theme__isnull=False, by=Annotation.By.HUMAN
    )
    rows = told.filter(teaches("verbatim_id")).order_by("verbatim_id", "pk")
    found: dict[int, Labelled] = {}
    for each in rows.select_related("verbatim", "theme"):
        key, text = each.verbatim_id, each.verbatim.heard
        before, one = found.get(key, Labelled(text)), every & {each.theme.code if each.theme else ""}
        present, absent = (frozenset(), one) if each.refused else (one, frozenset())
        found[key] = Labelled(text, before.present | present, before.absent | absent)
    return found


def tests_said(voice: Voice) -> list[Tested]:
    """The answers kept apart to test, in the order of keys, where the words are still the same."""
    return [
        Tested(draw.pk, draw.verbatim.heard, draw.said_tone, frozenset(draw.said_themes))
        for draw in answered(voice).filter(frozen=True)
        if draw.words == fingerprint(draw.verbatim.text)
    ]


def answered(voice: Voice) -> QuerySet[Draw]:
    """The draws that somebody answered, in the order of keys."""
    rows = Draw.objects.filter(voice=voice, status=Draw.Status.ANSWERED)
    return rows.select_related("verbatim").order_by("pk")
