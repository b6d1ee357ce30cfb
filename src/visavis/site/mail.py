"""E-mail leaves through the door of the mail server, and through no other."""

from __future__ import annotations

import smtplib
import socket
from typing import Any

from django.core.mail.backends.smtp import EmailBackend

from visavis.core import egress

DOOR = "mail"


class _Plain(smtplib.SMTP):
    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:  # noqa: ARG002
        return egress.connect(DOOR, timeout=timeout)


class _Tls(smtplib.SMTP_SSL):
    def _get_socket(self, host: str, port: int, timeout: float) -> Any:  # noqa: ARG002
        return self.context.wrap_socket(egress.connect(DOOR, timeout=timeout), server_hostname=host)


class GuardedBackend(EmailBackend):
    """Django's own backend, its connections made by ``core/egress.py``."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """How it connects."""
        return _Tls if self.use_ssl else _Plain
