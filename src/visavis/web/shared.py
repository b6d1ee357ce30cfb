"""Forms on what several people may change: the second to send finds both versions, and loses nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from visavis.core.stamps import MeanwhileError, field_stamp, seen_stamps, stamps_of


class Both(NamedTuple):
    """One field that two people changed: its label, what was saved meanwhile, what was typed here."""

    label: str
    theirs: str
    typed: str


class SharedForm(forms.Form):
    """A form on what is there; it knows what it showed.

    A view passes ``there``, gives ``typed`` and ``seen_then`` to the service, and on ``MeanwhileError`` calls
    ``show_both`` and answers 422. The service calls ``core.stamps.merged`` where it holds the row.

    Args:
        there: what is there now: name of a field → value, codes for rows.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    #: Filled by ``show_both``; the template of forms shows it on top.
    both: tuple[Both, ...] = ()

    def __init__(self, data: Any = None, *, there: Mapping[str, object], **kwargs: Any) -> None:
        initial = {**there, **kwargs.pop("initial", {}), "seen": stamps_of(there)}
        super().__init__(data, initial=initial, **kwargs)

    @property
    def typed(self) -> dict[str, Any]:
        """What was typed, checked, without what was seen."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}

    @property
    def seen_then(self) -> str:
        """The stamps of what was on screen, for the service."""
        seen: str = self.cleaned_data["seen"]
        return seen

    def show_both(self, found: MeanwhileError) -> None:
        """Show what was saved meanwhile beside what was typed, which stays in the fields.

        Fields that only the other changed take the other's value. Sent again, the form puts what it then
        shows in the place of what was saved, knowingly.

        Args:
            found: what the service raised.
        """
        shown = seen_stamps(self.seen_then)
        self.both = tuple(self._pair(name, found.now[name]) for name in found.names)
        sent: Any = self.data  # a QueryDict, which may not be changed in place
        data = sent.copy()
        data[self.add_prefix("seen")] = stamps_of(found.now)
        for name, value in found.now.items():
            left = name in self.cleaned_data and field_stamp(self.cleaned_data[name]) == shown.get(name)
            if left:
                _set(data, self.add_prefix(name), value)
        self.data = data
        self.add_error(
            None,
            _(
                "Somebody changed this meanwhile: both versions are below. What you typed is kept;"
                " sent again, it takes the place of the other."
            ),
        )

    def _pair(self, name: str, theirs: object) -> Both:
        field = self.fields[name]
        typed = self.cleaned_data[name]
        return Both(str(self[name].label), _spoken(field, theirs), _spoken(field, typed))


def _set(data: Any, name: str, value: object) -> None:
    if isinstance(value, list | tuple):
        data.setlist(name, [str(each) for each in value])
    else:
        data[name] = "" if value is None else value


def _spoken(field: forms.Field, value: object) -> str:
    """A value in words: the label of a choice, a day as people write it."""
    if isinstance(value, bool):
        return pgettext("box", "ticked") if value else pgettext("box", "not ticked")
    values = value if isinstance(value, list | tuple) else [value]
    labels = {str(code): str(label) for code, label in getattr(field, "choices", ())}
    words = (labels.get(str(each)) or str(localize(each)) for each in values if each not in (None, ""))
    return ", ".join(words) or "–"
