"""An account: an address that signs in, and the person behind it."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar, Final

from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from visavis.people.persons.models import Person

#: Stands before the hash of a password that was drawn for somebody, with the last day on which it opens.
_DRAWN: Final = "drawn$"
#: How long such a password opens anything.
DRAWN_FOR: Final = dt.timedelta(days=7)


class AccountManager(BaseUserManager["Account"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Account:
        """Create an account; without a password it can only be opened by a link or single sign-on."""
        account = self.model(email=self.normalize_email(email).lower(), **fields)
        account.set_password(password)
        account.full_clean(exclude=["password"])
        account.save()
        return account


class Account(AbstractUser):
    """Signs in by e-mail. Rights are not here: they are granted, branch by branch."""

    class Theme(models.TextChoices):
        SYSTEM = "system", _("As the device")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    username = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail"), unique=True)
    person = models.OneToOneField(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("person")
    )
    language = models.CharField(
        _("language"), max_length=5, choices=[("fr", "Français"), ("en", "English")], blank=True
    )
    theme = models.CharField(_("appearance"), max_length=6, choices=Theme, default=Theme.SYSTEM)
    shortcuts = models.BooleanField(_("keyboard shortcuts"), default=True)

    objects: ClassVar[AccountManager] = AccountManager()  # type: ignore[assignment]

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def __str__(self) -> str:
        return self.email

    def give_drawn_password(self, password: str) -> None:
        """Take a password that somebody else drew: it opens for a week, and only the page that changes it."""
        self.set_password(password)
        last = timezone.now().date() + DRAWN_FOR
        self.password = f"{_DRAWN}{last.toordinal()}${self.password}"

    @property
    def has_drawn_password(self) -> bool:
        """Whether its owner has not chosen a password yet."""
        return self.password.startswith(_DRAWN)

    def check_password(self, raw_password: str | None) -> bool:
        """Whether this is its password; a drawn one stops being it after its last day."""
        if not self.has_drawn_password:
            return super().check_password(raw_password)
        last, _sign, kept = self.password.removeprefix(_DRAWN).partition("$")
        return check_password(raw_password, kept) and timezone.now().date().toordinal() <= int(last)


class Tally(models.Model):
    """How often something was asked lately, by whom nobody can read: a row of the cache (``counts``)."""

    mark = models.CharField(_("mark"), max_length=64, primary_key=True)
    value = models.JSONField(_("value"), default=None, null=True)
    until = models.DateTimeField(_("holds until"), db_index=True)

    class Meta:
        verbose_name = _("count of tries")
        verbose_name_plural = _("counts of tries")

    def __str__(self) -> str:
        return self.mark[:8]
