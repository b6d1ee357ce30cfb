"""A new theme prefilled from a proposal: its words, and the texts that show it best."""

from __future__ import annotations

from typing import Any

from visavis.listen.returns.models import Verbatim
from visavis.listen.returns.queries import verbatims
from visavis.people.access.policy import LISTED_VOICES, Right
from visavis.people.access.viewer import Viewer
from visavis.people.units.models import Unit
from visavis.text.personal import mask
from visavis.understand.themes.models import Proposal
from visavis.understand.themes.syntax import LONGEST


def shown_texts(viewer: Viewer, proposal: Proposal) -> list[Verbatim]:
    """The texts that show a proposal best, of those that the viewer may read, in its order."""
    mine = verbatims(viewer).filter(viewer.within(Right.RETURNS), pk__in=proposal.texts)
    held = {text.pk: text for text in mine.select_related("response")}
    return [held[pk] for pk in proposal.texts if pk in held]


def examples_of(viewer: Viewer, proposal: Proposal) -> tuple[str, ...]:
    """Those texts as examples of a theme: on one line, not too long, what is personal masked."""
    roots = Unit.objects.filter(parent__isnull=True).order_by("path").values_list("path", flat=True)
    if not all(viewer.may(Right.RETURNS, path) for path in roots):
        # A theme is read by the whole company: texts of one branch do not travel with it.
        return ()
    return tuple(
        plain
        for text in shown_texts(viewer, proposal)
        if len(plain := mask(" ".join(text.shown.split()))) <= LONGEST["examples"]
    )


def suggested(viewer: Viewer, proposal: Proposal | None) -> dict[str, Any]:
    """What the form of a new theme shows before anything is typed."""
    voices = [voice.value for voice in LISTED_VOICES]
    if proposal is None:
        return {"voices": voices}
    return {
        "voices": voices,
        "keywords_fr": "\n".join(proposal.words),
        "examples_fr": "\n".join(examples_of(viewer, proposal)),
    }
