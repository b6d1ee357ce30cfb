"""What a person may type about data, settings and requests."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from visavis.share.law.answering import correctable
from visavis.share.law.documents.live import ASKED
from visavis.share.law.models import PrivacyRequest
from visavis.web.forms import DateInput
from visavis.web.shared import SharedForm


class FactsForm(SharedForm):
    """What only the company knows."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in ASKED:
            self.fields[one.key] = forms.CharField(
                label=str(one.label),
                help_text=str(one.help),
                required=False,
                max_length=1000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )


class DaysForm(SharedForm):
    """Another keeping time."""

    days = forms.IntegerField(label=_("Days"), min_value=1)
    reason = forms.CharField(
        label=_("Reason given"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "Needed to keep longer. It is shown with the change; no name of a customer or of an employee."
        ),
    )


class SwitchForm(forms.Form):
    """Why a model is turned on or off; which of both is what the page said."""

    on = forms.TypedChoiceField(
        choices=[("on", ""), ("off", "")], coerce=lambda word: word == "on", widget=forms.HiddenInput
    )
    reason = forms.CharField(label=_("Reason given"), max_length=1000, required=False)


class SeekForm(forms.Form):
    """Whom a request is about."""

    typed = forms.CharField(
        label=_("Whom it is about"),
        max_length=200,
        help_text=_(
            "A customer: key, e-mail or telephone. An employee: staff code, e-mail or name. A return: its "
            "code, or the address at which it was published."
        ),
    )


class ReceiveForm(forms.Form):
    """A request, as it came."""

    kind = forms.ChoiceField(label=_("Request"), choices=PrivacyRequest.Kind.choices)
    received_on = forms.DateField(label=_("Received on"), widget=DateInput())

    def day(self) -> dt.date:
        """The day on which it came."""
        found: dt.date = self.cleaned_data["received_on"]
        return found


class CloseForm(forms.Form):
    """How a request ended."""

    state = forms.ChoiceField(
        label=pgettext_lazy("request", "Answer"),
        choices=[
            (one.value, one.label)
            for one in (
                PrivacyRequest.State.DONE,
                PrivacyRequest.State.REFUSED,
                PrivacyRequest.State.NOT_FOUND,
            )
        ],
    )
    answer = forms.CharField(
        label=_("Reason given"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed to refuse. Without the person’s name."),
    )


class EraseForm(forms.Form):
    """What else leads to the person."""

    words = forms.CharField(
        label=_("Other words that lead to this person, one a line"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A name, for instance: it is taken out of every text, and not kept."),
    )
    sure = forms.BooleanField(label=_("I checked who asks, and that nothing obliges us to keep these data."))

    def lines(self) -> list[str]:
        """The words, each without blanks around."""
        return [line.strip() for line in self.cleaned_data["words"].splitlines() if line.strip()]


class CustomerForm(SharedForm):
    """What is known of a customer."""

    segment = forms.CharField(label=_("Segment"), max_length=40, required=False)
    language = forms.CharField(label=_("Language"), max_length=5, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=30, required=False)
    shown_as = forms.CharField(label=_("Shown as"), max_length=20, required=False)


class PersonForm(SharedForm):
    """What is known of an employee."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail"), required=False)
    form = forms.CharField(label=_("Preferred form of the job’s name"), max_length=60, required=False)


def correction_form(request: PrivacyRequest, data: Any = None) -> SharedForm | None:
    """The form that corrects whom a request is about, filled with what is known."""
    if not (request.customer or request.person):
        return None
    known = correctable(request)
    made: SharedForm = (CustomerForm if request.customer else PersonForm)(data, there=known)
    for name in made.fields.keys() - known.keys() - {"seen"}:
        del made.fields[name]
    return made
