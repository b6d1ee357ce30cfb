"""What a person fills in to administer."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from visavis.core.words import Role
from visavis.people.access.services import may_settle_person
from visavis.people.access.viewer import Viewer
from visavis.people.accounts.services import Proof
from visavis.people.persons.models import ROLES, Person
from visavis.people.units.models import Unit
from visavis.web.forms import DateInput
from visavis.web.shared import SharedForm


class UnitField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A unit by its code; PostgreSQL looks no NUL up."""

    def to_python(self, value: Any) -> Any:
        """The unit; none if the field is empty.

        Raises:
            ValidationError: if there is no such unit among those offered.
        """
        if "\0" in str(value or ""):
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().to_python(value)


class GrantForm(forms.Form):
    """A role on a branch of the organisation."""

    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=ROLES)
    unit = UnitField(
        label=gettext_lazy("On this unit and all below"),
        queryset=Unit.objects.none(),
        to_field_name="code",
        empty_label=None,
    )

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def gift(self) -> dict[str, Any]:
        """The role and the unit, for the service."""
        return {"role": Role(self.cleaned_data["role"]), "unit": self.cleaned_data["unit"]}


class AccountForm(GrantForm):
    """A new account, with its first role."""

    def __init__(self, *args: Any, viewer: Viewer, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer, self.today = viewer, today

    email = forms.EmailField(label=gettext_lazy("E-mail"), help_text=gettext_lazy("It is what signs in."))
    staff = forms.CharField(
        label=gettext_lazy("Staff code"),
        required=False,
        max_length=64,
        help_text=gettext_lazy("Of the person behind the account, as in the organisation."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        choices=[("", gettext_lazy("As the browser")), ("fr", "Français"), ("en", "English")],
        required=False,
    )
    field_order = ("email", "staff", "role", "unit", "language")

    def clean_staff(self) -> Person | None:
        """The person of that code, within reach: one who works elsewhere is answered like an unknown one."""
        code = self.cleaned_data["staff"].strip()
        found = Person.objects.filter(code=code).order_by("pk").first() if code else None
        if code and not (found and may_settle_person(self.viewer, found, today=self.today)):
            raise forms.ValidationError(_("Nobody has this staff code."))
        return found


class ProofForm(forms.Form):
    """How one made sure of who asks for a second step to be removed."""

    proof = forms.ChoiceField(label=gettext_lazy("You made sure of who asks"), choices=Proof)


class PersonForm(SharedForm):
    """What is known of somebody; the code stays."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    form = forms.CharField(
        label=gettext_lazy("Preferred form of the job’s name"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("As the person wishes to be called: adviser, counsellor…"),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        required=False,
        help_text=gettext_lazy("Of the person; the address that signs in is the account’s."),
    )
    hired_on = forms.DateField(label=gettext_lazy("Hired on"), widget=DateInput, required=False)


class DepartureForm(forms.Form):
    """The last day at work."""

    last_day = forms.DateField(label=gettext_lazy("Last day"), widget=DateInput)


class DayForm(forms.Form):
    """The day on which the organisation is looked at."""

    jour = forms.DateField(label=gettext_lazy("On"), widget=DateInput, required=False)

    def day(self, today: dt.date) -> dt.date:
        """The day asked for; today if none, or if it is no day."""
        return (self.cleaned_data.get("jour") if self.is_valid() else None) or today
