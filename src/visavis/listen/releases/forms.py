"""What is typed about the gate."""

from __future__ import annotations

from django import forms

from visavis.listen.releases.models import WaveGate
from visavis.web.forms import DateInput


class GateForm(forms.ModelForm[WaveGate]):
    """What employees and their representatives were told."""

    class Meta:
        model = WaveGate
        fields = ("consulted_on", "assessment", "notice", "acknowledged")
        widgets = {"consulted_on": DateInput()}
