"""Gestures: deciding about a link, proposing a question to customers, settling it."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from visavis.people.access import journal
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.understand.correspondences.models import Correspondence, ProposedQuestion
from visavis.understand.correspondences.proposing import Proposal
from visavis.understand.correspondences.queries import sees_both
from visavis.understand.themes.models import Theme


def _must_see(by: Viewer) -> None:
    if not sees_both(by):
        raise PermissionDenied


@transaction.atomic
def decide(
    *, by: Viewer, proposal: Proposal, validated: bool, reason: str, at: dt.datetime
) -> Correspondence:
    """Validate a link, or set it aside; what was known of it is kept beside. Decided again, it changes.

    Args:
        by: who decides; needs both voices and the right to change references.
        proposal: the link.
        validated: whether it holds.
        reason: a sentence; it may not be empty when the link is set aside.
        at: instant of the gesture.

    Returns:
        The decision.

    Raises:
        PermissionDenied: if ``by`` may not.
        ValidationError: if a link is set aside without a sentence.
    """
    _must_see(by)
    by.must(Right.REFERENCES)
    if not validated and not reason.strip():
        raise ValidationError({"reason": _("Say why in a sentence: others will read it.")})
    status = Correspondence.Status
    left, right = proposal.left, proposal.right
    known = {"left_kind": left.kind, "left": left.code, "right_kind": right.kind, "right": right.code}
    made = Correspondence.objects.select_for_update().filter(**known).order_by("pk").first()
    made = made or Correspondence(**known)
    made.status = status.VALIDATED if validated else status.REFUSED
    made.reason, made.evidence = reason.strip(), proposal.evidence()
    made.account_id, made.decided_at = by.account_id, at
    made.full_clean()
    made.save()
    words = {"pair": proposal.pair} | ({} if validated else {"reason": made.reason})
    verb = "correspondences.validated" if validated else "correspondences.refused"
    journal.write(by=by, verb=verb, about=made, **words)
    return made


@transaction.atomic
def propose_question(*, by: Viewer, theme: Theme, text: str, at: dt.datetime) -> ProposedQuestion:
    """Propose to ask customers about what employees speak of.

    Args:
        by: whoever sees both voices.
        theme: the theme that it is about.
        text: the question.
        at: instant of the gesture.

    Returns:
        The question, to ask.

    Raises:
        PermissionDenied: if ``by`` does not see both voices.
        ValidationError: if there is no question.
    """
    _must_see(by)
    if not text.strip():
        raise ValidationError({"text": _("Write the question.")})
    made = ProposedQuestion(theme=theme.code, wording=text.strip(), account_id=by.account_id, made_at=at)
    made.full_clean()
    made.save()
    journal.write(by=by, verb="correspondences.question", about=made, theme=theme.label)
    return made


@transaction.atomic
def settle(*, by: Viewer, question: ProposedQuestion, asked: bool, at: dt.datetime) -> None:
    """Say what became of a proposed question. Settled twice, it changes nothing.

    Args:
        by: who settles it; needs both voices and the right to change references.
        question: the question.
        asked: whether it is now asked to customers.
        at: instant of the gesture.

    Raises:
        PermissionDenied: if ``by`` may not.
    """
    _must_see(by)
    by.must(Right.REFERENCES)
    states = ProposedQuestion.State
    found = ProposedQuestion.objects.select_for_update().get(pk=question.pk)
    if found.state != states.OPEN:
        return
    found.state = states.ASKED if asked else states.DROPPED
    found.settled_by_id, found.settled_at = by.account_id, at
    found.full_clean()
    found.save()
    journal.write(by=by, verb="correspondences.settled", about=found, state=found.state)


def tell_export(*, by: Viewer, name: str) -> None:
    """Leave the trace of a file.

    Args:
        by: who exports.
        name: of the file.

    Raises:
        PermissionDenied: if ``by`` does not see both voices.
    """
    _must_see(by)
    journal.write(by=by, verb="correspondences.exported", name=name)
