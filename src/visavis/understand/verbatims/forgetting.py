"""What is kept of a text elsewhere than in it, taken away: called by erasure, before the text itself goes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from visavis.listen.returns.models import Verbatim
from visavis.moments.references.models import Edition
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.text.folding import fold
from visavis.understand.learning.models import Draw, Opinion
from visavis.understand.search.models import Vector
from visavis.understand.themes.models import Proposal, RereadTheme, Theme, ThemeDraft
from visavis.understand.verbatims.heard import note_heard
from visavis.understand.verbatims.models import Annotation, Placement

#: A sentence of fewer words is said by many: it is nobody's.
FEWEST_WORDS = 6
_GIVEN = frozenset({"examples", "tests"})
_BARE = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was taken away: rows that follow texts, and sentences copied from them."""

    rows: int
    sentences: int


@transaction.atomic
def forget(verbatims: Collection[int], *, by: Viewer, readings: bool = True) -> Forgotten:
    """Take away what was drawn or copied from some texts; the caller then deletes the texts themselves.

    Reached: readings and where they stand in the words, moments said, the queue of learning, second opinions,
    readings under another version, vectors, and sentences given as examples or
    tests to themes, to their drafts and to their editions. The index of words follows the rows by itself.

    Args:
        verbatims: keys of texts, while they exist: what was copied from them is found by their words.
        by: who erases; needs the right to answer the requests of people about their own data.
        readings: whether how they were read goes too; else themes and tones stay, without places in the
            words, for figures that outlive a text.

    Returns:
        How much was taken away.

    Raises:
        PermissionDenied: if ``by`` may not erase.
    """
    by.must(Right.PRIVACY)
    keys = list(verbatims)
    said = Verbatim.objects.filter(pk__in=keys).order_by("pk").values_list("text", "masked_text")
    sentences = _without_copies({bare for pair in said for text in pair if (bare := _bare(text))})
    followers: list[type[models.Model]] = [Draw, Opinion, RereadTheme, Vector]
    followers += [Annotation, Placement] if readings else []
    rows = sum(models.QuerySet(each).filter(verbatim__in=keys).delete()[0] for each in followers)
    if readings:
        note_heard(keys)
    else:
        Annotation.objects.filter(verbatim__in=keys).update(evidence=[])
    Verbatim.objects.filter(pk__in=keys).update(vectored=False)
    return Forgotten(rows + _without_places(set(keys)), sentences)


def _bare(text: str) -> str:
    """The words of a text alone, between spaces; nothing for a text too short to be somebody's."""
    bare = _BARE.sub(" ", fold(text)).strip()
    return f" {bare} " if bare.count(" ") + 1 >= FEWEST_WORDS else ""


def _without_places(keys: set[int]) -> int:
    """Take texts out of the proposals of themes that they show."""
    shown = [each for each in Proposal.objects.order_by("pk").only("texts") if keys & set(each.texts)]
    for each in shown:
        each.texts = [key for key in each.texts if key not in keys]
        each.save(update_fields=["texts"])
    return len(shown)


def _without_copies(texts: set[str]) -> int:
    """Take out of themes, drafts and editions the sentences that stand in some texts, or hold them."""
    if not texts:
        return 0
    kept: tuple[tuple[type[models.Model], tuple[str, ...]], ...] = (
        (Theme, ("examples", "tests")),
        (ThemeDraft, ("sheet",)),
        (Edition, ("content",)),
    )
    number = 0
    for model, names in kept:
        rows: models.QuerySet[models.Model] = models.QuerySet(model)
        number += sum(_clean(row, names, texts) for row in rows.order_by("pk"))
    return number


def _clean(row: models.Model, names: tuple[str, ...], texts: set[str]) -> int:
    before = {name: getattr(row, name) for name in names}
    gone = [one for one in _sentences(before) if _copied(one, texts)]
    if gone:
        for name, value in _kept(before, set(gone)).items():
            setattr(row, name, value)
        row.save(update_fields=list(names))
    return len(gone)


def _copied(sentence: str, texts: set[str]) -> bool:
    bare = _bare(sentence)
    return bool(bare) and any(bare in text or text in bare for text in texts)


def _sentences(content: Any, *, given: bool = False) -> Iterator[str]:
    """The sentences given as examples or tests, wherever they stand in what is kept of themes."""
    if isinstance(content, dict):
        for name, each in content.items():
            yield from _sentences(each, given=given or name in _GIVEN)
    elif isinstance(content, list):
        for each in content:
            yield from _sentences(each, given=given)
    elif given and isinstance(content, str):
        yield content


def _kept(content: Any, gone: set[str], *, given: bool = False) -> Any:
    if isinstance(content, dict):
        return {name: _kept(each, gone, given=given or name in _GIVEN) for name, each in content.items()}
    if isinstance(content, list):
        return [
            _kept(each, gone, given=given)
            for each in content
            if not (given and isinstance(each, str) and each in gone)
        ]
    return content
