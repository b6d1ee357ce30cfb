"""What a company's sign-in service says about somebody: its signed ID token, believed once it was checked."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any, Final

import jwt

#: Signatures of two keys only: with a shared secret, whoever checks could also sign (RFC 8725, 2020, §3.1).
ALGORITHMS: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
_NEEDED: Final = ("iss", "aud", "sub", "exp", "iat", "nonce")
#: Seconds by which two clocks may differ.
_LEEWAY: Final = 60
#: What a claim ``amr`` says of a second step (RFC 8176, 2017, §2).
_TWO_STEPS: Final = "mfa"


class UntrustedTokenError(Exception):
    """An ID token that proves nothing here."""


def read_id_token(
    token: str, *, keys: Mapping[str, Any], issuer: str, client_id: str, nonce: str
) -> dict[str, Any]:
    """Read an ID token (OpenID Connect Core 1.0, 2014, §3.1.3.7).

    Args:
        token: the token, as it was received.
        keys: the key set of the service (``{"keys": […]}``).
        issuer: who must have made it.
        client_id: for whom it must have been made.
        nonce: what this session sent when it began; never empty.

    Returns:
        Its claims.

    Raises:
        UntrustedTokenError: if the signature, issuer, audience, times or nonce are not as they must be.
    """
    try:
        told: dict[str, Any] = jwt.decode(
            token,
            _key(token, keys),
            algorithms=list(ALGORITHMS),
            audience=client_id,
            issuer=issuer,
            leeway=_LEEWAY,
            options={"require": list(_NEEDED)},
        )
    except (jwt.PyJWTError, TypeError, ValueError, AttributeError) as problem:
        raise UntrustedTokenError(type(problem).__name__) from problem
    if told.get("azp", client_id) != client_id or (told["aud"] != client_id and "azp" not in told):
        raise UntrustedTokenError("made for somebody else")
    if not nonce or not secrets.compare_digest(str(told["nonce"]).encode(), nonce.encode()):
        raise UntrustedTokenError("not the answer to this session")
    return told


def _key(token: str, keys: Mapping[str, Any]) -> jwt.PyJWK:
    """The key that a token names; of an only key, no name is needed."""
    found = jwt.PyJWKSet.from_dict(dict(keys)).keys
    name = jwt.get_unverified_header(token).get("kid")
    own = [key for key in found if key.key_id == name] if name else found
    if len(own) != 1:
        raise UntrustedTokenError("signed by a key that is not known")
    return own[0]


def took_two_steps(told: Mapping[str, Any], *, levels: frozenset[str]) -> bool:
    """Whether claims say that somebody proved who they are in two steps.

    Args:
        told: the claims.
        levels: values of ``acr`` that stand for two steps; ``mfa`` in ``amr`` always does.
    """
    methods, level = told.get("amr"), told.get("acr")
    return (isinstance(methods, list) and _TWO_STEPS in methods) or (
        isinstance(level, str) and level in levels
    )
