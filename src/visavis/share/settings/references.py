"""The references as pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from visavis.core.languages import say
from visavis.moments.references.models import Edition, Moment
from visavis.moments.references.wording import spoken_reason
from visavis.people.access.viewer import Viewer
from visavis.share.settings.queries import may_read_references
from visavis.understand.themes.models import Theme
from visavis.web.navigation import Link


def links(path: str) -> list[Link]:
    """The pages of the references, the one at ``path`` marked."""
    pages = [
        (_("Moments"), "references:moments"),
        (_("Themes"), "references:themes"),
        (_("Reasons, channels, levels"), "references:lists"),
        (_("Editions"), "references:editions"),
    ]
    return [Link(label, reverse(name), reverse(name) == path) for label, name in pages]


@dataclass(frozen=True, slots=True)
class Face:
    """Moments that face each other: customers' on one side, employees' on the other. A side may be empty."""

    truths: tuple[Moment, ...]
    lives: tuple[Moment, ...]


def faces(moments: Sequence[Moment]) -> list[Face]:
    """Each moment of truth with the moments of life that it faces, then those that face none.

    Args:
        moments: of both kinds, in the company's order.
    """
    truths = [moment for moment in moments if moment.kind == Moment.Kind.TRUTH]
    lives = [moment for moment in moments if moment.kind == Moment.Kind.LIFE]
    rows = [Face((truth,), tuple(life for life in lives if _face(truth, life))) for truth in truths]
    met = {life.pk for row in rows for life in row.lives}
    return rows + [Face((), (life,)) for life in lives if life.pk not in met]


def _face(one: Moment, other: Moment) -> bool:
    return other.code in one.facing or one.code in other.facing


@dataclass(frozen=True, slots=True)
class Leaf:
    """One theme: what it is, and the words by which it is heard."""

    theme: Theme
    definition: str
    keywords: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """One theme of the first level with those under it."""

    top: Theme
    leaves: tuple[Leaf, ...]


def branches(themes: Sequence[Theme], language: str) -> list[Branch]:
    """The taxonomy, top by top, in the company's order and in ``language``."""
    tops = sorted(
        (theme for theme in themes if theme.parent_id is None), key=lambda top: (top.position, top.pk)
    )
    return [
        Branch(top, tuple(_leaf(each, language) for each in themes if each.parent_id == top.pk))
        for top in tops
    ]


def _leaf(theme: Theme, language: str) -> Leaf:
    words = theme.keywords.get(language) or ()
    return Leaf(theme, say(theme.definition, language), tuple(map(str, words)))


@dataclass(frozen=True, slots=True)
class Published:
    """One published state, with the reason in words."""

    edition: Edition
    why: str


def editions(viewer: Viewer, language: str) -> list[Published]:
    """What was published, the latest first, without the contents."""
    if not may_read_references(viewer):
        return []
    rows = Edition.objects.defer("content").select_related("author__person").order_by("-published_at", "-pk")
    return [Published(row, spoken_reason(row.reason, language)) for row in rows]
