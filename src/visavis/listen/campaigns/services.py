"""Gestures on campaigns: those that an import names are made when first met."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import get_language

from visavis.core.languages import LANGUAGES, say
from visavis.core.words import Voice
from visavis.listen.campaigns.mirrors import Mirror
from visavis.listen.campaigns.models import Campaign
from visavis.listen.campaigns.naming import WAVE_CODE, wave_name
from visavis.listen.surveys.models import Questionnaire
from visavis.moments.exchanges.services import slug
from visavis.people.access import journal
from visavis.people.access.policy import Right, returns_may_be_listed
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
            code=f"{WAVE_CODE}{slug(wave)}"[:64],
            name=wave_name(wave),
            questionnaire=questionnaire,
            voice=questionnaire.voice,
            wave=wave,
            anonymity=Campaign.Anonymity.ANONYMOUS,
            closes_on=closes_on,
        ),
    )


@transaction.atomic
def open_mirror(
    *,
    by: Viewer,
    code: str,
    name: Mapping[str, str],
    questionnaires: Mapping[Voice, Questionnaire],
    opens_on: dt.date,
    closes_on: dt.date,
) -> Mirror:
    """Make the two campaigns of a mirror study. Answers that nobody may list are asked without a name.

    Args:
        by: who acts; may change references, bring files in, or open waves of employees.
        code: of the study; no campaign has it.
        name: of the study, in each language.
        questionnaires: one a voice, with the same keys.
        opens_on: its first day.
        closes_on: its last day.

    Raises:
        PermissionDenied: if ``by`` may not.
        ValidationError: if the code is taken.
    """
    if not by.may(Right.WAVES):
        _must_import(by)
    sides: dict[Voice, Campaign] = {}
    for voice in Voice:
        named = returns_may_be_listed(voice)
        side = Campaign(
            code=code if not sides else f"{code}-{voice.value}",
            name=dict(name),
            questionnaire=questionnaires[voice],
            voice=voice.value,
            anonymity=Campaign.Anonymity.CONFIDENTIAL if named else Campaign.Anonymity.ANONYMOUS,
            opens_on=opens_on,
            closes_on=closes_on,
            mirror_of=next(iter(sides.values()), None),
        )
        side.full_clean()
        side.save()
        sides[voice] = side
    return Mirror(sides)


def _named(campaign: Campaign) -> str:
    return say(campaign.name, get_language() or "fr")


def _ensure(by: Viewer, wanted: Campaign) -> Campaign:
    found = Campaign.objects.filter(code=wanted.code).order_by("pk").first()
    if found is None:
        wanted.full_clean()
        wanted.save()
        journal.write(by=by, verb="campaigns.made", about=wanted, code=wanted.code, name=_named(wanted))
        found = wanted
    return found
