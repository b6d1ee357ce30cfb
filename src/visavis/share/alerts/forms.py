"""What may be typed about alerts: what to watch, why a figure departed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from visavis.moments.exchanges.models import Channel, Reason
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.people.units.models import Unit
from visavis.share.alerts.models import Figure
from visavis.understand.themes.models import Theme
from visavis.web.shared import SharedForm


class WatchForm(forms.Form):
    """A figure to watch, what it is limited to, and who is told."""

    figure = forms.ChoiceField(label=_("Figure"), choices=Figure.choices)
    theme = forms.ModelChoiceField(
        Theme.objects.none(),
        required=False,
        to_field_name="code",
        label=_("Theme"),
        help_text=_("Only for the share of texts that speak of a theme."),
        empty_label="—",
    )
    unit = forms.ModelChoiceField(
        Unit.objects.none(), to_field_name="code", label=_("Scope"), empty_label=None
    )
    channel = forms.ModelChoiceField(
        Channel.objects.none(),
        required=False,
        to_field_name="code",
        label=_("Channel"),
        empty_label=_("no limit"),
    )
    reason = forms.ModelChoiceField(
        Reason.objects.none(),
        required=False,
        to_field_name="code",
        label=_("Reason"),
        empty_label=_("no limit"),
    )
    everyone = forms.BooleanField(required=False, label=_("Tell whoever sees this scope, not me alone"))

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tops = Theme.objects.filter(parent__isnull=False).order_by().values("parent")
        leaves = Theme.objects.filter(retired_in__isnull=True).exclude(pk__in=tops)
        choices: dict[str, Any] = {
            "theme": leaves.order_by("parent__position", "position", "pk"),
            "unit": Unit.objects.filter(viewer.within(Right.FIGURES, "path")).order_by("path"),
            "channel": Channel.objects.order_by("position", "pk"),
            "reason": Reason.objects.order_by("position", "pk"),
        }
        for name, rows in choices.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        if not viewer.may(Right.REPORT):
            del self.fields["everyone"]

    def clean(self) -> dict[str, Any]:
        """A theme for the share of a theme, none for the rest."""
        cleaned = super().clean() or {}
        if cleaned.get("figure") == Figure.THEME and not cleaned.get("theme"):
            self.add_error("theme", _("Choose the theme to watch."))
        elif cleaned.get("figure") != Figure.THEME:
            cleaned["theme"] = None
        return cleaned


class ExplainForm(SharedForm):
    """Why a figure departed."""

    text = forms.CharField(
        label=_("What explains it"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    lasting = forms.BooleanField(
        required=False,
        label=_("It is the usual level from now on"),
        help_text=_(
            "The alert is over; the figure is watched again once 13 weeks of the new level are known."
        ),
    )

    def __init__(self, *args: Any, may_rebase: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_rebase:
            del self.fields["lasting"]
