"""What a person may say in the queue, and of the models."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from visavis.core.words import Polarity
from visavis.understand.themes.models import Theme
from visavis.understand.verbatims.explorer import Taxonomy

#: The tone is the one read; the text is left to nobody.
RIGHT, SKIP = "right", "skip"


class AnswerForm(forms.Form):
    """One tap: the tone, or « juste », or « passer »; and the themes that are ticked."""

    say = forms.CharField(max_length=10)
    themes = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, taxonomy: Taxonomy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._taxonomy = taxonomy
        self.fields["themes"].choices = [(code, code) for code in taxonomy.by_code]  # type: ignore[attr-defined]

    def clean_say(self) -> str:
        """A tone, ``RIGHT`` or ``SKIP``."""
        said: str = self.cleaned_data["say"]
        if said not in {*Polarity, RIGHT, SKIP}:
            raise ValidationError(_("This answer is not one that can be given here."))
        return said

    def clean_themes(self) -> list[Theme]:
        """The themes themselves."""
        return [self._taxonomy.by_code[code] for code in self.cleaned_data["themes"]]


class ReasonForm(forms.Form):
    """Why another model is put in force."""

    reason = forms.CharField(
        label=_("Why"), max_length=300, help_text=_("In a sentence; the journal keeps it.")
    )


class RereadForm(ReasonForm):
    """From which day on the history is read again, and why."""

    since = forms.DateField(
        label=_("Texts heard since"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    field_order = ("since", "reason")
