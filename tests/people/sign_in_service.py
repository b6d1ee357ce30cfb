"""A sign-in service for tests, on this machine: says what it is told to say, keeps what it was asked."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from visavis.core import egress

CLIENT, SECRET, NAME = "visavis-tests", "a secret of tests, thirty-two bytes", "Annuaire Acme"
OWN, FOREIGN = (rsa.generate_private_key(65_537, 2048) for _ in range(2))


class _Talk(BaseHTTPRequestHandler):
    server: SignInService

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path == "/.well-known/openid-configuration":
            self._say(self.server.describes())
        elif path == "/keys":
            key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(OWN.public_key()))
            self._say({"keys": [{**key, "kid": "one", "use": "sig", "alg": "RS256"}]})
        elif path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/keys")
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        asked = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self._say(self.server.answers({name: values[0] for name, values in asked.items()}))

    def _say(self, told: dict[str, Any] | None) -> None:
        body = json.dumps(told or {"error": "invalid_grant"}).encode()
        self.send_response(200 if told else 400)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_told: Any) -> None:
        """Nothing to print."""


class SignInService(ThreadingHTTPServer):
    """Listens on a free port of 127.0.0.1.

    Attributes:
        claims: what its tokens say beside the usual; a claim of None is left out.
        signs: key, algorithm and name of the key of its tokens.
        names: what its description says otherwise than true.
        asked: what it was sent for a code.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.claims: dict[str, Any] = {"email": "ines@acme.example", "email_verified": True}
        self.signs: tuple[Any, str, str] = (OWN, "RS256", "one")
        self.names: dict[str, Any] = {}
        self.asked: list[dict[str, str]] = []
        self.codes: dict[str, dict[str, str]] = {}

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def describes(self) -> dict[str, Any]:
        places = {"authorization_endpoint": "/go", "token_endpoint": "/token", "jwks_uri": "/keys"}
        told = {name: self.address + path for name, path in places.items()}
        return {"issuer": self.address, **told, **self.names}

    def lets_in(self, address: str) -> dict[str, str]:
        """What somebody who signed in there brings back: a code of one use, and the state."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        return {"code": code, "state": asked["state"]}

    def answers(self, asked: dict[str, str]) -> dict[str, Any] | None:
        """A token for a code, once, to whoever holds the secret and the proof (RFC 7636)."""
        self.asked.append(asked)
        begun = self.codes.pop(asked.get("code", ""), None)
        if begun is None or asked.get("client_secret") != SECRET:
            return None
        proof = hashlib.sha256(asked.get("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(proof).rstrip(b"=").decode() != begun["code_challenge"]:
            return None
        now = int(time.time())
        usual = {"iss": self.address, "aud": CLIENT, "sub": "s-1", "iat": now, "exp": now + 60}
        told = {**usual, "nonce": begun["nonce"], **self.claims}
        key, algorithm, name = self.signs
        kept = {claim: value for claim, value in told.items() if value is not None}
        token = jwt.encode(kept, key, algorithm=algorithm, headers={"kid": name})
        return {"access_token": "never-kept", "token_type": "Bearer", "id_token": token}


@contextmanager
def answering(settings: Any, **rules: Any) -> Iterator[SignInService]:
    """A service that answers, the settings and the door that lead to it."""
    before = egress.doors()
    with SignInService() as service:
        facts = {"server_url": service.address, "issuer": service.address, "oauth_pkce_enabled": True}
        defaults = {"scope": ["openid", "email"], "verified_email": [], "second_step": "ours", "levels": []}
        names = {"provider": "openid_connect", "provider_id": "company", "name": NAME}
        told = {"client_id": CLIENT, "secret": SECRET, "settings": {**facts, **defaults, **rules}}
        settings.SIGN_ON = {**names, **told}
        egress.configure(*before, egress.Door("sign-in tests", "127.0.0.1", service.server_address[1]))
        thread = threading.Thread(target=service.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield service
        finally:
            service.shutdown()
            thread.join()
            egress.configure(*before)
