"""What may be typed about the moments: a sheet, why it is published, a proposal, its answer, a day."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from visavis.listen.surveys.models import Question
from visavis.moments.exchanges.models import Channel, Reason
from visavis.moments.references.models import Moment, valid_slug
from visavis.understand.journeys.sheets import Sheet, Sheets, live
from visavis.web.forms import Checks, DateInput, Options
from visavis.web.shared import SharedForm

_TEXT = {"rows": 3}
_LISTS = ("reasons", "channels", "facing", "questions")
_PLAIN = ("code", "kind", "stage", "stake", "position", "retired")


class SheetForm(forms.Form):
    """One moment, whole."""

    code = forms.CharField(
        label=_("Code"),
        max_length=64,
        validators=[valid_slug],
        help_text=_("Small letters, figures, dashes: files name it so. It never changes."),
    )
    kind = forms.ChoiceField(label=_("Who goes through it"), widget=Options, choices=Moment.Kind.choices)
    stage = forms.ChoiceField(label=_("Stage of the journey"), choices=Moment.Stage.choices)
    name_fr = forms.CharField(label=_("Name in French"), max_length=120, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    description_fr = forms.CharField(
        label=_("What happens there, in French"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(_TEXT),
    )
    description_en = forms.CharField(
        label=_("What happens there, in English"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(_TEXT),
    )
    stake = forms.ChoiceField(label=_("Stake"), widget=Options, choices=Moment.Stake.choices)
    reasons = forms.MultipleChoiceField(
        label=_("Contact reasons that it covers"),
        required=False,
        widget=Checks,
        help_text=_("A return of a reason that one moment alone covers stands at this moment."),
    )
    channels = forms.MultipleChoiceField(label=_("Channels where it happens"), required=False, widget=Checks)
    facing = forms.MultipleChoiceField(
        label=_("Moments that it faces on the other side"), required=False, widget=Checks
    )
    questions = forms.MultipleChoiceField(
        label=_("Questions that listen to it"),
        required=False,
        widget=Checks,
        help_text=_("Their mean tells how the moment goes, facing the other side."),
    )
    position = forms.IntegerField(label=_("Place in the list"), min_value=0, max_value=999, initial=0)
    retired = forms.BooleanField(label=_("No longer used: its history stays"), required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, sheets: Sheets, sheet: Sheet | None, language: str) -> None:
        start = _initial(sheet) if sheet else {}
        super().__init__(data, initial=start)
        if sheet is not None:
            self.fields["code"].disabled = True
        others = [each for each in live(sheets) if sheet is None or each.kind != sheet.kind]
        offered = {
            "reasons": [(one.code, one.label) for one in Reason.objects.order_by("position", "pk")],
            "channels": [(one.code, one.label) for one in Channel.objects.order_by("position", "pk")],
            "facing": [(each.code, each.label(language)) for each in others],
            "questions": _questions(),
        }
        for name, choices in offered.items():
            kept = [(code, code) for code in start.get(name, []) if code not in dict(choices)]
            self.fields[name].choices = [*choices, *kept]  # type: ignore[attr-defined]

    def sheet(self) -> Sheet:
        """The sheet as typed."""
        told: dict[str, Any] = {name: tuple(self.cleaned_data[name]) for name in _LISTS}
        for name in ("name", "description"):
            typed = {code: self.cleaned_data[f"{name}_{code}"].strip() for code in ("fr", "en")}
            told[name] = {code: words for code, words in typed.items() if words}
        told |= {name: self.cleaned_data[name] for name in _PLAIN}
        return Sheet(**told)


def _initial(sheet: Sheet) -> dict[str, Any]:
    words = {
        f"{name}_{code}": text
        for name in ("name", "description")
        for code, text in getattr(sheet, name).items()
    }
    return sheet.as_row() | words | {"seen": sheet.stamp}


def _questions() -> list[tuple[str, str]]:
    told: dict[str, str] = {}
    for question in Question.objects.exclude(scale=Question.Scale.TEXT).order_by("position", "pk"):
        told.setdefault(question.key, question.label)
    return list(told.items())


class PublishForm(forms.Form):
    """Why a version is published."""

    reason = forms.CharField(label=_("Why this version"), max_length=300)
    seen = forms.CharField(widget=forms.HiddenInput)


class IdeaForm(forms.Form):
    """A proposal from the field."""

    moment = forms.ChoiceField(label=_("About"), required=False)
    text = forms.CharField(
        label=_("What do you propose?"),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Whoever keeps the moments answers you here."),
    )

    def __init__(self, *args: Any, sheets: Sheets, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(sheet.code, sheet.label(language)) for sheet in live(sheets)]
        self.fields["moment"].choices = [("", _now("a moment that is missing")), *known]  # type: ignore[attr-defined]


class AnswerForm(SharedForm):
    """The answer to a proposal."""

    taken = forms.ChoiceField(
        label=_("Decision"), widget=Options, choices=[("yes", _("taken up")), ("no", _("not taken up"))]
    )
    words = forms.CharField(
        label=_("Your answer, which its author reads"), max_length=1000, widget=forms.Textarea(_TEXT)
    )


class ReviewForm(SharedForm):
    """When a moment is looked at again."""

    on = forms.DateField(label=_("To look at again on"), required=False, widget=DateInput)
