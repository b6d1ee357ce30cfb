"""Letters leave the outbox: each is claimed before it is written, so that two workers never send the same.

What happens when something breaks:

* the mail server is away: the letter waits, one minute, then two, four, up to an hour; the others wait
  behind it. An outage is never a reason to give up;
* the server refuses one letter for now: it waits likewise, the others pass; given up after ``MOST_REFUSALS``;
* the server refuses an address for good: given up at once, and shown;
* the connection breaks while the server answers: sent again under the same ``Message-ID``, by which mail
  servers and readers know a double;
* the worker is killed: see ``models.State``.
"""

from __future__ import annotations

import datetime as dt
import logging
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import F

from visavis.core.keys import key
from visavis.core.periods import from_text
from visavis.people.access import journal
from visavis.people.access.viewer import system
from visavis.share.letters.models import Kind, Letter, Problem, State
from visavis.share.letters.recipients import obstacle
from visavis.share.letters.refusals import OUTAGES, Fate, diagnose
from visavis.share.letters.writing import Written, write

logger = logging.getLogger(__name__)

#: Letters of one sweep.
BATCH = 100
#: A claim older than this belongs to a worker that died: one letter takes a few timeouts at most.
LEASE = dt.timedelta(minutes=15)
#: Refusals of one letter after which it is given up: about eight hours.
MOST_REFUSALS = 12
_FIRST, _LONGEST = dt.timedelta(minutes=1), dt.timedelta(hours=1)
#: After this, the page tells more than an old letter.
_DAYS = {Kind.REPORT: 62, Kind.DAY: 14, Kind.ALERTS: 14}
PATIENCE = {kind: dt.timedelta(days=days) for kind, days in _DAYS.items()}
_ALONG = ("account", "subscription__unit", "subscription__channel", "subscription__reason")


@dataclass(slots=True)
class Line:
    """The connection to the mail server, opened on first need and kept for a sweep."""

    _connection: Any = field(default=None)

    def open(self) -> Any:
        """The connection; raises what the server says."""
        if self._connection is None:
            made = get_connection(fail_silently=False)
            try:
                made.open()
            except OSError:
                # Reached, but not as the options ask: not encrypted, not trusted, or the password is wrong.
                with suppress(OSError):
                    made.close()
                raise
            self._connection = made
        return self._connection

    def close(self) -> None:
        """Hang up; a server that is gone does not matter any more."""
        try:
            if self._connection is not None:
                self._connection.close()
        except OSError:
            logger.info("the mail server was gone before we hung up")


def recover(*, at: dt.datetime) -> None:
    """Find the letters of workers that died: nothing left, or it is not known.

    Args:
        at: the present instant.
    """
    lost = Letter.objects.filter(state=State.SENDING, claimed_at__lt=at - LEASE)
    lost.filter(handed_at__isnull=True).update(state=State.FAILED, next_at=at)
    lost.filter(handed_at__isnull=False).update(state=State.UNSURE, problem=Problem.INTERRUPTED)


def send_due(*, at: dt.datetime, today: dt.date) -> int:
    """Send what waits, until a batch is done or the mail server is away.

    Args:
        at: the present instant.
        today: the day on which the recipients' rights must hold.

    Returns:
        How many letters left.
    """
    if not _server_may_be_asked(at):
        return 0
    # Whoever failed most asks first: one letter finds out whether the server is back, not each in turn.
    waiting = Letter.objects.due(at).order_by("-attempts", "due_at", "pk").values_list("pk", flat=True)
    line, sent = Line(), 0
    try:
        for pk in list(waiting[:BATCH]):
            state = _send(pk, line, at=at, today=today)
            sent += state is State.SENT
            if state is None:
                break
    finally:
        line.close()
    if sent:
        journal.write(by=system(), verb="letters.sent", number=sent)
    return sent


def _server_may_be_asked(at: dt.datetime) -> bool:
    away = Letter.objects.filter(state=State.FAILED, problem__in=OUTAGES, next_at__gt=at)
    return not away.exists()


def _send(pk: int, line: Line, *, at: dt.datetime, today: dt.date) -> State | None:
    """Try one letter: its state then, or None when the mail server is away."""
    claim = secrets.token_hex(16)
    taken = Letter.objects.due(at).filter(pk=pk)
    facts = {"state": State.SENDING, "claim": claim, "claimed_at": at, "handed_at": None}
    if not taken.update(**facts, attempts=F("attempts") + 1):
        return State.SENDING
    letter = Letter.objects.select_related(*_ALONG).get(pk=pk)
    try:
        written = _written(letter, at=at, today=today)
        if isinstance(written, Problem):
            return _mark(letter, State.WITHHELD, problem=written)
        connection = line.open()
        if not Letter.objects.filter(claim=claim, state=State.SENDING).update(handed_at=at):
            return State.SENDING
        message(letter, written, connection).send()
    except OSError as error:  # smtplib's errors too
        return _failed(letter, *diagnose(error), at=at)
    except Exception:
        # One letter that cannot be written keeps nobody else's from leaving.
        logger.exception("letter %s could not be written", pk)
        return _failed(letter, Problem.UNWRITTEN, Fate.LATER, at=at)
    said = {"subject": written.subject[:200], "text": written.text, "html": written.html}
    return _mark(letter, State.SENT, sent_at=at, problem="", **said)


def _written(letter: Letter, *, at: dt.datetime, today: dt.date) -> Written | Problem:
    """The letter as its recipient may read it now, or why nothing is sent to her."""
    subscription = letter.subscription
    if not subscription.active:
        return Problem.PAUSED
    if problem := obstacle(subscription, letter.account, today=today):
        return problem
    if at - letter.due_at > PATIENCE[Kind(subscription.kind)]:
        return Problem.TOO_LATE
    written = write(subscription, letter.account, from_text(letter.period, today), today=today)
    return written if written.heard else Problem.NOTHING


def message(letter: Letter, written: Written, connection: Any = None) -> EmailMultiAlternatives:
    """The e-mail of a letter, with the headers by which mail readers offer to stop it."""
    headers = {
        "Message-ID": letter.message_id,
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": f"<{written.stop_url}>",
    }
    if written.stop_url.startswith("https:"):
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    made = EmailMultiAlternatives(
        written.subject,
        written.text,
        settings.DEFAULT_FROM_EMAIL,
        [letter.account.email],
        headers=headers,
        connection=connection,
    )
    made.attach_alternative(written.html, "text/html")
    return made


def _mark(letter: Letter, state: State, **facts: Any) -> State:
    """Write what became of a letter that is still ours."""
    Letter.objects.filter(claim=letter.claim).update(state=state, **facts)
    return state


def _failed(letter: Letter, problem: Problem, fate: Fate, *, at: dt.datetime) -> State | None:
    refusals = letter.refusals + (fate is Fate.LATER)
    over = fate is Fate.NEVER or refusals >= MOST_REFUSALS
    state = State.GIVEN_UP if over else State.FAILED
    _mark(letter, state, problem=problem, refusals=refusals, next_at=at + wait(letter))
    return None if fate is Fate.AWAY else state


def wait(letter: Letter) -> dt.timedelta:
    """How long a letter waits after its last attempt: twice as long each time, a little apart from others."""
    doubled = min(_LONGEST, _FIRST * (1 << min(letter.attempts - 1, 10)))
    apart: float = key("wait", letter.pk, letter.attempts) % 200 / 1000
    return doubled + apart * doubled
