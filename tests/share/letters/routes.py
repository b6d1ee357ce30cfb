"""Addresses of the e-mails and of the outbox."""

from __future__ import annotations

from typing import Any

from tests.house import Cast, account
from tests.matrix import ABSENT, EVERY_ROLE, Row
from tests.share.letters.postbox import AT, TODAY, subscription
from visavis.core.words import Role
from visavis.share.letters.models import Kind, Letter, Subscription
from visavis.share.letters.planning import plan

READS = frozenset({Role.MANAGER, Role.QUALITY, Role.HR, Role.DIRECTION, Role.READER})
RULES = frozenset({Role.QUALITY, Role.DIRECTION})
ADMIN = frozenset({Role.ADMIN})
GONE = {"pk": ABSENT}


def _made(cast: Cast) -> Subscription:
    return subscription(cast.ours, cast.owner.account, Kind.DAY)


def about_our_team(cast: Cast) -> dict[str, Any]:
    """A subscription about the owner's team, to somebody else."""
    return {"pk": subscription(cast.ours, account(), Kind.DAY).pk}


def to_the_owner(cast: Cast) -> dict[str, Any]:
    """A subscription that names the owner."""
    return {"pk": _made(cast).pk}


def letter_of_ours(cast: Cast) -> dict[str, Any]:
    """A letter to the owner, about her team."""
    made = _made(cast)
    plan(at=AT, today=TODAY)
    return {"pk": Letter.objects.get(subscription=made).pk}


DAILY = frozenset({Role.MANAGER, Role.QUALITY, Role.DIRECTION})
EVERYBODY_NAMED = "whoever is named may always stop: no right is needed"
ROWS = [
    Row("letters:subscriptions", may=READS),
    Row("letters:new", may=READS),
    Row("letters:subscription", may=RULES, of=about_our_team, absent=GONE),
    Row("letters:preview", may=DAILY, of=to_the_owner, absent=GONE),
    Row("letters:preview_page", may=DAILY, of=to_the_owner, absent=GONE),
    Row("letters:pause", may=RULES, of=about_our_team, absent=GONE, method="post", answers=302),
    Row("letters:resume", may=RULES, of=about_our_team, absent=GONE, method="post", answers=302),
    Row("letters:end", may=RULES, of=about_our_team, absent=GONE, method="post", answers=302),
    Row(
        "letters:stop_own",
        of=to_the_owner,
        absent=GONE,
        personal=EVERY_ROLE - RULES,
        method="post",
        answers=302,
        note=EVERYBODY_NAMED,
    ),
    Row(
        "letters:take_up",
        of=to_the_owner,
        absent=GONE,
        personal=EVERY_ROLE - RULES,
        method="post",
        answers=302,
        note=EVERYBODY_NAMED,
    ),
    Row("letters:letter", may=DAILY, of=letter_of_ours, absent=GONE),
    Row("letters:letter_page", may=DAILY, of=letter_of_ours, absent=GONE),
    Row("letters:outbox", may=ADMIN),
    Row("letters:let_go", may=ADMIN, at_root=True, method="post", answers=302),
    Row("letters:retry", may=ADMIN | RULES, of=letter_of_ours, absent=GONE, method="post", answers=302),
    Row(
        "letters:stop",
        public=True,
        words={"signed": "forged"},
        answers=404,
        note="open to whoever holds the letter: the signature is the right; see test_letters.py",
    ),
]
