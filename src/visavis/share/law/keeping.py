"""How long things are kept today, and the gestures that change it: shorter at once, longer with two roles."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from visavis.core.stamps import merged
from visavis.measure.figures import number
from visavis.people.access import journal
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.people.units.models import Unit
from visavis.people.units.queries import company_path
from visavis.share.law.models import SettingChange
from visavis.share.law.purposes import BY_PURPOSE, KEEPINGS, LONGEST, Keeping, Purpose

#: The two rights that must both be behind a change that keeps more, or lets a machine read more.
_TWO = (Right.PRIVACY, Right.SETTINGS)
_APPLIED, _PROPOSED, _REFUSED = (
    SettingChange.State.APPLIED,
    SettingChange.State.PROPOSED,
    SettingChange.State.REFUSED,
)


_YEAR = 365


def spoken_time(days: int) -> str:
    """A keeping time in the words of the language in force: whole years where it is, else days."""
    years, rest = divmod(days, _YEAR)
    if years and not rest:
        return ngettext("%(count)s year", "%(count)s years", years) % {"count": years}
    count = number(days, get_language() or "fr")
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": count}


@dataclass(frozen=True, slots=True)
class Kept:
    """A purpose as it stands.

    Attributes:
        keeping: the purpose.
        days: in force.
        waiting: a longer time that waits for a second signature, if any.
    """

    keeping: Keeping
    days: int
    waiting: SettingChange | None

    @property
    def changed(self) -> bool:
        """Whether somebody set another time than ours."""
        return self.days != self.keeping.days

    @property
    def spoken(self) -> str:
        """The time in force, in words."""
        return spoken_time(self.days)

    @property
    def spoken_default(self) -> str:
        """Ours, in words."""
        return spoken_time(self.keeping.days)


def setting_of(purpose: Purpose) -> str:
    """The name of a keeping time among the settings."""
    return f"keep:{purpose}"


def value_in_force(setting: str, default: int) -> int:
    """The value of a setting that screens change: the last one applied."""
    last = SettingChange.objects.filter(setting=setting, state=_APPLIED).order_by("-signed_at", "-pk").first()
    return last.after if last else default


def days_of(purpose: Purpose) -> int:
    """How many days a purpose is kept today."""
    return value_in_force(setting_of(purpose), BY_PURPOSE[purpose].days)


def keepings() -> list[Kept]:
    """Every purpose as it stands, in the order of the table."""
    applied: dict[str, int] = {}
    for change in SettingChange.objects.filter(state=_APPLIED).order_by("signed_at", "pk"):
        applied[change.setting] = change.after
    waiting = {one.setting: one for one in SettingChange.objects.filter(state=_PROPOSED).order_by("pk")}
    return [
        Kept(one, applied.get(name := setting_of(one.purpose), one.days), waiting.get(name))
        for one in KEEPINGS
    ]


def may_propose(viewer: Viewer) -> bool:
    """Whether this viewer may ask for another keeping time, over the whole company."""
    return any(viewer.may(right, company_path()) for right in _TWO)


def may_sign(viewer: Viewer, change: SettingChange) -> bool:
    """Whether this viewer is the second person: another account, by the other of the two rights."""
    other = next(right for right in _TWO if right != change.proposed_as)
    same = viewer.account_id is not None and viewer.account_id == change.proposed_by_id
    return change.state == _PROPOSED and not same and viewer.may(other, company_path())


def hold_settings() -> None:
    """Have whoever else changes a setting wait until this transaction ends: the last change is the value."""
    root = Unit.objects.select_for_update(no_key=True).filter(parent__isnull=True).order_by("pk")
    list(root.values_list("pk", flat=True))


@transaction.atomic
def ask_days(
    *, by: Viewer, purpose: Purpose, days: int, reason: str, at: dt.datetime, seen: str | None = None
) -> SettingChange:
    """Ask for another keeping time: applied at once if it is shorter, once countersigned if it is longer.

    Args:
        by: who asks; needs the right to the settings or to people's requests, over the company.
        purpose: what is kept.
        days: for how long.
        reason: needed to keep longer.
        at: the present instant.
        seen: ``stamps_of`` the days that were on screen; none if no screen showed them.

    Returns:
        The change, applied or waiting.

    Raises:
        PermissionDenied: if ``by`` may not.
        ValidationError: if the number makes no sense, nothing changes, a reason is missing, or another
            change of it waits.
        MeanwhileError: if somebody set another time meanwhile.
    """
    if not may_propose(by):
        raise PermissionDenied
    hold_settings()
    keeping, now = BY_PURPOSE[purpose], days_of(purpose)
    days = int(str(merged({"days": days}, now={"days": now}, seen=seen)["days"]))
    if not keeping.least <= days <= LONGEST:
        language = get_language() or "fr"
        words = {"least": number(keeping.least, language), "most": number(LONGEST, language)}
        raise ValidationError({"days": _("Choose from %(least)s to %(most)s days.") % words})
    return ask(by=by, setting=setting_of(purpose), before=now, after=days, reason=reason, at=at)


@transaction.atomic
def ask(*, by: Viewer, setting: str, before: int, after: int, reason: str, at: dt.datetime) -> SettingChange:
    """Change a setting whose greater values give more away: less at once, more with a second person.

    Args:
        by: who asks; needs one of the two rights over the company.
        setting: its name.
        before: the value in force.
        after: the value wanted.
        reason: needed for more.
        at: the present instant.

    Returns:
        The change, applied or waiting.

    Raises:
        PermissionDenied: if ``by`` may not.
        ValidationError: if nothing changes, a reason is missing, or another change of it waits.
    """
    if not may_propose(by):
        raise PermissionDenied
    _check(setting, before, after, reason)
    right = next(right for right in _TWO if by.may(right, company_path()))
    change = SettingChange(
        setting=setting,
        before=before,
        after=after,
        reason=reason.strip(),
        proposed_as=right.value,
        proposed_by_id=by.account_id,
        proposed_at=at,
        state=_PROPOSED if after > before else _APPLIED,
        signed_at=None if after > before else at,
    )
    change.save()
    verb = "law.change_asked" if change.state == _PROPOSED else "law.change_made"
    journal.write(by=by, verb=verb, about=change, setting=setting, before=before, after=after)
    return change


def _check(setting: str, before: int, after: int, reason: str) -> None:
    if after == before:
        raise ValidationError(_("This is what is in force already."))
    if after > before and not reason.strip():
        raise ValidationError(_("Say why: a reason is needed here."))
    if SettingChange.objects.filter(setting=setting, state=_PROPOSED).exists():
        raise ValidationError(_("A change of this setting waits for its second signature already."))


@transaction.atomic
def decide(*, by: Viewer, change: SettingChange, agreed: bool, at: dt.datetime) -> SettingChange:
    """Sign what another person asked, or refuse it.

    Args:
        by: the second person: another account, with the other right.
        change: waiting.
        agreed: signed, or refused.
        at: the present instant.

    Returns:
        The change as decided.

    Raises:
        PermissionDenied: if ``by`` is not the second person.
        ValidationError: if somebody decided meanwhile.
    """
    if not may_sign(by, change):
        raise PermissionDenied
    state = _APPLIED if agreed else _REFUSED
    waiting = SettingChange.objects.filter(pk=change.pk, state=_PROPOSED)
    if not waiting.update(state=state, signed_by=by.account_id, signed_at=at):
        raise ValidationError(_("Somebody decided this meanwhile."))
    verb = "law.change_signed" if agreed else "law.change_refused"
    journal.write(
        by=by, verb=verb, about=change, setting=change.setting, before=change.before, after=change.after
    )
    change.refresh_from_db()
    return change
