"""A mail server for tests, on this machine: keeps what it is given, refuses what it is told to."""

from __future__ import annotations

import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any


class _Talk(socketserver.StreamRequestHandler):
    """One connection: the few commands that smtplib speaks."""

    server: MailServer

    def handle(self) -> None:
        self._say(self.server.greeting)
        while line := self.rfile.readline().decode().strip():
            word = line.split()[0].upper()
            if word == "QUIT":
                self._say("221 bye")
                return
            if word == "DATA":
                self._take()
            elif word == "STARTTLS" and self.server.secret:
                self._encrypt(self.server.secret)
            else:
                self._say(self.server.answer(line))

    def _take(self) -> None:
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line[1:] if line.startswith(b"..") else line)
        if self.server.hangs_up:
            return
        with self.server.lock:
            self.server.received.append(message_from_bytes(b"".join(lines), policy=policy.default))
        self._say("250 kept")

    def _encrypt(self, secret: ssl.SSLContext) -> None:
        self._say("220 go on")
        self.request = secret.wrap_socket(self.request, server_side=True)
        self.setup()
        with self.server.lock:
            self.server.encrypted += 1

    def finish(self) -> None:
        """Close what was encrypted too: it is another socket than the one that was accepted."""
        super().finish()
        self.request.close()

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class MailServer(socketserver.ThreadingTCPServer):
    """Listens on a free port of 127.0.0.1.

    Attributes:
        received: the messages that it kept, in order.
        refuse: called with each line; what it returns is answered instead of 250.
        secret: the certificate under which it offers to encrypt; none: it does not.
        encrypted: connections that were.
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Talk)
        self.received: list[EmailMessage] = []
        self.greeting = "220 tests"
        self.refuse: Callable[[str], str] = lambda _line: ""
        self.hangs_up = False
        self.secret: ssl.SSLContext | None = None
        self.encrypted = 0
        self.lock = threading.Lock()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def answer(self, line: str) -> str:
        offered = (
            "250-fine\r\n250 STARTTLS" if self.secret and line.upper().startswith("EHLO") else "250 fine"
        )
        return self.refuse(line) or offered

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that does not trust us leaves in the middle: nothing to print."""


@contextmanager
def listening(settings: Any, port: int = 0) -> Iterator[MailServer]:
    """A server that answers, and the settings that lead to it."""
    with MailServer(port) as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_TIMEOUT, settings.EMAIL_USE_TLS = 5, False
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
