"""How long a session lasts, which ones are open, and how they end."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.sessions.models import Session
from django.utils import timezone

from visavis.core.words import Role
from visavis.people.accounts.models import Account

#: However busy, nobody stays signed in for longer.
LONGEST: Final = dt.timedelta(hours=12)
#: Left alone for so long, a session ends; a station of the advisers' floor is used all day.
IDLE: Final = dt.timedelta(minutes=30)
IDLE_OF_ADVISERS: Final = dt.timedelta(hours=8)
#: How often a session notes that somebody is there.
_NOTED: Final = 60
_BEGAN, _SEEN, _DEVICE = "began", "seen", "device"
#: Families of browsers and systems, as they name themselves; the first that is named counts.
_BROWSERS: Final = {
    "Edg": "Edge",
    "OPR": "Opera",
    "Firefox": "Firefox",
    "Chrom": "Chrome",
    "Safari": "Safari",
}
_SYSTEMS: Final = {"Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows"} | {
    "Mac OS": "macOS",
    "Linux": "Linux",
}


def idle_limit(roles: frozenset[Role]) -> dt.timedelta:
    """How long a session of somebody with ``roles`` may be left alone: that of the strictest one."""
    return IDLE_OF_ADVISERS if roles <= {Role.ADVISER} else IDLE


def device_of(agent: str) -> str:
    """The family of a browser and its system: enough to know one's own, too little to follow anybody.

    >>> device_of("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0")
    'Firefox · Linux'
    >>> device_of("")
    ''
    """
    found = (
        next((name for mark, name in names.items() if re.search(mark, agent)), "")
        for names in (_BROWSERS, _SYSTEMS)
    )
    return " · ".join(name for name in found if name)


def is_over(session: Any, *, now: dt.datetime, idle: dt.timedelta) -> bool:
    """Whether a session has lasted too long, or was left alone for too long.

    Args:
        session: the session's dictionary.
        now: the present instant.
        idle: how long it may be left alone.
    """
    began, seen, present = session.get(_BEGAN), session.get(_SEEN), now.timestamp()
    if began is None or seen is None:
        return False
    return bool(present - began >= LONGEST.total_seconds() or present - seen >= idle.total_seconds())


def note(session: Any, *, now: dt.datetime, agent: str) -> None:
    """Note that somebody is there, at most once a minute."""
    present = int(now.timestamp())
    if _BEGAN not in session:
        session[_BEGAN], session[_DEVICE] = present, device_of(agent)
    if present - session.get(_SEEN, 0) >= _NOTED:
        session[_SEEN] = present


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session as its owner sees it.

    Attributes:
        mark: names it without giving it away.
        device: family of the browser and system; empty if it said nothing.
        began_at: when it was opened.
        seen_at: when somebody was last there, to the minute.
        here: whether it is the one that asks.
    """

    mark: str
    device: str
    began_at: dt.datetime
    seen_at: dt.datetime
    here: bool


def _mark(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def _held(account_id: int) -> Iterator[tuple[Session, dict[str, Any]]]:
    """The live sessions of an account. No column names it: all are opened, some thousands at most."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()).order_by("pk").iterator():
        told = session.get_decoded()
        if told.get("_auth_user_id") == str(account_id):
            yield session, told


def sessions_of(account: Account, *, here: str = "") -> list[OpenSession]:
    """The open sessions of an account, the latest used first.

    Args:
        account: whose.
        here: key of the session that asks.
    """
    found = [
        OpenSession(
            mark=_mark(session.session_key),
            device=told.get(_DEVICE, ""),
            began_at=_instant(told.get(_BEGAN, 0)),
            seen_at=_instant(told.get(_SEEN, 0)),
            here=session.session_key == here,
        )
        for session, told in _held(account.pk)
    ]
    return sorted(found, key=lambda one: (one.here, one.seen_at, one.mark), reverse=True)


def _instant(seconds: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(seconds, tz=dt.UTC)


def end_sessions(account: Account, *, mark: str = "", but: str = "") -> int:
    """End sessions of an account at once.

    Args:
        account: whose.
        mark: only the one of this mark.
        but: key of a session to keep.

    Returns:
        How many ended.
    """
    ended = 0
    for session, _ in _held(account.pk):
        if session.session_key != but and mark in ("", _mark(session.session_key)):
            session.delete()
            ended += 1
    return ended
