"""What may be typed: a decision about a link, a question."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from visavis.web.forms import Options


class DecisionForm(forms.Form):
    """Whether a link holds, and why."""

    validated = forms.TypedChoiceField(
        label=_("Decision"),
        widget=Options,
        choices=[("yes", _("validate")), ("no", _("set aside"))],
        coerce=lambda chosen: chosen == "yes",
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Needed to set a link aside: others will read it."),
    )


class QuestionForm(forms.Form):
    """A question to ask customers."""

    text = forms.CharField(label=_("Question"), max_length=500, widget=forms.Textarea({"rows": 3}))
