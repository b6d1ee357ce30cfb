"""What a person fills in to have letters sent."""

from __future__ import annotations

import datetime as dt
from functools import reduce
from operator import and_, or_
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from visavis.core.words import Role
from visavis.moments.exchanges.models import Channel, Reason
from visavis.people.access.policy import RIGHTS as RIGHTS_OF_ROLES
from visavis.people.access.viewer import Viewer
from visavis.people.accounts.models import Account
from visavis.people.persons.models import ROLES
from visavis.people.units.models import Unit
from visavis.share.letters.models import Subscription
from visavis.share.letters.queries import may_send
from visavis.share.letters.recipients import RIGHTS
from visavis.web.forms import Options
from visavis.web.wording import hour as spoken_hour

#: To whom: oneself, an account, or whoever holds a role.
ME, ADDRESS, ROLE = "me", "address", "role"
_CODE = "code"


def _hours() -> list[tuple[int, str]]:
    """The hours of a day, as the reader's language writes them."""
    return [(each, spoken_hour(dt.time(each), get_language() or "fr")) for each in range(24)]


class CodeField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A row by its code; PostgreSQL looks no NUL up."""

    def to_python(self, value: Any) -> Any:
        """The row; none if the field is empty.

        Raises:
            ValidationError: if there is no such row among those offered.
        """
        if "\0" in str(value or ""):
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().to_python(value)

    def label_from_instance(self, obj: Any) -> str:
        """The name in the language in force."""
        return str(getattr(obj, "label", obj))


class SubscriptionForm(forms.Form):
    """What, of which scope, to whom, when."""

    kind = forms.ChoiceField(label=gettext_lazy("What"), widget=Options)
    unit = CodeField(
        label=gettext_lazy("Scope"), queryset=Unit.objects.none(), to_field_name=_CODE, empty_label=None
    )
    channel = CodeField(
        label=gettext_lazy("Channel"),
        queryset=Channel.objects.order_by("position", "pk"),
        to_field_name=_CODE,
        required=False,
        empty_label=gettext_lazy("All channels"),
    )
    reason = CodeField(
        label=gettext_lazy("Reason"),
        queryset=Reason.objects.order_by("position", "pk"),
        to_field_name=_CODE,
        required=False,
        empty_label=gettext_lazy("All reasons"),
    )
    to = forms.ChoiceField(
        label=gettext_lazy("To"),
        widget=Options,
        initial=ME,
        choices=[
            (ME, gettext_lazy("Myself")),
            (ADDRESS, gettext_lazy("An account")),
            (ROLE, gettext_lazy("Whoever holds a role")),
        ],
    )
    email = forms.EmailField(
        label=gettext_lazy("Address of the account"),
        required=False,
        help_text=gettext_lazy("Of somebody who may read this scope."),
    )
    role = forms.ChoiceField(label=gettext_lazy("Role"), required=False)
    held_at = CodeField(
        label=gettext_lazy("Role held at"),
        queryset=Unit.objects.none(),
        to_field_name=_CODE,
        required=False,
        empty_label=gettext_lazy("The same scope"),
        help_text=gettext_lazy("Exactly there: a role held above or below is not meant."),
    )
    working_day = forms.IntegerField(
        label=gettext_lazy("Working day of the month, for the report"),
        min_value=1,
        max_value=15,
        initial=3,
        help_text=gettext_lazy("The third lets late answers come in. Public holidays are no working days."),
    )
    hour = forms.TypedChoiceField(label=gettext_lazy("Hour"), choices=_hours, coerce=int, initial=8)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._viewer = viewer
        kinds = [(kind.value, kind.label) for kind, right in RIGHTS.items() if viewer.may(right)]
        self._choose("kind", kinds)
        self.initial.setdefault("kind", kinds[0][0])
        self._offer("unit", reduce(or_, [viewer.within(right, "path") for right in RIGHTS.values()]))
        if not may_send(viewer):
            for name in ("to", "email", "role", "held_at"):
                del self.fields[name]
            return
        readers = [pair for pair in ROLES if set(RIGHTS.values()) & RIGHTS_OF_ROLES[Role(pair[0])]]
        self._choose("role", [("", _("Choose a role")), *readers])
        self._offer("held_at", reduce(and_, [viewer.within(right, "path") for right in RIGHTS.values()]))

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def _offer(self, name: str, units: Any) -> None:
        self.fields[name].queryset = Unit.objects.filter(units).order_by("path")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The recipient: found once the rest is there."""
        given = super().clean() or self.cleaned_data
        to = given.get("to", ME)
        given["account"] = None
        if to == ME:
            given["account"] = Account.objects.filter(pk=self._viewer.account_id or 0).first()
        elif to == ADDRESS:
            given["account"] = self._account(given.get("email", ""))
        elif not given.get("role"):
            self.add_error("role", _("Choose a role."))
        return given

    def _account(self, email: str) -> Account | None:
        """The account of an address; the service answers one that may not read like an unknown one."""
        found = Account.objects.filter(email=email.lower(), is_active=True).first() if email else None
        if found is None:
            self.add_error("email", _("No account that may read this scope has this address."))
        return found

    def wish(self) -> Subscription:
        """The subscription asked for, not saved."""
        given = self.cleaned_data
        by_role = given.get("to", ME) == ROLE
        return Subscription(
            kind=given["kind"],
            unit=given["unit"],
            channel=given["channel"],
            reason=given["reason"],
            account=given["account"],
            role=given["role"] if by_role else "",
            held_at=(given["held_at"] or given["unit"]) if by_role else None,
            working_day=given["working_day"],
            hour=given["hour"],
        )
