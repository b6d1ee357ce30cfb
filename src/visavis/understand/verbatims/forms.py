"""What a person may say about a reading."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from visavis.core.words import Polarity
from visavis.moments.references.models import Moment
from visavis.people.access.viewer import Viewer
from visavis.people.units.models import Unit
from visavis.people.units.queries import units
from visavis.understand.themes.models import Theme
from visavis.understand.verbatims.explorer import Taxonomy
from visavis.understand.verbatims.originals import SHORTEST
from visavis.understand.verbatims.placing import moments_of
from visavis.understand.verbatims.rows import ABSENT, WHOLE, tones
from visavis.understand.verbatims.saved_pages import SavedPage


class ReadingForm(forms.Form):
    """One tap on a token: ``theme:tone``, ``theme:absent``, or ``-:tone`` for the whole text."""

    reading = forms.CharField(max_length=200)

    def __init__(self, *args: Any, taxonomy: Taxonomy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._taxonomy = taxonomy

    def clean_reading(self) -> tuple[Theme | None, Polarity | None]:
        """The theme (none: the whole text) and its tone (none: it is not there)."""
        code, _colon, said = self.cleaned_data["reading"].rpartition(":")
        theme = self._taxonomy.by_code.get(code)
        known = {*Polarity, ABSENT} if theme else set(Polarity)
        if said not in known or (theme is None and code != WHOLE):
            raise ValidationError(_("This correction is not one that can be made here."))
        return theme, None if said == ABSENT else Polarity(said)


class OriginalsForm(forms.Form):
    """Why the original words of a return are asked for."""

    reason = forms.CharField(
        label=_("Your reason"),
        min_length=SHORTEST,
        max_length=200,
        help_text=_("It stays in the journal. Name no customer in it."),
    )


class MomentForm(forms.Form):
    """The moment that a text speaks of, by its code; empty: none of them."""

    moment = forms.ModelChoiceField(Moment.objects.none(), to_field_name="code", required=False)

    def __init__(self, *args: Any, voice: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["moment"].queryset = moments_of(voice)  # type: ignore[attr-defined]

    def moment_said(self) -> Moment | None:
        """The moment.

        Raises:
            ValidationError: if what was sent is none of the choices.
        """
        if not self.is_valid():
            raise ValidationError(_("This correction is not one that can be made here."))
        found: Moment | None = self.cleaned_data["moment"]
        return found


class ManyForm(forms.Form):
    """One gesture on several texts: a theme, or the whole text, and what is said of it."""

    theme = forms.ChoiceField(label=_("What is corrected"), required=False)
    said = forms.ChoiceField(label=_("What it is"))

    def __init__(self, *args: Any, taxonomy: Taxonomy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._taxonomy = taxonomy
        self.fields["theme"].choices = [("", _("The tone of the text")), *_by_top(taxonomy)]  # type: ignore[attr-defined]
        self.fields["said"].choices = [*tones(), (ABSENT, _("not there (a theme)"))]  # type: ignore[attr-defined]

    def reading(self) -> tuple[Theme | None, Polarity | None]:
        """The theme (none: the whole text) and its tone (none: the theme is not there).

        Raises:
            ValidationError: if what was sent is none of the choices.
        """
        if not self.is_valid():
            raise ValidationError(_("This correction is not one that can be made here."))
        said = self.cleaned_data["said"]
        theme = self._taxonomy.by_code.get(self.cleaned_data["theme"])
        return theme, None if said == ABSENT else Polarity(said)


class SavedForm(forms.Form):
    """The name of a view, whether it follows the calendar, and with whom it is shared."""

    name = forms.CharField(label=_("Name of the view"), max_length=80)
    latest = forms.BooleanField(
        required=False,
        label=_("Follow the calendar"),
        help_text=_("The view opens on the latest period, not on the one shown now."),
    )
    shared_with = forms.ModelChoiceField(
        Unit.objects.none(),
        required=False,
        label=_("Shared with"),
        empty_label=_("nobody: it is mine"),
        help_text=_("Whoever reads this page for this branch, or for a part of it, finds it too."),
    )

    def __init__(
        self, *args: Any, viewer: Viewer, page: SavedPage, kept: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shared_with"].queryset = units(viewer, page.right)  # type: ignore[attr-defined]
        if kept:
            del self.fields["latest"]


class ThemeForm(forms.Form):
    """A theme that the engine did not hear."""

    theme = forms.ChoiceField(label=_("Theme"))
    polarity = forms.ChoiceField(label=_("Tone of what is said about it"))

    def __init__(self, *args: Any, taxonomy: Taxonomy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._taxonomy = taxonomy
        self.fields["theme"].choices = [("", "—"), *_by_top(taxonomy)]  # type: ignore[attr-defined]
        self.fields["polarity"].choices = tones()  # type: ignore[attr-defined]

    def clean_theme(self) -> Theme:
        """The theme itself."""
        return self._taxonomy.by_code[self.cleaned_data["theme"]]

    def clean_polarity(self) -> Polarity:
        """The tone itself."""
        return Polarity(self.cleaned_data["polarity"])


def _by_top(taxonomy: Taxonomy) -> list[tuple[str, Any]]:
    """Leaves under the name of their top; a top without leaves by itself."""
    return [
        (top.label, [(leaf.code, leaf.label) for leaf in leaves]) if leaves else (top.code, top.label)
        for top, leaves in taxonomy.grouped()
    ]
