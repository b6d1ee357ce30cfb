"""From a candidate to what is in force: stored with its measures, published if it passes the gate."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import Max

from visavis.core.words import Voice
from visavis.listen.returns.models import Verbatim
from visavis.people.access import journal
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.text import VERSION
from visavis.understand.learning.candidates import Candidate, Themes, Tones
from visavis.understand.learning.gate import Why, decide
from visavis.understand.learning.models import Fit, Kind, Publication

_SOURCES: dict[Kind, type[Tones] | type[Themes]] = {Kind.TONE: Tones, Kind.THEMES: Themes}


def learn(*, by: Viewer, kind: Kind, voice: Voice, at: dt.datetime) -> Fit | None:
    """Learn from all that was said so far, and publish what passes the gate. Safe to run twice.

    Args:
        by: the system, or who may change references.
        kind: what to learn.
        voice: whose texts.
        at: instant of the candidate.

    Returns:
        The candidate, with what was decided; none if there is too little to learn from, or nothing new.

    Raises:
        PermissionDenied: if ``by`` may not change references.
    """
    by.must(Right.REFERENCES)
    source = _SOURCES[kind].of(voice)
    if source is None or Fit.objects.filter(kind=kind, voice=voice, basis=source.basis).exists():
        return None
    return keep(by=by, kind=kind, voice=voice, candidate=source.learn(), at=at)


def keep(*, by: Viewer, kind: Kind, voice: Voice, candidate: Candidate, at: dt.datetime) -> Fit | None:
    """Store a candidate with its measures and the decision; put it in force if it passes.

    Args:
        by: the system, or who may change references.
        kind: what it reads.
        voice: whose texts.
        candidate: what was learnt.
        at: instant of the decision.

    Returns:
        The candidate as stored; none if another worker stored the same one meanwhile.

    Raises:
        PermissionDenied: if ``by`` may not change references.
    """
    by.must(Right.REFERENCES)
    passes, why = decide(candidate.test, candidate.cross)
    if passes and went_back(kind, voice):
        passes, why = False, Why.HELD
    try:
        with transaction.atomic():
            fit = _store(kind, voice, candidate, why, at)
            if passes:
                publish_fit(by=by, kind=kind, voice=voice, fit=fit, reason="", at=at)
            verb = "learning.published" if passes else "learning.not_published"
            journal.write(by=by, verb=verb, about=fit, name=fit.number, answers=fit.answers)
    except IntegrityError:
        return None
    return fit


def _store(kind: Kind, voice: Voice, candidate: Candidate, why: Why, at: dt.datetime) -> Fit:
    last = Fit.objects.filter(kind=kind, voice=voice).aggregate(last=Max("number"))["last"] or 0
    measures = {"test": candidate.test.told()}
    if candidate.cross:
        measures["cross"] = candidate.cross.told()
    if candidate.calibration:
        before, after = candidate.calibration
        measures["calibration"] = {"before": before, "after": after}
    return Fit.objects.create(
        kind=kind,
        voice=voice,
        number=last + 1,
        made_at=at,
        engine=VERSION,
        basis=candidate.basis,
        answers=candidate.answers,
        verdict=_VERDICTS[why],
        why=why,
        measures=measures,
        content=candidate.content,
    )


_VERDICTS = {
    Why.NOTHING: Fit.Verdict.REFUSED,
    Why.FALLS: Fit.Verdict.REFUSED,
    Why.HOLDS: Fit.Verdict.ACCEPTED,
    Why.CROSS: Fit.Verdict.ACCEPTED,
    Why.FEW: Fit.Verdict.WAITING,
    Why.HELD: Fit.Verdict.WAITING,
}


def last_publication(kind: Kind, voice: Voice) -> Publication | None:
    """What holds; none: as shipped, from the beginning."""
    return Publication.objects.filter(kind=kind, voice=voice).order_by("-pk").first()


def went_back(kind: Kind, voice: Voice) -> bool:
    """Whether a person put an earlier model in force than the newest one published."""
    rows = Publication.objects.filter(kind=kind, voice=voice)
    last = rows.select_related("fit").defer("fit__content").order_by("-pk").first()
    if last is None or not last.reason:
        return False
    return rows.filter(fit__number__gt=last.fit.number if last.fit else 0).exists()


def publish_fit(
    *, by: Viewer, kind: Kind, voice: Voice, fit: Fit | None, reason: str, at: dt.datetime
) -> Publication:
    """Put a model in force; texts heard since the beginning of the running month are read again.

    Args:
        by: the system, or who may change references.
        kind: what it reads.
        voice: whose texts.
        fit: the model; none: as shipped.
        reason: a person's; empty when it passed the gate by itself.
        at: instant of the publication.

    Returns:
        The publication.

    Raises:
        PermissionDenied: if ``by`` may not change references.
    """
    by.must(Right.REFERENCES)
    heard = Verbatim.objects.filter(voice=voice).aggregate(last=Max("heard_on"))["last"]
    since = (heard or at.date()).replace(day=1)
    return Publication.objects.create(
        kind=kind, voice=voice, fit=fit, at=at, account_id=by.account_id, reason=reason, since=since
    )
