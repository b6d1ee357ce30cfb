"""What may be typed to make a study: its frame, then its questions, one line each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from visavis.core.languages import LANGUAGES
from visavis.core.words import Voice
from visavis.understand.mirror.models import Study
from visavis.understand.mirror.services import MARGIN, MOST, Item, Outline
from visavis.web.forms import DateInput, Options

_LONGEST = 300


def _wording(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=_LONGEST, required=False)


class StudyForm(forms.Form):
    """The frame of a study."""

    name_fr = forms.CharField(label=_("Name of the study, in French"), max_length=120)
    name_en = forms.CharField(label=_("Name of the study, in English"), max_length=120, required=False)
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
    """One question, worded for both sides in French, and in English if some answer in English.

    A question left empty is none.
    """

    key = forms.CharField(label=_("Key: name of its column in the file"), max_length=40, required=False)
    customer_fr = _wording(_("What customers are asked, in French"))
    employee_fr = _wording(_("What employees are asked, in French"))
    customer_en = _wording(_("What customers are asked, in English"))
    employee_en = _wording(_("What employees are asked, in English"))

    def clean(self) -> dict[str, Any]:
        """A question begun is finished; English, once begun, is said to both sides."""
        told = super().clean() or {}
        filled = {name: str(told.get(name) or "").strip() for name in self.fields}
        english = [name for name in filled if name.endswith("_en")]
        needed = [name for name in filled if name not in english] if any(filled.values()) else []
        if any(filled[name] for name in english):
            needed += english
        for name in needed:
            if not filled[name]:
                self.add_error(name, _("Complete this question, or empty it."))
        return told


ItemFormSet = forms.formset_factory(ItemForm, extra=10, max_num=MOST, absolute_max=MOST + 10)


def outline_of(frame: StudyForm, lines: Any) -> Outline:
    """The study as typed, in each language in which it was worded.

    Args:
        frame: a valid frame.
        lines: valid questions.
    """
    told = frame.cleaned_data
    typed = [each.cleaned_data for each in lines if each.cleaned_data.get("key")]
    return Outline(
        name=_said("name", told),
        design=told["design"],
        scale=told["scale"],
        margin=told["margin"],
        opens_on=told["opens_on"],
        closes_on=told["closes_on"],
        items=[Item(each["key"], {voice: _said(voice.value, each) for voice in Voice}) for each in typed],
        words=told["words"],
    )


def _said(name: str, typed: Mapping[str, Any]) -> dict[str, str]:
    """What was typed in the fields of one name, by language; nothing for a language left empty."""
    return {each: typed[f"{name}_{each}"] for each in LANGUAGES if typed[f"{name}_{each}"]}
