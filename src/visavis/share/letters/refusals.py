"""What an error of the mail server means for a letter and for those behind it."""

from __future__ import annotations

import smtplib
import ssl
from enum import Enum

from visavis.share.letters.models import Problem

#: The server closes the connection: nothing can be sent for now (RFC 5321, §4.2.2).
_CLOSING = 421
#: From this code on, a refusal is for good.
_PERMANENT = 500
#: Problems of the server or of our options: they say nothing of the letter, and all letters wait.
OUTAGES = (Problem.UNREACHABLE, Problem.SIGN_IN, Problem.SECURITY, Problem.SENDER)


class Fate(Enum):
    """What follows."""

    AWAY = "the server is away: all wait"
    LATER = "this letter waits"
    NEVER = "this letter is given up"


def diagnose(error: OSError) -> tuple[Problem, Fate]:
    """Say what went wrong and what follows.

    Args:
        error: from ``smtplib`` or the network.

    Returns:
        The problem to show, and the fate of the letter.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _said in error.recipients.values()]
        return _refused(min(codes, default=_PERMANENT), Problem.ADDRESS)
    if isinstance(error, smtplib.SMTPDataError):
        return _refused(error.smtp_code, Problem.CONTENT)
    named: list[tuple[type[OSError], Problem]] = [
        (smtplib.SMTPAuthenticationError, Problem.SIGN_IN),
        (smtplib.SMTPSenderRefused, Problem.SENDER),
        (smtplib.SMTPNotSupportedError, Problem.SECURITY),
        (ssl.SSLError, Problem.SECURITY),
    ]
    found = (problem for kind, problem in named if isinstance(error, kind))
    return next(found, Problem.UNREACHABLE), Fate.AWAY


def _refused(code: int, problem: Problem) -> tuple[Problem, Fate]:
    if code == _CLOSING:
        return Problem.UNREACHABLE, Fate.AWAY
    return (problem, Fate.NEVER) if code >= _PERMANENT else (Problem.BUSY, Fate.LATER)
