"""How forms are drawn: label, help, error beside the field, a summary on top; a few widgets of our own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting


class HouseRenderer(TemplatesSetting):
    """Every form of the house, without a line of markup in its page: ``{{ form }}``."""

    form_template_name = "web/forms/form.html"
    formset_template_name = "web/forms/formset.html"
    field_template_name = "web/forms/field.html"


class ChoiceRow(forms.RadioSelect):
    """A choice of a few, as one row of large targets: 1 to 5, yes or no.

    Args:
        ends: words for both ends of the scale, shown under the row.
    """

    template_name = "web/forms/choice_row.html"

    def __init__(
        self, attrs: dict[str, Any] | None = None, choices: Any = (), *, ends: tuple[Any, Any] | None = None
    ) -> None:
        super().__init__(attrs, choices)
        self.ends = ends

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the words of both ends."""
        context = super().get_context(name, value, attrs)
        context["widget"]["ends"] = self.ends
        return context


class Options(forms.RadioSelect):
    """A choice of a few, one under the other."""

    template_name = "web/forms/options.html"


class Checks(forms.CheckboxSelectMultiple):
    """Several choices, one under the other."""

    template_name = "web/forms/options.html"


class FileDrop(forms.FileInput):
    """A file to choose, or to drop where scripts run.

    Args:
        accept: types offered by the browser, such as ``.csv,.xlsx``. The server checks the content itself.
    """

    template_name = "web/forms/file_drop.html"

    def __init__(self, attrs: dict[str, Any] | None = None, *, accept: str = "") -> None:
        super().__init__({**({"accept": accept} if accept else {}), **(attrs or {})})


class DateInput(forms.DateInput):
    """A day, with the browser's own calendar; always sent and shown as ISO."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")
