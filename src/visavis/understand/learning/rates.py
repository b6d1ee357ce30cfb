"""How often the engine is right on texts that chance chose; shares without its errors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from visavis.core.words import Polarity, Voice
from visavis.measure.calibration import calibration_error
from visavis.measure.contacts import clustered_share
from visavis.measure.estimates import FLOOR, FULL_FROM, SHARE, Estimate
from visavis.measure.prevalence import Checked, CorrectedShare
from visavis.measure.prevalence import corrected_share as solved
from visavis.measure.shares import proportion_interval
from visavis.understand.learning.models import Draw
from visavis.understand.learning.queries import models_in_force

#: Resamplings behind the interval of the calibration error.
_RESAMPLED = 200
#: Lower ends of the slices of certainty.
SLICES = (0.5, 0.6, 0.7, 0.8, 0.9)
_SIDES = {Polarity.POSITIVE.value: True, Polarity.NEGATIVE.value: False}


@dataclass(frozen=True, slots=True)
class Checks:
    """Texts that chance chose, as they were read by the version in force before a person answered.

    Attributes:
        version: the version that read them.
        draws: the texts answered.
        skipped: texts that chance chose and nobody could, or would, answer.
        older: answers that judge an earlier version, left out here.
    """

    version: str
    draws: Sequence[Draw]
    skipped: int
    older: int


def checks(voice: Voice) -> Checks:
    """What is known of the version in force. Rates of the company: no text, no branch, no viewer.

    After a publication the texts kept apart are read again by the new version; the other answers judged the
    earlier one, which partly learnt from them since, and stay out.
    """
    version = models_in_force(voice).version
    chance = Draw.objects.filter(voice=voice, random=True).order_by("pk")
    answered = list(chance.filter(status=Draw.Status.ANSWERED))
    now = [draw for draw in answered if draw.version == version]
    skipped = chance.filter(status=Draw.Status.SKIPPED).count()
    return Checks(version, now, skipped, len(answered) - len(now))


@dataclass(frozen=True, slots=True)
class ToneRates:
    """How the tone is read.

    Attributes:
        right: share of the tones told that are right.
        told: share of texts whose tone is told at all.
        confusion: (said, read) -> texts; read is empty where the engine abstained.
        found: tone -> share found of the texts that have it.
        trusted: tone -> share right of the texts read so.
        error: expected calibration error of the certainty; none under 30 answers.
        slices: lower end of a slice of certainty -> share right in it.
    """

    right: Estimate
    told: Estimate
    confusion: dict[tuple[str, str], int]
    found: dict[str, Estimate]
    trusted: dict[str, Estimate]
    error: Estimate | None
    slices: dict[float, Estimate]


def tone_rates(draws: Sequence[Draw]) -> ToneRates:
    """Judge the tone read in texts by what people said of it."""
    said = [draw for draw in draws if draw.said_tone]
    told = [draw for draw in said if draw.tone]
    confusion = Counter((draw.said_tone, draw.tone) for draw in said)
    sure = _sureness(said)
    return ToneRates(
        right=_share(draw.tone == draw.said_tone for draw in told),
        told=_share(bool(draw.tone) for draw in said),
        confusion=dict(confusion),
        found={tone: _share(d.tone == tone for d in said if d.said_tone == tone) for tone in Polarity},
        trusted={tone: _share(d.said_tone == tone for d in said if d.tone == tone) for tone in Polarity},
        error=_error(sure) if len(sure) >= FULL_FROM else None,
        slices={low: _share(right for chance, right in sure if _slice(chance) == low) for low in SLICES},
    )


def _share(answers: Iterable[bool]) -> Estimate:
    kept = list(answers)
    return proportion_interval(sum(kept), len(kept))


def _sureness(said: Iterable[Draw]) -> list[tuple[float, bool]]:
    """How sure the engine was of the side of each text that takes one, and whether it was right."""
    return [
        ((1 + abs(draw.sentiment)) / 2, (draw.sentiment > 0) == _SIDES[draw.said_tone])
        for draw in said
        if draw.sentiment is not None and draw.said_tone in _SIDES
    ]


def _slice(chance: float) -> float:
    return max(low for low in SLICES if chance >= low)


def _error(sure: Sequence[tuple[float, bool]]) -> Estimate:
    """The calibration error, with the interval of resampling (B. Efron 1979, percentiles)."""
    value = _miss(sure)
    chance = Random(len(sure))  # noqa: S311 - a resampling, not a secret
    drawn = sorted(_miss(chance.choices(sure, k=len(sure))) for _ in range(_RESAMPLED))
    edge = _RESAMPLED // 40
    return Estimate(
        estimate=value,
        low=min(value, drawn[edge]),
        high=max(value, drawn[-edge - 1]),
        level=0.95,
        n=len(sure),
        n_eff=len(sure),
        method="bootstrap",
        scale=SHARE,
    )


def _miss(sure: Sequence[tuple[float, bool]]) -> float:
    return calibration_error([chance for chance, _ in sure], [right for _, right in sure])


@dataclass(frozen=True, slots=True)
class ThemeRates:
    """How one theme, or all of them, is read.

    Attributes:
        found: share found of the texts that speak of it.
        trusted: share right of the texts read so.
    """

    found: Estimate
    trusted: Estimate


def theme_rates(draws: Sequence[Draw]) -> tuple[ThemeRates, dict[str, ThemeRates]]:
    """Judge the themes read in texts by what people said of them.

    Returns:
        All themes together (a text may have several: intervals are those of texts), then each by its code,
        those of most texts first.
    """
    pairs = [(draw.read_themes, frozenset(draw.said_themes)) for draw in draws]
    whole = ThemeRates(
        found=clustered_share((len(read & said), len(said)) for read, said in pairs if said),
        trusted=clustered_share((len(read & said), len(read)) for read, said in pairs if read),
    )
    heard = Counter(code for read, said in pairs for code in read | said)
    each = {
        code: ThemeRates(
            found=_share(code in read for read, said in pairs if code in said),
            trusted=_share(code in said for read, said in pairs if code in read),
        )
        for code, _n in sorted(heard.items(), key=lambda item: (-item[1], item[0]))
    }
    return whole, each


def corrected_share(
    known: Checks, *, flagged: int, n: int, tone: Polarity | None = None, theme: str = ""
) -> CorrectedShare | None:
    """What a share counted by the engine becomes once its errors are taken out.

    Args:
        known: from ``checks`` of the voice that is counted.
        flagged: texts that the engine counts.
        n: texts read.
        tone: what is counted, if it is a tone.
        theme: the code of what is counted, if it is a theme.

    Returns:
        The corrected share with its interval; none with fewer than 5 checked texts on either side.
    """
    if theme:
        pairs = [(theme in draw.read_themes, theme in draw.said_themes) for draw in known.draws]
    else:
        pairs = [(draw.tone == tone, draw.said_tone == tone) for draw in known.draws if draw.said_tone]
    yes = [read for read, said in pairs if said]
    no = [not read for read, said in pairs if not said]
    if min(len(yes), len(no)) < FLOOR:
        return None
    return solved(flagged, n, Checked(sum(yes), len(yes), sum(no), len(no)))
