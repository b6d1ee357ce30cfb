"""Learning themes from examples and corrections. Needs scikit-learn, imported when it is called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from visavis.text.language import CHOICES, recognise
from visavis.text.meaning import embed
from visavis.text.opinions import hits_of
from visavis.text.polarity import parse
from visavis.text.taxonomy import Taxonomy
from visavis.text.themes.fitting import Lesson, fit_pass, lexicons
from visavis.text.themes.hearing import spoken
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
        The model: the same arguments always give the same. It is of use in ``Taxonomy(themes, model)``.

    Source: logistic regressions on TF-IDF, keywords and sentence vectors; their scores become chances by
    Platt's scaling (1999) on parts of the texts that they were not fitted on, stacked as Wolpert (1992).
    """
    lesson = _lesson(taxonomy, [one for one in labelled if one.text.strip()], meaning=meaning)
    words, letters = lexicons(lesson)
    return ThemeModel(
        slugs=taxonomy.slugs,
        learnt=lesson.learnt,
        words=words,
        letters=letters,
        fast=fit_pass(lesson, words, letters, deep=False),
        deep=fit_pass(lesson, words, letters, deep=True) if meaning else None,
    )


def examples_of(taxonomy: Taxonomy) -> list[Labelled]:
    """The examples of the themes, as labelled texts."""
    return [
        Labelled(text, frozenset({theme.slug}))
        for theme in taxonomy.themes
        for _, texts in sorted(theme.examples.items())
        for text in texts
    ]


def _lesson(taxonomy: Taxonomy, labelled: Sequence[Labelled], *, meaning: bool) -> Lesson:
    """What is learnt from, as numbers."""
    examples = examples_of(taxonomy)
    known = [*examples, *labelled]
    texts = [one.text for one in known]
    parsed = parse(texts)
    languages = [CHOICES[one] for one in recognise(parsed)]
    hits = hits_of(parsed, taxonomy, languages)
    return Lesson.of(
        texts,
        [[slug in one.present for slug in taxonomy.slugs] for one in known],
        [[slug in one.absent for slug in taxonomy.slugs] for one in known],
        spoken(hits, taxonomy.slugs, taxonomy.slugs),
        embed(texts) if meaning else None,
        len(examples),
    )
