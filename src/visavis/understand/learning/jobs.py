"""What the worker does here: draw the week, learn at night, read again what a publication asks for."""

from __future__ import annotations

import datetime as dt

from django.db.models import Max

from visavis.core.words import Voice
from visavis.listen.returns.models import Verbatim
from visavis.people.access.viewer import system
from visavis.understand.learning import second
from visavis.understand.learning.draws import draw_week, read_columns
from visavis.understand.learning.engine import read_under
from visavis.understand.learning.models import Draw, Fit, Kind, Publication
from visavis.understand.learning.publishing import last_publication, learn
from visavis.understand.learning.queries import models_in_force
from visavis.understand.verbatims.models import Annotation
from visavis.understand.verbatims.reading import read_again as reread

#: Texts read again in one go.
STEP = 500
#: The hour of the night at which the engine learns.
HOUR = 2


def sweep(*, at: dt.datetime, today: dt.date) -> dict[str, int]:
    """Do what is late: the week's queue, texts to read again, tests to read again, second opinions.

    Args:
        at: the present instant.
        today: the company's day.

    Returns:
        How many texts each step did.
    """
    done = {"drawn": draw_week(today), "reread": 0, "tested": 0, "second": 0}
    for voice in Voice:
        done["reread"] += _until_done(voice, at)
        done["tested"] += judge_again(voice)
        done["second"] += second.step(voice, at=at)
    return done


def _until_done(voice: Voice, at: dt.datetime) -> int:
    done = 0
    while step := read_again(voice, at=at):
        done += step
    return done


def read_again(voice: Voice, *, at: dt.datetime) -> int:
    """Read again the next texts that the last publications ask for; people's corrections win.

    Args:
        voice: whose texts.
        at: instant of the reading.

    Returns:
        How many texts were taken; 0 when all are read again.
    """
    last = [found for kind in Kind if (found := last_publication(kind, voice)) and not found.done]
    if not last:
        return 0
    rows = Verbatim.objects.filter(voice=voice, heard_on__gte=min(one.since for one in last))
    after = min(one.cursor for one in last)
    keys = list(rows.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:STEP])
    mine = Publication.objects.filter(pk__in=[one.pk for one in last])
    reread(keys, at=at)
    # After the texts: a job that is killed between both reads some of them once more.
    mine.update(cursor=keys[-1]) if keys else mine.update(done=True)
    return len(keys)


def judge_again(voice: Voice) -> int:
    """Read the test set with the version in force: nothing learnt from it, so it judges every version.

    Args:
        voice: whose texts.

    Returns:
        How many texts were read.
    """
    models = models_in_force(voice)
    rows = Draw.objects.filter(voice=voice, frozen=True, status=Draw.Status.ANSWERED)
    late = list(rows.exclude(version=models.version).select_related("verbatim").order_by("pk")[:STEP])
    readings = read_under(models, [draw.verbatim.heard for draw in late], voice) if late else []
    for draw, reading in zip(late, readings, strict=True):
        Draw.objects.filter(pk=draw.pk).update(**read_columns(reading, models.version))
    return len(late)


def night(*, at: dt.datetime) -> list[Fit]:
    """Learn at night, or as soon as possible after a night that was missed.

    Args:
        at: the present instant, in the company's time.

    Returns:
        The candidates made.
    """
    if at.hour != HOUR and not late(at):
        return []
    return learn_all(at=at)


def learn_all(*, at: dt.datetime) -> list[Fit]:
    """Learn all that can be learnt now, for both voices; what is not new makes no candidate.

    Args:
        at: instant of the candidates.
    """
    made = [learn(by=system(), kind=kind, voice=voice, at=at) for voice in Voice for kind in Kind]
    return [fit for fit in made if fit]


def late(at: dt.datetime) -> bool:
    """Whether what people said more than a day ago has taught nothing yet."""
    said = Annotation.objects.filter(by=Annotation.By.HUMAN, made_at__lt=at - dt.timedelta(days=1))
    newest = said.aggregate(last=Max("made_at"))["last"]
    learnt = Fit.objects.aggregate(last=Max("made_at"))["last"]
    return newest is not None and (learnt is None or learnt < newest)
