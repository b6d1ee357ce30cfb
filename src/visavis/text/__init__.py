"""Reading French and English verbatims, offline: ``read(texts, voice=...)``.

Importing this is cheap; the weights are read on the first call.
"""

from __future__ import annotations

from visavis.core.words import EmployeeTextError
from visavis.text.folding import fold, fold_with_offsets
from visavis.text.opinions import Span, ThemeOpinion
from visavis.text.reading import VERSION, Reading, read
from visavis.text.taxonomy import Taxonomy, ThemeSpec

__all__ = [
    "VERSION",
    "EmployeeTextError",
    "Reading",
    "Span",
    "Taxonomy",
    "ThemeOpinion",
    "ThemeSpec",
    "fold",
    "fold_with_offsets",
    "read",
]
