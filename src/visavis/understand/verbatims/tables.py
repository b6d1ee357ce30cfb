"""The explorer as a table: the same rows in the same order, every column that the screen can show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from visavis.listen.returns.models import Response, Verbatim
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.understand.verbatims import explorer
from visavis.understand.verbatims.explorer import Ask, Taxonomy, readings
from visavis.understand.verbatims.models import Annotation
from visavis.understand.verbatims.rows import tones
from visavis.web.downloads import Cell

_RETURN = [
    _("Day"), _("Time"), _("Unit code"), _("Unit"), _("Source"), _("Channel"), _("Reason"), _("Level"),
    _("Moment"), _("Product"), _("Satisfaction (1 to 5)"), _("Recommendation (0 to 10)"),
    _("Asks to be called back"), _("Adviser"), _("Return"),
]  # fmt: skip
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


def _yes(fact: bool) -> str:
    return gettext("yes") if fact else gettext("no")


def _return(viewer: Viewer, said: Response) -> list[Cell]:
    named = (said.channel, said.reason, said.level, said.moment)
    adviser = said.person.name if said.person and viewer.may(Right.ADVISERS, said.unit_path) else ""
    return [
        said.heard_on,
        f"{timezone.localtime(said.heard_at):%H:%M}" if said.heard_at else "",
        said.unit.code,
        said.unit.name,
        said.get_source_display(),
        *(one.label if one else "" for one in named),
        said.product,
        said.satisfaction,
        said.recommendation,
        _yes(said.callback),
        adviser,
        str(said.pk),
    ]


def _text(text: Verbatim, told: Sequence[Annotation]) -> list[Cell]:
    words = dict(tones())
    return [
        text.shown,
        text.language,
        words.get(text.polarity, ""),
        text.certainty,
        text.intensity,
        "\n".join(_theme(each, words.get(each.polarity, "")) for each in told if each.theme),
        _yes(text.churn),
        _yes(text.callback),
        _yes(text.repeat),
        _yes(text.corrected),
        text.read_by,
    ]


def _theme(told: Annotation, tone: str) -> str:
    label = told.theme.label if told.theme else ""
    return gettext("%(theme)s (%(tone)s)") % {"theme": label, "tone": tone} if tone else label
