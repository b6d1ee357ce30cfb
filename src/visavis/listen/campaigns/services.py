"""Gestures on campaigns: those that an import names are made when first met."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction

from visavis.core.languages import LANGUAGES
from visavis.listen.campaigns.models import Campaign
from visavis.listen.surveys.models import Questionnaire
from visavis.moments.exchanges.services import slug
from visavis.people.access import journal
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer


def _must_import(by: Viewer) -> None:
    if not (by.may(Right.REFERENCES) or by.may(Right.IMPORT)):
        raise PermissionDenied


@transaction.atomic
def ensure_campaign(*, by: Viewer, name: str, questionnaire: Questionnaire) -> Campaign:
    """The campaign that a file calls ``name``, made if it is new.

    Args:
        by: who acts; may change references or bring files in.
        name: its code or its name.
        questionnaire: what is asked.

    Raises:
        PermissionDenied: if ``by`` may not.
    """
    _must_import(by)
    return _ensure(
        by,
        Campaign(
            code=slug(name),
            name=dict.fromkeys(LANGUAGES, name),
            questionnaire=questionnaire,
            voice=questionnaire.voice,
        ),
    )


@transaction.atomic
def ensure_wave(*, by: Viewer, wave: str, questionnaire: Questionnaire, closes_on: dt.date) -> Campaign:
    """The anonymous wave of a barometer, made if it is new.

    Args:
        by: who acts; may change references or bring files in.
        wave: its name, such as ``2025-11``.
        questionnaire: what is asked.
        closes_on: its last day; kept from the first time it is told.

    Raises:
        PermissionDenied: if ``by`` may not.
    """
    _must_import(by)
    return _ensure(
        by,
        Campaign(
            code=f"barometer-{slug(wave)}"[:64],
            name={"fr": f"Baromètre {wave}", "en": f"Barometer {wave}"},
            questionnaire=questionnaire,
            voice=questionnaire.voice,
            wave=wave,
            anonymity=Campaign.Anonymity.ANONYMOUS,
            closes_on=closes_on,
        ),
    )


def _ensure(by: Viewer, wanted: Campaign) -> Campaign:
    found = Campaign.objects.filter(code=wanted.code).order_by("pk").first()
    if found is None:
        wanted.full_clean()
        wanted.save()
        journal.write(by=by, verb="campaigns.made", about=wanted, code=wanted.code)
        found = wanted
    return found
