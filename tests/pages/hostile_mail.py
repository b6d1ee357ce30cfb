"""Every e-mail that the product sends, with words of others wherever people write; and what none may hold.

Letters leave by ``share/letters``: report, daily file, alerts. Accounts are written to by allauth, through
one adapter: its e-mails are known by the prefix of their templates. Nothing else sends any (a test looks).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from email import message_from_bytes
from email.policy import default
from typing import Any, Final
from unittest.mock import patch

from django.core import mail
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.http import HttpResponse
from django.test import Client

from tests import hostile, house
from tests.share.letters.postbox import AT, TODAY, subscription
from visavis.core.words import Role
from visavis.moments.exchanges.models import Channel, Reason
from visavis.people.accounts.adapter import ClosedDoor
from visavis.people.accounts.models import Account
from visavis.share.letters import jobs
from visavis.share.letters.models import Kind, Letter, Subscription
from visavis.understand.themes.models import Theme

#: The e-mails of accounts that can leave: the rest wait for options that we leave off.
ACCOUNT: Final = {"account/email/password_reset_key", "account/email/unknown_account"}
_HEADERS: Final = {
    "Content-Type", "MIME-Version", "Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted",
    "List-Unsubscribe", "List-Unsubscribe-Post", "Content-Transfer-Encoding",
}  # fmt: skip


def subscribed(world: Any) -> list[Subscription]:
    """Whoever may is sent each kind of letter; figures of every cut left their usual level last week."""
    casts = world.company.casts
    theme, channel, reason = (model.objects.order_by("pk")[0] for model in (Theme, Channel, Reason))
    cuts: list[dict[str, Any]] = [{}, {"channel": channel}, {"reason": reason}]
    ours = casts[Role.DIRECTION].ours
    watches = [house.watch(ours, **cut) for cut in cuts]
    watches.append(house.watch(ours, "theme", theme=theme))
    for watch in watches:
        house.alert(ours, watch, week=TODAY - dt.timedelta(days=9))
    return [
        subscription(casts[role].ours, casts[role].owner.account, kind)
        for role in (Role.DIRECTION, Role.QUALITY, Role.MANAGER)
        for kind in Kind
    ]


def letters(sent: Sequence[Subscription]) -> Iterator[tuple[str, EmailMessage]]:
    """The daily file and the alerts of Monday, then the report of Wednesday, as they leave."""
    Subscription.objects.exclude(pk__in=[one.pk for one in sent]).delete()
    Letter.objects.all().delete()
    Subscription.objects.update(planned="")
    mail.outbox.clear()
    for days in (2, 1, 0):
        jobs.sweep(at=AT - dt.timedelta(days=days), today=TODAY - dt.timedelta(days=days))
    kinds = {
        f"<{one.message_id.strip('<>')}>": one.subscription.kind for one in Letter.objects.order_by("pk")
    }
    yield from ((kinds[str(one.extra_headers["Message-ID"])], one) for one in mail.outbox)


def of_accounts(addresses: Sequence[str]) -> Iterator[tuple[str, EmailMessage]]:
    """What is sent when each address asks for a new password, be it that of an account or of nobody."""
    told: list[str] = []
    really = ClosedDoor.send_mail

    def noted(self: ClosedDoor, prefix: str, email: str, context: dict[str, Any]) -> None:
        told.append(prefix)
        really(self, prefix, email, context)

    mail.outbox.clear()
    with patch.object(ClosedDoor, "send_mail", noted):
        for place, address in enumerate(addresses):
            if place % 2 and _is_one(address):
                Account.objects.create_user(address, "un mot de passe assez long")
            client = Client(
                HTTP_USER_AGENT=hostile.storable(address), REMOTE_ADDR=f"127.0.{place // 250}.{place % 250}"
            )
            client.post("/compte/password/reset/", {"email": address})
            client.post("/compte/email/", {"email": address, "action_send": ""})
    yield from zip(told, mail.outbox, strict=True)


def _is_one(address: str) -> bool:
    try:
        validate_email(address)
    except ValidationError:
        return False
    return (
        len(address) < 150
        and not Account.objects.filter(email=Account.objects.normalize_email(address)).exists()
    )


def faults(one: EmailMessage) -> Iterator[str]:
    """Headers that we never write, lines that begin others, recipients that nobody named."""
    read = message_from_bytes(one.message().as_bytes(), policy=default)
    yield from (f"a header {name!r}" for name in set(read.keys()) - _HEADERS)
    # Quotation marks before the sign are written in more than one way; where it goes is not.
    named = [each.domain for each in read["To"].addresses]
    if named != [to.rpartition("@")[2] for to in one.recipients()] or len(named) != 1:
        yield f"sent to {named!r}"
    yield from (
        f"a line in {each!r}" for each in (one.subject, *one.extra_headers.values()) if _breaks(str(each))
    )
    if read.defects:
        yield f"not well formed: {read.defects}"


def _breaks(header: str) -> bool:
    return any(ord(letter) < 32 or letter in "\x7f\u2028\u2029\x85" for letter in header)


def parts(one: EmailMessage) -> Iterator[HttpResponse]:
    """Both bodies of an e-mail and its files, each as an answer of its kind."""
    yield HttpResponse(one.body, content_type="text/plain")
    for each in (*getattr(one, "alternatives", ()), *one.attachments):
        content, kind = (each.content, each.mimetype) if hasattr(each, "mimetype") else each[1:]
        yield HttpResponse(content, content_type=kind)
