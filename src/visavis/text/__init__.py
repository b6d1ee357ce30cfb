"""Reading French and English verbatims, offline: ``read(texts, voice=...)``.

Importing this is cheap; the weights are read on the first call.
"""

from __future__ import annotations

from visavis.core.words import EmployeeTextError
from visavis.text.folding import fold, fold_with_offsets
from visavis.text.moments import Moments, MomentSpec
from visavis.text.opinions import Span, ThemeOpinion
from visavis.text.reading import VERSION, Reading, read
from visavis.text.taxonomy import Taxonomy, ThemeSpec
from visavis.text.themes.discovery import Cluster, discover
from visavis.text.themes.learning import Labelled, fit_themes
from visavis.text.themes.meaning import reconsider_themes, theme_vectors
from visavis.text.themes.model import ThemeModel

__all__ = [
    "VERSION",
    "Cluster",
    "EmployeeTextError",
    "Labelled",
    "MomentSpec",
    "Moments",
    "Reading",
    "Span",
    "Taxonomy",
    "ThemeModel",
    "ThemeOpinion",
    "ThemeSpec",
    "discover",
    "fit_themes",
    "fold",
    "fold_with_offsets",
    "read",
    "reconsider_themes",
    "theme_vectors",
]
