"""The company's sign-in service when it speaks SAML 2.0 (``visavis[saml]``): what is asked and believed."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlsplit

from allauth.account.models import EmailAddress
from allauth.socialaccount.internal.statekit import unstash_state
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.saml.provider import SAMLProvider
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

_POST: Final = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
_TRANSIENT: Final = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
_CONFIRMED: Final = "/saml:Subject/saml:SubjectConfirmation/saml:SubjectConfirmationData"
#: No assertion is longer; what is longer is not parsed.
LONGEST: Final = 200_000


class UntrustedAssertionError(Exception):
    """An assertion that proves nothing here; the message is for the log and holds nothing of it."""


class SamlCompany(SAMLProvider):  # type: ignore[misc]
    """The service, as allauth sees it; one, named by the options."""

    def lead(self, request: HttpRequest, *, after: str | None) -> str:
        """Where to send somebody who signs in; the number of the question stays in the session.

        Args:
            request: who asks.
            after: path to open once signed in.
        """
        from onelogin.saml2.auth import OneLogin_Saml2_Auth

        asked = OneLogin_Saml2_Auth(_here(), self.facts())
        address = str(asked.login(return_to=""))
        self.stash_redirect_state(request, "login", after, state_id=asked.get_last_request_id())
        return address

    def facts(self) -> dict[str, Any]:
        """What python3-saml must know: both sides, and that only signed assertions count."""
        told: dict[str, Any] = self.app.settings
        return {
            "strict": True,
            "sp": {
                "entityId": _address("sign_on:metadata"),
                "assertionConsumerService": {"url": _address("sign_on:assertion"), "binding": _POST},
                "NameIDFormat": "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified",
            },
            "idp": {
                "entityId": told["entity_id"],
                "singleSignOnService": {"url": told["sso_url"]},
                "x509cert": told["certificate"],
            },
            "security": {
                "wantAssertionsSigned": True,
                "rejectDeprecatedAlgorithm": True,
                "wantNameId": True,
                "wantAttributeStatement": False,
                "requestedAuthnContext": False,
                "allowRepeatAttributeName": True,
                "allowSingleLabelDomains": True,
            },
        }

    def metadata(self) -> bytes:
        """What the service must know of us, as its administrator loads it."""
        from onelogin.saml2.settings import OneLogin_Saml2_Settings

        told = OneLogin_Saml2_Settings(self.facts(), sp_validation_only=True).get_sp_metadata()
        return told if isinstance(told, bytes) else str(told).encode()

    def believed(self, request: HttpRequest, received: str) -> SocialLogin:
        """Whom an assertion names, if it answers a question of this session that was not answered yet.

        Args:
            request: of somebody who comes back.
            received: what the service sent, as it came (base 64).

        Raises:
            UntrustedAssertionError: if it proves nothing.
        """
        answer = self._answer(received)
        question = answer.get_in_response_to()
        state = question and unstash_state(request, state_id=question, provider_id=self.sub_id)
        if not state:
            raise UntrustedAssertionError("no question of this session is answered")
        if not answer.is_valid(_here(received), question):
            raise UntrustedAssertionError("the signature, times or addresses do not hold")
        self._must_be_ours(answer, question)
        login = self.sociallogin_from_response(request, answer)
        login.state = state
        return login

    def _answer(self, received: str) -> Any:
        from onelogin.saml2.response import OneLogin_Saml2_Response
        from onelogin.saml2.settings import OneLogin_Saml2_Settings

        if not received or len(received) > LONGEST:
            raise UntrustedAssertionError("nothing, or too much, was received")
        try:
            return OneLogin_Saml2_Response(OneLogin_Saml2_Settings(self.facts()), received)
        except Exception as problem:  # whatever a hostile text provokes, it proves nothing
            raise UntrustedAssertionError(type(problem).__name__) from problem

    def _must_be_ours(self, answer: Any, question: str) -> None:
        """What the library leaves open: audience, question in the signed part, an end, a name that lasts."""
        confirmed = answer._query_assertion(_CONFIRMED)  # noqa: SLF001  within the signed part only
        if not confirmed or any(each.get("InResponseTo") != question for each in confirmed):
            raise UntrustedAssertionError("the signed part answers another question")
        if any(each.get("NotOnOrAfter") is None for each in confirmed):
            raise UntrustedAssertionError("it would hold for ever")
        if _address("sign_on:metadata") not in answer.get_audiences():
            raise UntrustedAssertionError("made for somebody else")
        if answer.get_nameid_format() == _TRANSIENT:
            raise UntrustedAssertionError("it names nobody for longer than a day")

    def extract_extra_data(self, data: Any) -> dict[str, Any]:
        """Whether two steps were taken, and nothing about the person."""
        levels = frozenset(self.app.settings["levels"])
        return {"two_steps": bool(levels.intersection(data.get_authn_contexts()))}

    def extract_email_addresses(self, data: Any) -> list[EmailAddress]:
        """The address; verified by the domains of the options alone (``is_email_verified``)."""
        address = self._extract(data).get("email")
        known = isinstance(address, str) and "@" in address
        return [EmailAddress(email=address, verified=False, primary=True)] if known else []

    def extract_common_fields(self, data: Any) -> dict[str, Any]:
        """Only the address: names are the organisation's."""
        return {"email": address} if (address := self._extract(data).get("email")) else {}


def _address(name: str) -> str:
    """An address of this site as the options say it, whatever a request pretends."""
    return f"{settings.ADDRESS}{reverse(name)}"


def _here(received: str = "") -> dict[str, Any]:
    """The page that receives assertions, in python3-saml's words."""
    parts = urlsplit(_address("sign_on:assertion"))
    return {
        "https": "on" if parts.scheme == "https" else "off",
        "http_host": parts.netloc,
        "script_name": parts.path,
        "get_data": {},
        "post_data": {"SAMLResponse": received} if received else {},
    }
