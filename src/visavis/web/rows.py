"""What the pieces of long lists are given: plain frozen rows, made by the rooms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext

from visavis.core.words import Polarity, Voice
from visavis.web.wording import NBSP


@dataclass(frozen=True, slots=True)
class Token:
    """A theme with its tone, a mark, a voice: one word of a reading.

    Attributes:
        label: its words.
        tone: a ``Polarity`` value, or empty. The sign is written by the piece.
        voice: a ``Voice`` value, or empty.
        url: where it leads, if anywhere.
        unsure: whether the reading is uncertain, drawn with a dashed edge.
        plain: whether its sign is left out: a mark says its tone by itself.
    """

    label: str
    tone: str = ""
    voice: str = ""
    url: str = ""
    unsure: bool = False
    plain: bool = False


def mark_token(mark: int | None, top: int = 5) -> Token | None:
    """A mark from 1 to ``top``, tinted by its place on the scale; None if none was given."""
    if mark is None:
        return None
    place = (mark - 1) / (top - 1)
    tone = Polarity.NEGATIVE.value if place <= 0.3 else Polarity.POSITIVE.value if place >= 0.75 else ""
    words = gettext("%(mark)s out of %(top)s") % {"mark": mark, "top": top}
    return Token(words.replace(" ", NBSP), tone, plain=True)


@dataclass(frozen=True, slots=True)
class Gesture:
    """Something to do: a link, or a POST when it changes anything.

    Attributes:
        label: a verb.
        url: where it goes.
        post: whether it changes something.
        primary: the one that is expected; at most one a row.
        fields: hidden fields of the POST.
    """

    label: str
    url: str
    post: bool = False
    primary: bool = False
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """One return of a list: why it is there, what was said, how it was read, what can be done.

    Attributes:
        key: identity of the row, for anchors and htmx targets: ``return-<key>``.
        text: what was said, as it was written; empty when only marks were given.
        reason: why it stands at this rank, a sentence.
        rank: its rank, 0 for none.
        url: its page.
        tokens: its reading, mark first.
        meta: who, channel, reason, when: already spoken, in this order.
        voice: whose words these are.
        feeling: what the other side felt, a spoken phrase, if this viewer may know it.
        gestures: what can be done; beyond three they fold into a menu.
    """

    key: str
    text: str
    reason: str = ""
    rank: int = 0
    url: str = ""
    tokens: tuple[Token, ...] = ()
    meta: tuple[str, ...] = ()
    voice: Voice = Voice.CUSTOMER
    feeling: str = ""
    gestures: tuple[Gesture, ...] = ()

    @property
    def other_voice(self) -> Voice:
        """The voice of ``feeling``."""
        return self.voice.other

    @property
    def buttons(self) -> tuple[Gesture, ...]:
        """The gestures in sight."""
        return self.gestures[:2]

    @property
    def folded(self) -> tuple[Gesture, ...]:
        """The gestures in the menu."""
        return self.gestures[2:]


@dataclass(frozen=True, slots=True)
class FaceRow:
    """One row of a face to face: the same thing seen from both sides.

    Attributes:
        customers: what customers call it.
        customers_figure: its figure with its unit, or why there is none.
        between: what the pair means, a short sentence.
        employees: what employees call it.
        employees_figure: its figure with its unit, or why there is none.
        customers_basis: the interval and the answers of their figure; empty where there is none.
        employees_basis: the interval and the answers of theirs.
    """

    customers: str
    customers_figure: str
    between: str
    employees: str
    employees_figure: str
    customers_basis: str = ""
    employees_basis: str = ""


@dataclass(frozen=True, slots=True)
class TaskState:
    """Long work as its reader needs it.

    Attributes:
        done: what is done, in ``unit``.
        total: what there is to do; 0 when not known yet.
        unit: the word for what is counted, plural.
        state: ``waiting``, ``running``, ``done``, ``failed`` or ``cancelled``.
        minutes_left: an estimate, 0 when unknown.
        cancel_url: stops it (POST), if it can be stopped.
        result_url: what came of it, when done.
        problem: why it failed, a sentence.
    """

    done: int
    total: int
    unit: str
    state: str = "running"
    minutes_left: int = 0
    cancel_url: str = ""
    result_url: str = ""
    problem: str = ""

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in {"done", "failed", "cancelled"}
