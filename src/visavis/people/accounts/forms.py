"""Forms of the sign-in that differ from allauth's."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import AddEmailForm
from django import forms
from django.utils.translation import gettext as _


class FixedEmail(AddEmailForm):  # type: ignore[misc]
    """Nobody adds an address: rights hang on the one that the administrator gave."""

    def clean(self) -> dict[str, Any]:
        """Refuse, whatever is asked.

        Raises:
            ValidationError: always.
        """
        raise forms.ValidationError(_("Your address is changed by your administrator."))
