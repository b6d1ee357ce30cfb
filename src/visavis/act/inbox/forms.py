"""What a person may type about a return to treat."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from visavis.act.inbox.models import CaseStep
from visavis.people.persons.models import Person

#: As long as a verbatim may be.
LONGEST = 20_000


class _OnVersion(forms.Form):
    """A form that knows which state of the case its reader had under the eyes."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class StepForm(_OnVersion):
    """A call, a reply, a note."""

    kind = forms.ChoiceField(
        label=_("What you did"),
        choices=[
            (kind.value, kind.label) for kind in (CaseStep.Kind.CALL, CaseStep.Kind.REPLY, CaseStep.Kind.NOTE)
        ],
    )
    text = forms.CharField(
        label=_("In a few words"),
        widget=forms.Textarea,
        max_length=LONGEST,
        help_text=_("Read by whoever treats it next."),
    )


class HandoverForm(_OnVersion):
    """To whom a return is given."""

    to = forms.ModelChoiceField(
        label=_("To"), queryset=Person.objects.none(), required=False, empty_label=_("the team")
    )
    text = forms.CharField(
        label=_("A word for whoever takes it"), widget=forms.Textarea, required=False, max_length=LONGEST
    )

    def __init__(self, *args: Any, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = colleagues  # type: ignore[attr-defined]


class CloseForm(_OnVersion):
    """What became of a return."""

    outcome = forms.CharField(label=_("What became of it"), widget=forms.Textarea, max_length=LONGEST)


class ContestForm(_OnVersion):
    """Why a return is not one's own."""

    text = forms.CharField(label=_("Why it is not yours"), widget=forms.Textarea, max_length=LONGEST)
