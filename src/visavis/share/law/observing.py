"""The settings that matter for people's data as they stand, and when each changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from visavis.listen.releases.floors import floors
from visavis.people.access.viewer import Viewer
from visavis.share.law.keeping import spoken_time
from visavis.share.law.models import Observed, SettingChange
from visavis.share.law.purposes import BY_PURPOSE, Purpose
from visavis.share.law.reading import may_read
from visavis.understand.learning.models import Reader


@dataclass(frozen=True, slots=True)
class Watched:
    """A setting that the operator, or the product itself, holds: no screen changes it.

    Attributes:
        code: its name in the log.
        label: what it is.
        rule: who may change it, and how.
        value: how it stands, as a short text.
        lowest: whether a lower value than before is a fact that everybody should know.
    """

    code: str
    label: Promise
    rule: Promise
    value: Callable[[], str]
    lowest: bool = False


_RAISED = _("raised only: the product refuses less")
_OPERATOR = _("option of the operator; each change is seen here")


def _on(value: object) -> str:
    return "on" if value else "off"


WATCHED: Final[tuple[Watched, ...]] = (
    Watched("floor:scores", _("Fewest employees of a figure"), _RAISED, lambda: str(floors().scores), True),
    Watched(
        "floor:comments",
        _("Fewest employees around a comment"),
        _RAISED,
        lambda: str(floors().comments),
        True,
    ),
    Watched(
        "floor:crossed", _("Fewest employees of a crossed cell"), _RAISED, lambda: str(floors().crossed), True
    ),
    Watched(
        "floor:sensitive",
        _("Fewest employees on a sensitive topic"),
        _RAISED,
        lambda: str(floors().sensitive),
        True,
    ),
    Watched(
        "report:frozen_after",
        _("Days after which a month’s report is frozen"),
        _OPERATOR,
        lambda: str(settings.REPORT_FROZEN_AFTER),
    ),
    Watched(
        "mail:leaves",
        _("E-mails leave by the company’s server"),
        _OPERATOR,
        lambda: _on(settings.SENDS_LETTERS),
    ),
    Watched(
        "second:option",
        _("Second opinion installed and asked for"),
        _OPERATOR,
        lambda: _on(settings.SECOND_OPINION),
    ),
)


@dataclass(frozen=True, slots=True)
class LogLine:
    """One change: when, which setting, from what to what, who asked and signed, why."""

    at: dt.datetime
    label: str
    before: str
    after: str
    who: str
    signed: str
    reason: str
    state: str
    lowered: bool = False


def observe(*, at: dt.datetime) -> int:
    """Note the value of each watched setting that is not the last one noted; safe to run twice.

    Args:
        at: the present instant.

    Returns:
        How many changed.
    """
    last = _last_values()
    news = [one for one in WATCHED if last.get(one.code) != one.value()]
    Observed.objects.bulk_create(Observed(setting=one.code, value=one.value(), at=at) for one in news)
    return len(news)


def _last_values() -> dict[str, str]:
    return dict(Observed.objects.order_by("at", "pk").values_list("setting", "value"))


def log(viewer: Viewer) -> list[LogLine]:
    """Every change of a setting that matters for people's data, the latest first."""
    if not may_read(viewer):
        return []
    lines = [*_decided(), *_observed()]
    return sorted(lines, key=lambda line: line.at, reverse=True)


def label_of(setting: str) -> str:
    """What a setting is, in the language in force."""
    group, _colon, code = setting.partition(":")
    if group == "keep" and code in BY_PURPOSE:
        return str(BY_PURPOSE[Purpose(code)].what)
    if group == "read" and code in Reader:
        return str(Reader(code).label)
    return next((str(one.label) for one in WATCHED if one.code == setting), setting)


def value_of(setting: str, value: int) -> str:
    """The value of a setting that screens change, in words: a time, or whether a model reads."""
    if setting.startswith("keep:"):
        return spoken_time(value)
    return pgettext("switch", "on") if value else pgettext("switch", "off")


def _decided() -> list[LogLine]:
    rows = SettingChange.objects.select_related("proposed_by__person", "signed_by__person")
    return [
        LogLine(
            at=row.signed_at or row.proposed_at,
            label=label_of(row.setting),
            before=value_of(row.setting, row.before),
            after=value_of(row.setting, row.after),
            who=named(row.proposed_by),
            signed=named(row.signed_by) if row.signed_by else "",
            reason=row.reason,
            state=row.get_state_display(),
        )
        for row in rows.order_by("pk")
    ]


def named(account: object) -> str:
    """Who an account is: the person behind it, else its address."""
    person = getattr(account, "person", None)
    return str(person.name if person else getattr(account, "email", "")) or "–"


def _observed() -> list[LogLine]:
    lines, before = [], dict[str, str]()
    low = {one.code for one in WATCHED if one.lowest}
    for row in Observed.objects.order_by("at", "pk"):
        was = before.get(row.setting, "")
        fell = row.setting in low and was.isdecimal() and int(row.value) < int(was)
        lines.append(
            LogLine(
                row.at,
                label_of(row.setting),
                was,
                row.value,
                "",
                "",
                "",
                pgettext("setting", "Seen"),
                lowered=fell,
            )
        )
        before[row.setting] = row.value
    return lines
