"""What may be typed to make a study: its frame, then its questions, one line each."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from visavis.core.words import Voice
from visavis.understand.mirror.models import Study
from visavis.understand.mirror.services import MARGIN, MOST, Item, Outline
from visavis.web.forms import DateInput, Options

_LONGEST = 300


class StudyForm(forms.Form):
    """The frame of a study."""

    name = forms.CharField(label=_("Name of the study"), max_length=120)
    design = forms.ChoiceField(
        label=_("Design"),
        widget=Options,
        choices=Study.Design.choices,
        initial=Study.Design.PREDICTS,
        help_text=_("The two designs answer different questions and are never compared."),
    )
    scale = forms.ChoiceField(
        label=_("Scale of the marks"),
        widget=Options,
        choices=[("0-10", _("0 to 10")), ("1-5", _("1 to 5"))],
        initial="0-10",
    )
    margin = forms.FloatField(
        label=_("Margin within which both sides are alike, in marks"),
        min_value=0.01,
        max_value=2.5,
        initial=MARGIN,
        localize=True,
        help_text=_("What gap would change nothing for you? It is set before the answers, and never after."),
    )
    opens_on = forms.DateField(label=_("First day"), widget=DateInput)
    closes_on = forms.DateField(
        label=_("Last day"),
        widget=DateInput,
        help_text=_("Employees’ answers are published once, after that day."),
    )
    words = forms.BooleanField(
        label=_("Ask why, in words, after each question"),
        required=False,
        help_text=_("In the file, the column of the words has the key of the question followed by “_why”."),
    )


class ItemForm(forms.Form):
    """One question. A line left empty is no question."""

    key = forms.CharField(label=_("Key: name of its column in the file"), max_length=40, required=False)
    customer = forms.CharField(label=_("What customers are asked"), max_length=_LONGEST, required=False)
    employee = forms.CharField(label=_("What employees are asked"), max_length=_LONGEST, required=False)

    def clean(self) -> dict[str, Any]:
        """A line begun is finished."""
        told = super().clean() or {}
        filled = {name: str(told.get(name) or "").strip() for name in ("key", "customer", "employee")}
        if any(filled.values()):
            for name, words in filled.items():
                if not words:
                    self.add_error(name, _("Complete this line, or empty it."))
        return told


ItemFormSet = forms.formset_factory(ItemForm, extra=10, max_num=MOST, absolute_max=MOST + 10)


def outline_of(frame: StudyForm, lines: Any, language: str) -> Outline:
    """The study as typed, in the language of whoever types it.

    Args:
        frame: a valid frame.
        lines: valid questions.
        language: "fr" or "en".
    """
    told = frame.cleaned_data
    typed = [each.cleaned_data for each in lines if each.cleaned_data.get("key")]
    return Outline(
        name={language: told["name"]},
        design=told["design"],
        scale=told["scale"],
        margin=told["margin"],
        opens_on=told["opens_on"],
        closes_on=told["closes_on"],
        items=[
            Item(
                each["key"],
                {Voice.CUSTOMER: {language: each["customer"]}, Voice.EMPLOYEE: {language: each["employee"]}},
            )
            for each in typed
        ],
        words=told["words"],
    )
