"""The register of models: what reads people's words, for what, how often it is wrong, and its switch."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from visavis.measure.estimates import Display, Estimate
from visavis.measure.figures import count, show, span
from visavis.measure.shares import proportion_interval
from visavis.people.access.viewer import Viewer
from visavis.share.law.keeping import ask, decide
from visavis.share.law.model_cards import CARDS, CUSTOMERS, Card
from visavis.share.law.models import SettingChange
from visavis.share.law.reading import may_read_models
from visavis.text.elsewhere import MARK as ELSEWHERE
from visavis.text.precision import available
from visavis.text.precision.opinion import MARK as SECOND
from visavis.understand.learning.models import Draw, Kind, Publication, Reader
from visavis.understand.learning.queries import models_in_force
from visavis.understand.learning.rates import checks, theme_rates, tone_rates
from visavis.understand.learning.switches import turn, turned_off

#: Versions of what is shipped as it is.
_VERSIONS: Final = {Reader.SECOND: SECOND, Reader.LANGUAGES: ELSEWHERE, Reader.MEANING: ELSEWHERE}


@dataclass(frozen=True, slots=True)
class Measured:
    """One figure of a model: what it counts, the figure with n and interval (or none), where it is from."""

    what: str
    figure: str
    where: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One model as the register shows it.

    Attributes:
        card: what it is.
        version: the one in force.
        measured: its errors here and on its card.
        reviewed: when people last checked what it reads, or a version was put in force; none: never here.
        on: whether it reads; none where there is no switch.
        installed: whether it is there at all.
        waiting: a change of its switch that waits for a second person.
    """

    card: Card
    version: str
    measured: Sequence[Measured]
    reviewed: dt.datetime | None
    on: bool | None
    installed: bool
    waiting: SettingChange | None


def register(viewer: Viewer) -> list[Entry]:
    """Every model in use, for whoever may read the register; else none."""
    if not may_read_models(viewer):
        return []
    off = turned_off()
    waits = {
        one.setting: one
        for one in SettingChange.objects.filter(state=SettingChange.State.PROPOSED).order_by("pk")
    }
    return [_entry(card, off, waits) for card in CARDS]


def _entry(card: Card, off: frozenset[Reader], waits: dict[str, SettingChange]) -> Entry:
    optional = card.reader == Reader.SECOND
    installed = not optional or (settings.SECOND_OPINION and available())
    return Entry(
        card=card,
        version=_version(card),
        measured=[*_here(card), _on_card(card)],
        reviewed=_reviewed(card),
        on=card.reader not in off and installed if card.reader else None,
        installed=installed,
        waiting=waits.get(setting_of(card.reader)) if card.reader else None,
    )


def setting_of(reader: Reader) -> str:
    """The name of a switch among the settings."""
    return f"read:{reader}"


def _version(card: Card) -> str:
    if card.reader in {Reader.TONE, Reader.THEMES}:
        names = dict.fromkeys(models_in_force(voice).version for voice in card.voices)
        return ", ".join(names)
    return _VERSIONS.get(card.reader, "") if card.reader else ""


def _reviewed(card: Card) -> dt.datetime | None:
    """The last answer of a person on what it reads, or the last version put in force."""
    if card.reader not in {Reader.TONE, Reader.THEMES}:
        return None
    said = Draw.objects.filter(status=Draw.Status.ANSWERED).aggregate(last=Max("answered_at"))["last"]
    kind = Kind.TONE if card.reader == Reader.TONE else Kind.THEMES
    put = Publication.objects.filter(kind=kind).aggregate(last=Max("at"))["last"]
    return max((at for at in (said, put) if at), default=None)


def _here(card: Card) -> list[Measured]:
    """What people said of its readings in this company, on texts drawn at random."""
    if card.reader not in {Reader.TONE, Reader.THEMES}:
        return []
    found = []
    for voice in CUSTOMERS:
        draws = checks(voice).draws
        if card.reader == Reader.TONE:
            found.append((_("tones that are right"), tone_rates(draws).right))
        else:
            whole, _each = theme_rates(draws)
            found.append((_("themes read that are right"), whole.trusted))
            found.append((_("themes said that were found"), whole.found))
    where = _("here, on texts drawn at random")
    return [Measured(what, figure_words(estimate), where) for what, estimate in found]


def _on_card(card: Card) -> Measured:
    figure = figure_words(proportion_interval(*card.right)) if card.right else ""
    return Measured(str(card.measured), figure, _("on the card of the model") if figure else "")


def figure_words(estimate: Estimate) -> str:
    """A figure with its n and its interval, or that there are too few answers."""
    language = get_language() or "fr"
    if estimate.display is Display.HIDDEN:
        return _("too few answers yet (%(n)s)") % {"n": estimate.n}
    noun = (pgettext("checked", "text"), pgettext("checked", "texts"))
    held = f"{show(estimate, language)} ({count(estimate.n, language, noun)}, {span(estimate, language)})"
    return f"{held}, {_('indicative')}" if estimate.display is Display.INDICATIVE else held


@transaction.atomic
def ask_switch(*, by: Viewer, card: Card, on: bool, reason: str, at: dt.datetime) -> SettingChange:
    """Turn a model off at once, or ask to turn it on again: a second person then signs.

    Args:
        by: who asks; needs the right to the settings or to people's requests, over the company.
        card: which model.
        on: or off.
        reason: needed to turn on.
        at: the present instant.

    Returns:
        The change, applied or waiting.

    Raises:
        PermissionDenied: if ``by`` may not, or the model has no switch.
        ValidationError: if nothing changes, a reason is missing, or another change of it waits.
    """
    if card.reader is None:
        raise PermissionDenied
    now = card.reader not in turned_off()
    change = ask(by=by, setting=setting_of(card.reader), before=int(now), after=int(on), reason=reason, at=at)
    apply(change, at=at)
    return change


def sign(*, by: Viewer, change: SettingChange, agreed: bool, at: dt.datetime) -> SettingChange:
    """Sign or refuse a waiting change of any setting, and let a signed one act.

    Args:
        by: the second person.
        change: waiting.
        agreed: signed, or refused.
        at: the present instant.

    Raises:
        PermissionDenied: if ``by`` is not the second person.
        ValidationError: if somebody decided meanwhile.
    """
    with transaction.atomic():
        decided = decide(by=by, change=change, agreed=agreed, at=at)
        apply(decided, at=at)
    return decided


def apply(change: SettingChange, *, at: dt.datetime) -> None:
    """Let a change of a switch act, once it is in force; keeping times act by being read."""
    group, _colon, code = change.setting.partition(":")
    if group == "read" and change.state == SettingChange.State.APPLIED:
        if code not in Reader:
            raise ValidationError(change.setting)
        turn(reader=Reader(code), on=bool(change.after), at=at)


def is_turned_off(card: Card) -> bool:
    """Whether somebody turned a model off."""
    return card.reader in turned_off()
