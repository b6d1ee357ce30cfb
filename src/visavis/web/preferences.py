"""Language, appearance, shortcuts: the account's choice, then the browser's cookie, then the default."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language_from_request

from visavis.people.accounts.models import Account

THEME_COOKIE = f"{settings.COOKIE_PREFIX}visavis_theme"
KEYS_COOKIE = f"{settings.COOKIE_PREFIX}visavis_keys"
THEMES = tuple(Account.Theme.values)
_ONE_YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Preferences:
    """How one reader wants the screens."""

    theme: str
    shortcuts: bool


def account_of(request: HttpRequest) -> Account | None:
    """The account that is signed in; does not open a session where the browser brought none."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    user = getattr(request, "user", None)
    return user if isinstance(user, Account) else None


def preferences_of(request: HttpRequest) -> Preferences:
    """What this reader chose, here or on another device."""
    account = account_of(request)
    theme = request.COOKIES.get(THEME_COOKIE, "")
    if account and account.theme != Account.Theme.SYSTEM:
        theme = account.theme
    shortcuts = account.shortcuts if account else request.COOKIES.get(KEYS_COOKIE) != "off"
    return Preferences(theme if theme in THEMES else Account.Theme.SYSTEM.value, shortcuts)


def language_of(request: HttpRequest) -> str:
    """The language of the screens: account, cookie, what the browser accepts, the company's default."""
    account = account_of(request)
    if account and account.language:
        return account.language
    return get_language_from_request(request)


def choose(
    account: Account | None, *, language: str = "", theme: str = "", shortcuts: bool | None = None
) -> None:
    """Remember on the account what its owner chose; nothing is kept for somebody not signed in.

    Args:
        account: whose choice it is, hers alone to make.
        language: a code of ``LANGUAGES``; empty: unchanged.
        theme: a value of ``Account.Theme``; empty: unchanged.
        shortcuts: whether single keys act on lists; None: unchanged.
    """
    if account is None:
        return
    account.language = language or account.language
    account.theme = theme or account.theme
    account.shortcuts = account.shortcuts if shortcuts is None else shortcuts
    account.save(update_fields=["language", "theme", "shortcuts"])


def remember(response: HttpResponse, cookie: str, value: str) -> None:
    """Keep a choice in the browser, for the sign-in page and for readers without an account."""
    response.set_cookie(
        cookie, value, max_age=_ONE_YEAR, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE
    )
