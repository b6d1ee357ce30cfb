"""Learning themes from examples and corrections. Needs scikit-learn, imported when it is called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from visavis.text.taxonomy import Taxonomy
from visavis.text.themes.model import ThemeModel


@dataclass(frozen=True, slots=True)
class Labelled:
    """What somebody says of one text: themes that are there, themes that are not; of others, nothing."""

    text: str
    present: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()


def fit_themes(taxonomy: Taxonomy, labelled: Sequence[Labelled], *, meaning: bool = True) -> ThemeModel:
    """Learn what the themes of ``taxonomy`` sound like.

    Args:
        taxonomy: the themes, with their keywords and examples; the examples are learnt from as well.
        labelled: texts and what is known of them; themes outside the taxonomy are ignored.
        meaning: learn from the meaning of the texts too (some 200 texts a second); without it, words alone.

    Returns:
        The model: the same arguments always give the same.
    """
    raise NotImplementedError
