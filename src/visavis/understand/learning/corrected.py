"""Shares of themes without the engine's errors, where people checked enough texts that chance chose."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from visavis.core.words import Voice
from visavis.listen.returns.models import Verbatim
from visavis.measure.estimates import Estimate
from visavis.measure.figures import show, span
from visavis.measure.shares import proportion_interval
from visavis.people.access.policy import LISTED_VOICES
from visavis.understand.learning.rates import Checks, checks, corrected_share

#: Themes told at most.
MOST = 8


@dataclass(frozen=True, slots=True)
class Counted:
    """A theme as the engine counts it: its code, its words on screen, how many texts speak of it."""

    code: str
    label: str
    flagged: int


@dataclass(frozen=True, slots=True)
class Line:
    """One theme: its share without the errors, that interval, and the share as counted."""

    label: str
    share: str
    span: str
    counted: str


@dataclass(frozen=True, slots=True)
class WithoutErrors:
    """What is told beside the themes of a set of texts.

    Attributes:
        lines: the themes with enough checks, in the order given.
        n: texts read.
        checked: texts that chance chose and people answered.
    """

    lines: tuple[Line, ...]
    n: int
    checked: int


def without_errors(
    texts: QuerySet[Verbatim], counted: Iterable[Counted], n: int, language: str
) -> WithoutErrors | None:
    """Take the errors of the engine out of shares of themes. Rates of the company: no person reads here.

    Args:
        texts: those that are counted, from a read of whoever looks.
        counted: themes, those of most texts first.
        n: how many of the texts were read.
        language: "fr" or "en".

    Returns:
        The shares; none while too few texts are checked, or where an earlier version read some of the texts:
        the rates are those of the version in force.
    """
    for voice in LISTED_VOICES:
        known = checks(voice)
        lines = tuple(_lines(known, counted, n, language)) if known.draws else ()
        if lines and not _by_another(texts, voice, known.version):
            return WithoutErrors(lines[:MOST], n, len(known.draws))
    return None


def _by_another(texts: QuerySet[Verbatim], voice: Voice, version: str) -> bool:
    ours = Q(read_by=version) | Q(read_by__startswith=f"{version}+")
    return texts.filter(read_at__isnull=False).exclude(ours, voice=voice).exists()


def _lines(known: Checks, counted: Iterable[Counted], n: int, language: str) -> Iterable[Line]:
    for each in counted:
        share = corrected_share(known, flagged=each.flagged, n=n, theme=each.code)
        if share and tells(share):
            observed = show(proportion_interval(each.flagged, n), language)
            yield Line(each.label, show(share, language), span(share, language), observed)


def tells(share: Estimate) -> bool:
    """Whether the checks tell anything of a share: an interval from 0 to 1 is no figure."""
    return share.estimate is not None and (share.low > 0 or share.high < 1)
