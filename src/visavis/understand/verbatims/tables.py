"""The explorer as a table: the same rows in the same order, every column that the screen can show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from visavis.listen.returns.cells import FACTS, facts, yes
from visavis.listen.returns.models import Response, Verbatim
from visavis.listen.returns.queries import adviser_of
from visavis.people.access.viewer import Viewer
from visavis.understand.verbatims import explorer
from visavis.understand.verbatims.explorer import Ask, Taxonomy, readings
from visavis.understand.verbatims.models import Annotation
from visavis.understand.verbatims.rows import tones
from visavis.web.downloads import Cell

_RETURN = [*FACTS, _("Adviser"), _("Return")]
_TEXT = [
    _("Text"), _("Language"), _("Tone"), _("Certainty"), _("Intensity (0 to 4)"), _("Themes"),
    _("Speaks of leaving"), _("Asks for a call in the text"), _("Speaks of a repeated contact"),
    _("Corrected by a person"), _("Version of the engine"),
]  # fmt: skip
#: Rows fetched at a time.
_AT_ONCE = 1000


def table(viewer: Viewer, ask: Ask, taxonomy: Taxonomy) -> tuple[list[str], Iterator[list[Cell]], int]:
    """A view as a table.

    Args:
        viewer: who exports; no adviser is named without the right on the branch.
        ask: what the address asks.
        taxonomy: the themes in force.

    Returns:
        The header, the rows, fetched as they are sent, and how many there are.
    """
    head = [str(name) for name in _RETURN]
    if ask.chosen.without:
        bare = explorer.bare_returns(viewer, ask)
        return head, (_return(viewer, row) for row in bare.iterator(_AT_ONCE)), bare.count()
    rows = explorer.texts(viewer, ask, taxonomy)
    return [*head, *(str(name) for name in _TEXT)], _texts(viewer, rows), rows.count()


def _texts(viewer: Viewer, rows: QuerySet[Verbatim]) -> Iterator[list[Cell]]:
    """Each lot begins after the last row of the one before: a long download locks and misses nothing."""
    lot = list(rows[:_AT_ONCE])
    while lot:
        told = readings(lot)
        for text in lot:
            yield [*_return(viewer, text.response), *_text(text, told[text.pk])]
        last = lot[-1]
        after = Q(heard_on__lt=last.heard_on) | Q(heard_on=last.heard_on, pk__gt=last.pk)
        lot = list(rows.filter(after)[:_AT_ONCE]) if len(lot) == _AT_ONCE else []


def _return(viewer: Viewer, said: Response) -> list[Cell]:
    return [*facts(said), adviser_of(viewer, said), str(said.pk)]


def _text(text: Verbatim, told: Sequence[Annotation]) -> list[Cell]:
    words = dict(tones())
    return [
        text.shown,
        text.language,
        words.get(text.polarity, ""),
        text.certainty,
        text.intensity,
        "\n".join(_theme(each, words.get(each.polarity, "")) for each in told if each.theme),
        yes(text.churn),
        yes(text.callback),
        yes(text.repeat),
        yes(text.corrected),
        text.read_by,
    ]


def _theme(told: Annotation, tone: str) -> str:
    label = told.theme.label if told.theme else ""
    return gettext("%(theme)s (%(tone)s)") % {"theme": label, "tone": tone} if tone else label
