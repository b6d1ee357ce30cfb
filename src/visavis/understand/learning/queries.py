"""What the texts of a voice are read with today."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from visavis.core.words import Voice
from visavis.text import VERSION, Taxonomy, ThemeModel
from visavis.text.learning import Adaptation
from visavis.understand.learning.models import Fit, Kind, Publication
from visavis.understand.themes.queries import taxonomy_in_force

_LOG = logging.getLogger(__name__)
#: Models kept ready in a process; there are rarely more than two a voice.
_MOST = 8
_READY: dict[tuple[int, str], Adaptation | ThemeModel | None] = {}
_LETTERS = {Kind.TONE: "t", Kind.THEMES: "h"}

Model = TypeVar("Model", Adaptation, ThemeModel)


@dataclass(frozen=True, slots=True)
class Models:
    """All that a text is read with.

    Attributes:
        taxonomy: the themes in force, with what was learnt of them.
        tone: what corrections taught about the tone; none: the shipped engine.
        version: names the engine and what was learnt, for ``Verbatim.read_by``: "1", "1.t4", "1.t4.h2".
    """

    taxonomy: Taxonomy
    tone: Adaptation | None
    version: str


def models_in_force(voice: Voice) -> Models:
    """What the texts of a voice are read with now. No person reads: no viewer.

    A model learnt for another engine, or that cannot be read back, is left aside: the shipped engine reads.
    """
    taxonomy = taxonomy_in_force(voice)
    tone_fit, themes_fit = fit_in_force(Kind.TONE, voice), fit_in_force(Kind.THEMES, voice)
    tone, model = _ready(tone_fit, Adaptation.from_bytes), _ready(themes_fit, ThemeModel.from_bytes)
    names = [VERSION]
    names += [_name(tone_fit)] if tone_fit and tone else []
    if themes_fit and model:
        taxonomy = Taxonomy(taxonomy.themes, model)
        names.append(_name(themes_fit))
    return Models(taxonomy, tone, ".".join(names))


def fit_in_force(kind: Kind, voice: Voice) -> Fit | None:
    """The model published last, without its content; none: as shipped."""
    last = Publication.objects.filter(kind=kind, voice=voice).select_related("fit").defer("fit__content")
    found = last.order_by("-pk").first()
    return found.fit if found and found.fit and found.fit.engine == VERSION else None


def _name(fit: Fit) -> str:
    return f"{_LETTERS[Kind(fit.kind)]}{fit.number}"


def _ready(fit: Fit | None, from_bytes: Callable[[bytes], Model]) -> Model | None:
    """A model made ready once a process."""
    if fit is None:
        return None
    name = (fit.pk, fit.basis)
    if name not in _READY:
        if len(_READY) >= _MOST:
            _READY.clear()
        _READY[name] = _load(fit, from_bytes)
    return _READY[name]  # type: ignore[return-value]  # a fit is of one kind for ever


def _load(fit: Fit, from_bytes: Callable[[bytes], Model]) -> Model | None:
    try:
        return from_bytes(bytes(fit.content))
    except ValueError:
        _LOG.warning("the model %s cannot be read back: the shipped engine reads", fit)
        return None
