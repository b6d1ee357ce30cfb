"""Drawing the texts that people are asked to read: 70 % the least certain, 30 % at random, every week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet

from visavis.core.keys import key
from visavis.core.words import Voice
from visavis.listen.returns.models import Verbatim
from visavis.people.access import journal
from visavis.people.access.policy import LISTED_VOICES, Right
from visavis.people.access.viewer import Viewer
from visavis.text import Reading, fold
from visavis.text.learning.queue import AT_RANDOM
from visavis.understand.learning.engine import read_under, told_themes
from visavis.understand.learning.models import Draw, is_frozen, teaches, tests
from visavis.understand.learning.queries import models_in_force
from visavis.understand.verbatims.reading import fingerprint

#: Texts of a week's queue, and of one more draw.
WEEK, MORE = 60, 20
#: Only texts heard within a year are drawn: rates speak of today's texts.
WINDOW = dt.timedelta(days=365)


def monday(day: dt.date) -> dt.date:
    """The Monday of the week of a day."""
    return day - dt.timedelta(days=day.weekday())


def draw_week(today: dt.date) -> int:
    """Draw the queue of this week, once; safe to run twice.

    Texts of earlier weeks that chance chose and nobody read stay in the queue: dropping them would make the
    sample unfair. The uncertain ones that nobody read are given back: they may be certain by now.

    Args:
        today: any day of the week.

    Returns:
        How many texts were drawn.
    """
    week = monday(today)
    give_back_changed()
    if Draw.objects.filter(week__gte=week).exists():
        return 0
    with transaction.atomic():
        waiting = Draw.objects.filter(status=Draw.Status.WAITING)
        waiting.filter(random=False).delete()
        kept = waiting.update(week=week)
        return sum(_draw(voice, WEEK - kept, week, today) for voice in LISTED_VOICES)


@transaction.atomic
def draw_more(*, by: Viewer, today: dt.date) -> int:
    """Add texts to this week's queue, chosen in the same way.

    Args:
        by: who asks; needs the right to change references, since the sample is the whole company's.
        today: the company's day.

    Returns:
        How many texts were added; 0 when all were drawn already.

    Raises:
        PermissionDenied: if ``by`` may not.
    """
    by.must(Right.REFERENCES)
    drawn = sum(_draw(voice, MORE, monday(today), today) for voice in LISTED_VOICES)
    journal.write(by=by, verb="learning.drawn", number=drawn)
    return drawn


def give_back_changed() -> None:
    """Take out of the queue the texts whose words changed since they were drawn: they may be drawn again."""
    waiting = Draw.objects.filter(status=Draw.Status.WAITING).select_related("verbatim").order_by("pk")
    gone = [draw.pk for draw in waiting if draw.words != fingerprint(draw.verbatim.text)]
    Draw.objects.filter(pk__in=gone, status=Draw.Status.WAITING).delete()


def _draw(voice: Voice, size: int, week: dt.date, today: dt.date) -> int:
    pool = _pool(voice, today)
    if size <= 0 or pool is None:
        return 0
    drawn = round(AT_RANDOM * size)
    # Half of chance's share is kept apart to test: both halves are fair samples, keys being hashes.
    kept = list(pool.filter(tests("pk")).order_by("pk")[: (drawn + 1) // 2])
    others = list(pool.filter(teaches("pk")).order_by("pk")[: drawn - len(kept)])
    chosen = {text.pk for text in (*kept, *others)}
    doubtful = _doubtful(pool.exclude(pk__in=chosen), voice, size - len(chosen))
    _store([*kept, *others], doubtful, voice, week)
    return len(chosen) + len(doubtful)


def _pool(voice: Voice, today: dt.date) -> QuerySet[Verbatim] | None:
    """What may be drawn: read, recent, never drawn. An imported history has its own end."""
    heard = Verbatim.objects.filter(voice=voice, heard_on__lte=today, read_at__isnull=False)
    last = heard.aggregate(last=Max("heard_on"))["last"]
    if last is None:
        return None
    drawn = Draw.objects.filter(pk=OuterRef("pk"))
    return heard.filter(~Exists(drawn), heard_on__gt=last - WINDOW).exclude(text="")


def _doubtful(pool: QuerySet[Verbatim], voice: Voice, size: int) -> list[Verbatim]:
    """The least certain texts that may be learnt from, the same words once."""
    rows = pool.filter(teaches("pk"), corrected=False, certainty__isnull=False)
    if voice.tone_may_be_read:
        rows = rows.filter(sentiment__isnull=False)
    once: dict[str, Verbatim] = {}
    for text in rows.order_by("certainty", "pk")[: 3 * size]:
        once.setdefault(fold(text.heard), text)
    return list(once.values())[:size]


def _store(random: Sequence[Verbatim], doubtful: Sequence[Verbatim], voice: Voice, week: dt.date) -> None:
    chance = {text.pk for text in random}
    # The order does not tell how a text was chosen.
    mixed = sorted((*random, *doubtful), key=lambda text: key("draw", week, text.pk))
    last = Draw.objects.filter(week=week).aggregate(last=Max("place"))["last"]
    start = 0 if last is None else last + 1
    models = models_in_force(voice)
    readings = read_under(models, [text.heard for text in mixed], voice)
    pairs = zip(mixed, readings, strict=True)
    rows = (
        _row(text, reading, models.version, place=start + place, week=week, random=text.pk in chance)
        for place, (text, reading) in enumerate(pairs)
    )
    Draw.objects.bulk_create(rows, batch_size=200, ignore_conflicts=True)


def _row(text: Verbatim, reading: Reading, version: str, *, place: int, week: dt.date, random: bool) -> Draw:
    return Draw(
        verbatim=text,
        voice=text.voice,
        unit_path=text.unit_path,
        week=week,
        place=place,
        random=random,
        frozen=random and is_frozen(text.pk),
        words=fingerprint(text.text),
        **read_columns(reading, version),
    )


def read_columns(reading: Reading, version: str) -> dict[str, object]:
    """The columns of a draw that a reading fills."""
    return {
        "version": version,
        "tone": reading.polarity or "",
        "sentiment": reading.sentiment,
        "certainty": reading.certainty,
        "themes": told_themes(reading),
    }
