"""What a quality manager writes: a theme, a sentence to try, a reason, a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from visavis.core.words import Voice
from visavis.listen.surveys.models import VOICES
from visavis.understand.themes.drafting import told_namesake
from visavis.understand.themes.sheets import MUST, MUST_NOT, Sheet, Sheets, namesakes, tops, under
from visavis.understand.themes.syntax import LONGEST_DEFINITION, LONGEST_NAME, MOST, Wrong, faults_of
from visavis.understand.themes.trials import LONGEST
from visavis.web.forms import Checks, FileDrop, Options


class Lines(forms.CharField):
    """Words or sentences, one a line."""

    def __init__(self, *, label: Any, help_text: Any = "", rows: int = 4) -> None:
        widget = forms.Textarea(attrs={"rows": rows, "spellcheck": "false"})
        super().__init__(label=label, help_text=help_text, required=False, widget=widget, max_length=60_000)

    def clean(self, value: Any) -> tuple[str, ...]:
        """Each line once, its blanks made plain, empty ones left out."""
        text = str(super().clean(value))
        return tuple(dict.fromkeys(line for raw in text.splitlines() if (line := " ".join(raw.split()))))


#: Field of the form -> field of the sheet and key in it.
_LINES = {
    "keywords_fr": ("keywords", "fr"),
    "keywords_en": ("keywords", "en"),
    "examples_fr": ("examples", "fr"),
    "examples_en": ("examples", "en"),
    "must": ("tests", MUST),
    "must_not": ("tests", MUST_NOT),
}
_NAMES = {
    "name_fr": ("name", "fr"),
    "name_en": ("name", "en"),
    "definition_fr": ("definition", "fr"),
    "definition_en": ("definition", "en"),
}


class SeenForm(forms.Form):
    """A form that knows what was on screen when it was filled in."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def look_again(self, stamp: str) -> None:
        """Keep what was typed, aware from now on of what is there."""
        data = self.data.copy()  # type: ignore[attr-defined]  # of a request: a QueryDict
        data["seen"] = stamp
        self.data = data


class SheetForm(SeenForm):
    """One theme, whole."""

    name_fr = forms.CharField(label=gettext_lazy("Name in French"), max_length=LONGEST_NAME)
    name_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=LONGEST_NAME, required=False)
    parent = forms.ChoiceField(label=gettext_lazy("Stands under"), required=False)
    position = forms.IntegerField(
        label=gettext_lazy("Place among its neighbours"), min_value=0, max_value=999, required=False
    )
    voices = forms.MultipleChoiceField(label=gettext_lazy("Heard from"), choices=VOICES, widget=Checks)
    definition_fr = forms.CharField(
        label=gettext_lazy("What it is, in French"),
        max_length=LONGEST_DEFINITION,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    definition_en = forms.CharField(
        label=gettext_lazy("What it is, in English"),
        max_length=LONGEST_DEFINITION,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    keywords_fr = Lines(label=gettext_lazy("French keywords, one a line"), rows=8)
    keywords_en = Lines(label=gettext_lazy("English keywords, one a line"))
    examples_fr = Lines(label=gettext_lazy("French examples, one sentence a line"))
    examples_en = Lines(label=gettext_lazy("English examples, one sentence a line"))
    must = Lines(label=gettext_lazy("Sentences that must have this theme, one a line"))
    must_not = Lines(label=gettext_lazy("Sentences that must not have it, one a line"))

    field_order = (
        *(
            "name_fr",
            "name_en",
            "keywords_fr",
            "keywords_en",
            "must",
            "must_not",
            "examples_fr",
            "examples_en",
        ),
        *("definition_fr", "definition_en", "voices", "parent", "position"),
    )

    def __init__(
        self, data: Any = None, *, sheets: Sheets, sheet: Sheet | None = None, initial: Any = None
    ) -> None:
        self.sheet, self._sheets = sheet, sheets
        super().__init__(data, initial=(initial or {}) | initial_of(sheet))
        self.fields["parent"].choices = _places(sheets, sheet)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Each word that cannot be heard is told beside its field."""
        told = super().clean() or {}
        if not self.errors:
            fields = {place: name for name, place in (_LINES | _NAMES).items()}
            sheet = self.written()
            for fault in faults_of(sheet):
                self.add_error(fields[fault.field, fault.key], _fault(fault.wrong, fault.word))
            for language, other in namesakes(sheet, self.sheet, self._sheets):
                self.add_error(fields["name", language], told_namesake(sheet, language, other))
        return told

    def written(self) -> Sheet:
        """The theme as it was typed; what the form does not show stays."""
        told = self.cleaned_data
        code = (
            self.sheet.code
            if self.sheet
            else new_code(self._sheets, told["name_en"] or told["name_fr"], told["parent"])
        )
        start = self.sheet or Sheet(code, position=_last(self._sheets, told["parent"]))
        given: dict[str, Any] = {"parent": told["parent"], "voices": _in_order(told["voices"])}
        for form_name, (name, key) in (_LINES | _NAMES).items():
            kept = given.get(name) or dict(getattr(start, name))
            given[name] = {one: value for one, value in (kept | {key: told[form_name]}).items() if value}
        place = told["position"] if told["position"] is not None else start.position
        return replace(start, **given, position=place)


def _in_order(voices: Iterable[str]) -> tuple[str, ...]:
    return tuple(voice.value for voice in Voice if voice.value in voices)


def _fault(wrong: Wrong, word: str) -> str:
    if wrong == Wrong.MANY:
        return _("%(number)s lines: %(most)s at most.") % {"number": word, "most": MOST}
    if wrong == Wrong.LONG:
        return _("“%(words)s…” is too long.") % {"words": word}
    if wrong == Wrong.SIGN:
        told = _(
            "“%(words)s” holds a sign that means nothing here: words, “*” after a beginning, “!” in front."
        )
        return told % {"words": word}
    return _("“%(words)s” holds no word that could be heard.") % {"words": word}


def initial_of(sheet: Sheet | None) -> dict[str, Any]:
    """What the form shows of a sheet."""
    if sheet is None:
        return {}
    shown: dict[str, Any] = {
        name: getattr(sheet, field).get(key, "") for name, (field, key) in _NAMES.items()
    }
    for name, (field, key) in _LINES.items():
        shown[name] = "\n".join(getattr(sheet, field).get(key, ()))
    rest = {"parent": sheet.parent, "position": sheet.position, "voices": list(sheet.voices)}
    return shown | rest | {"seen": sheet.stamp}


def _places(sheets: Sheets, sheet: Sheet | None) -> list[tuple[str, str]]:
    """The first level, and the tops that may hold this theme; a theme that holds others is a top."""
    first = [("", _("First level"))]
    if sheet and under(sheets, sheet.code):
        return first
    language = get_language() or "fr"
    return first + [
        (top.code, top.label(language)) for top in tops(sheets) if not sheet or top.code != sheet.code
    ]


def _last(sheets: Sheets, parent: str) -> int:
    return max((sheet.position for sheet in under(sheets, parent)), default=-1) + 1


def new_code(sheets: Sheets, name: str, parent: str) -> str:
    """A code that no theme ever had, from a name and the theme above."""
    start = f"{parent}.{slugify(name).replace('-', '_')}".strip(".")[:56] or "theme"
    numbered = (f"{start}_{number}" for number in range(2, len(sheets) + 3))
    return start if start not in sheets else next(code for code in numbered if code not in sheets)


class IntoForm(forms.Form):
    """Another theme, to merge into."""

    into = forms.ChoiceField(label=gettext_lazy("Merge into"))

    def __init__(self, *args: Any, sheets: Sheets, but: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].choices = [("", "—"), *by_top(sheets, but)]  # type: ignore[attr-defined]


def by_top(sheets: Sheets, but: str = "") -> list[tuple[str, list[tuple[str, str]]]]:
    """The themes that are heard, each top with those under it, as the choices of a field."""
    language = get_language() or "fr"
    return [
        (
            top.label(language),
            [(one.code, one.label(language)) for one in (top, *under(sheets, top.code)) if one.code != but],
        )
        for top in tops(sheets)
    ]


class TrialForm(forms.Form):
    """A sentence to try."""

    text = forms.CharField(
        label=gettext_lazy("A sentence"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Type it or paste it: nothing of it is kept."),
    )
    voice = forms.ChoiceField(
        label=gettext_lazy("Who would say it"), choices=VOICES, widget=Options, initial=VOICES[0][0]
    )


class PublishForm(SeenForm):
    """Why a version is published."""

    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=300,
        help_text=gettext_lazy("A sentence that somebody will understand in a year."),
    )


class RefuseForm(forms.Form):
    """Why a proposal is refused."""

    reason = forms.CharField(label=gettext_lazy("Why"), max_length=300)


class FileForm(forms.Form):
    """A taxonomy as a file."""

    file = forms.FileField(
        label=gettext_lazy("File, JSON or CSV"), widget=FileDrop(accept=".json,.csv"), max_length=200
    )


class CompareForm(forms.Form):
    """Two versions."""

    de = forms.ChoiceField(label=gettext_lazy("From version"))
    a = forms.ChoiceField(label=gettext_lazy("To version"))

    def __init__(self, *args: Any, versions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("de", "a"):
            self.fields[name].choices = versions  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Two different versions.

        Raises:
            ValidationError: if they are the same.
        """
        told = super().clean() or {}
        if told.get("de") and told.get("de") == told.get("a"):
            raise ValidationError(_("Choose two different versions."))
        return told
