"""Gestures on an alert: seen, explained, taken as the new usual level."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from visavis.core.stamps import merged
from visavis.people.access import journal
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.share.alerts.models import Alert, AlertStep, Watch


def _locked(alert: Alert) -> Alert:
    """The alert as it is now, held; its figure first, as the nightly look does, which writes alerts too."""
    Watch.objects.select_for_update().get(pk=alert.watch_id)
    found = Alert.objects.select_for_update().get(pk=alert.pk)
    if found.ended_on is not None:
        raise ValidationError(_("This alert is over."))
    return found


def _tell(by: Viewer, alert: Alert, kind: AlertStep.Kind, today: dt.date, text: str = "") -> None:
    AlertStep.objects.create(alert=alert, kind=kind, on=today, text=text, account_id=by.account_id)
    journal.write(by=by, verb=f"alerts.{kind}", about=alert, unit_path=alert.unit_path)


@transaction.atomic
def see(*, by: Viewer, alert: Alert, today: dt.date) -> None:
    """Say that an alert was looked at; it stays until it is explained or back to usual.

    Args:
        by: who looked; needs the figures of the branch.
        alert: the alert, not over.
        today: the company's day.

    Raises:
        PermissionDenied: if ``by`` does not see the branch.
        ValidationError: if the alert is over.
    """
    by.must(Right.FIGURES, alert.unit_path)
    found = _locked(alert)
    if found.state == Alert.State.OPEN:
        found.state = Alert.State.SEEN
        found.save(update_fields=["state"])
        _tell(by, found, AlertStep.Kind.SEEN, today)


@transaction.atomic
def explain(
    *, by: Viewer, alert: Alert, text: str, lasting: bool, today: dt.date, seen: str | None = None
) -> None:
    """Say in a sentence why a figure departed, and whether this is its level from now on.

    Args:
        by: who explains; needs to read the returns of the branch, and its report for a lasting level.
        alert: the alert, not over.
        text: why; required.
        lasting: whether the baseline is taken again from the break: the alert is then over, and the figure
            is watched again once thirteen weeks of the new level are known.
        today: the company's day.
        seen: ``stamps_of`` the sentence that was on screen; none if no screen showed it.

    Raises:
        PermissionDenied: if ``by`` may not.
        ValidationError: if the sentence is empty or the alert is over.
        MeanwhileError: if somebody explained it otherwise meanwhile.
    """
    by.must(Right.RETURNS, alert.unit_path)
    if lasting:
        by.must(Right.REPORT, alert.unit_path)
    if not text.strip():
        raise ValidationError({"text": _("Say in a sentence what explains it.")})
    found = _locked(alert)
    kept = merged({"text": text}, now={"text": found.explanation}, seen=seen)
    found.state, found.explanation = Alert.State.EXPLAINED, str(kept["text"]).strip()
    if lasting:
        found.ended_on = today
        Watch.objects.filter(pk=found.watch_id).update(baseline=None, rebased_from=found.since)
    found.save(update_fields=["state", "explanation", "ended_on"])
    _tell(by, found, AlertStep.Kind.EXPLAINED, today, found.explanation)
    if lasting:
        _tell(by, found, AlertStep.Kind.REBASED, today)
