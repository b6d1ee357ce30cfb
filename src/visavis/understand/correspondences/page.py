"""The page put together: what the address asks, what was released, what it allows to say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from visavis.core.words import Voice
from visavis.draw.paper import Picture
from visavis.measure.sentences import Verdict, word
from visavis.people.access.viewer import Viewer
from visavis.understand.correspondences import pictures, queries
from visavis.understand.correspondences.gaps import Gap, gaps
from visavis.understand.correspondences.models import Correspondence
from visavis.understand.correspondences.proposing import THEME, Proposal, State, proposals, spoken_by
from visavis.understand.correspondences.queries import Both
from visavis.understand.correspondences.wording import proofs, said_first, states
from visavis.understand.themes.models import Theme
from visavis.web.filters import Choices, FilterBar, read_filters

#: What stands when the address names no period: a baseline of 13 weeks needs months before what it tells.
PERIOD = "tout"
#: Pairs drawn over time.
_DRAWN = 2
#: Two spaces that a list of choices keeps, for each step down the tree.
_STEP = "\u00a0\u00a0"


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters, the themes, and both voices of the branch asked."""

    bar: FilterBar
    themes: list[Theme]
    both: Both | None
    released: bool

    @property
    def labels(self) -> dict[str, str]:
        """Names of the themes."""
        return {theme.code: theme.label for theme in self.themes}

    @property
    def shared(self) -> list[str]:
        """Codes of the themes that both voices may speak of."""
        theirs = {theme.code for theme in spoken_by(self.themes, Voice.CUSTOMER)}
        return [theme.code for theme in spoken_by(self.themes, Voice.EMPLOYEE) if theme.code in theirs]


def asked(viewer: Viewer, query: QueryDict, today: dt.date) -> Asked:
    """Read the address against what was released to this viewer.

    Args:
        viewer: who reads; sees both voices.
        query: the query string.
        today: the company's day.
    """
    shown = queries.months(viewer, read_filters(query, Choices(period=PERIOD), today).period)
    themes = queries.themes_heard(viewer)
    ours = [theme.code for theme in spoken_by(themes, Voice.EMPLOYEE)]
    found = queries.places(viewer, shown, ours)
    top = min((place.members[0].count("/") for place in found), default=0)
    scopes = [(place.code, _STEP * (place.members[0].count("/") - top) + place.label) for place in found]
    choices = Choices(scopes=scopes, period=PERIOD)
    filters = read_filters(query, choices, today)
    focus = next((place for place in found if place.code == filters.scope), found[0] if found else None)
    codes = {theme.pk: theme.code for theme in themes}
    both = queries.both(viewer, shown, found, focus, codes) if focus else None
    return Asked(FilterBar(filters, choices, today), themes, both, bool(shown))


@dataclass(frozen=True, slots=True)
class Row:
    """One link as the page tells it."""

    proposal: Proposal
    state: str
    proofs: list[str]
    decide: str
    question: str
    watch: str

    @property
    def aside(self) -> bool:
        """Whether a person set it aside."""
        held = self.proposal.decided
        return held is not None and held.status == Correspondence.Status.REFUSED

    @property
    def reason(self) -> str:
        """What that person said."""
        return self.proposal.decided.reason if self.proposal.decided else ""


@dataclass(frozen=True, slots=True)
class Risen:
    """One pair of which a voice rose: in words, and drawn for the first ones."""

    title: str
    said: str
    verdict: str
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class Findings:
    """What the page says."""

    reading: str
    gaps: list[Gap]
    faces: Picture | None
    risen: list[Risen]
    rows: list[Row]
    waiting: list[Row]
    moments: list[Row]


def findings(viewer: Viewer, wanted: Asked, language: str) -> Findings:
    """Work out the page.

    Args:
        viewer: who reads.
        wanted: from ``asked``.
        language: ``fr`` or ``en``.
    """
    made = proposals(viewer, wanted.themes, wanted.both, language)
    held = gaps(wanted.both, wanted.shared) if wanted.both else []
    firsts = _ordered([one for one in made if one.first])
    rows = [row_in_words(one, language) for one in made]
    return Findings(
        reading=_reading(firsts, language),
        gaps=held,
        faces=pictures.faces(held, wanted.labels, language),
        risen=[_risen(wanted, one, place < _DRAWN, language) for place, one in enumerate(firsts)],
        rows=[row for row in rows if row.proposal.left.kind == THEME and _told(row.proposal)],
        waiting=[row for row in rows if row.proposal.left.kind == THEME and not _told(row.proposal)],
        moments=[row for row in rows if row.proposal.left.kind != THEME],
    )


def _told(one: Proposal) -> bool:
    """Whether data or a person have spoken about a link."""
    return one.decided is not None or one.state is not State.OPEN


def _ordered(made: Sequence[Proposal]) -> list[Proposal]:
    """Clear ones first, then those of which both voices rose; one theme in both voices before two."""

    def rank(one: Proposal) -> tuple[bool, bool, bool]:
        first = one.first
        return first is None or not first.clear, first is None or first.order.lead is None, not one.same

    return sorted(made, key=rank)


def _reading(made: Sequence[Proposal], language: str) -> str:
    clear = [one for one in made if one.first and one.first.clear]
    if clear and clear[0].first:
        said = said_first(clear[0].first, language)
        return _("%(theme)s: %(said)s") % {"theme": clear[0].pair, "said": said[:1].lower() + said[1:]}
    return _(
        "Who speaks of a theme first is not conclusive yet: none rose clearly in one voice before the other."
    )


def _risen(wanted: Asked, one: Proposal, drawn: bool, language: str) -> Risen:
    first, both = one.first, wanted.both
    if first is None or both is None:
        raise ValueError("a pair of which a voice rose")
    certain = word(Verdict.CLEAR if first.clear else Verdict.OPEN, language)
    picture = pictures.over_time(both, first, wanted.labels, language) if drawn else None
    return Risen(
        one.pair, said_first(first, language), certain if first.order.lead is not None else "", picture
    )


def row_in_words(one: Proposal, language: str) -> Row:
    """One link as the page tells it."""
    theme = one.right.kind == THEME
    return Row(
        one,
        states()[one.state] if theme else "",
        proofs(one, language),
        reverse("correspondences:decide", args=[one.left.token, one.right.token]),
        reverse("correspondences:question", args=[one.right.code]) if theme else "",
        watch_url(one.left.code) if theme else "",
    )


def row_of(viewer: Viewer, wanted: Asked, left: str, right: str, language: str) -> Row | None:
    """The link that an address names, if there is one."""
    made = proposals(viewer, wanted.themes, wanted.both, language)
    found = next((one for one in made if (one.left.token, one.right.token) == (left, right)), None)
    return row_in_words(found, language) if found else None


def watch_url(code: str) -> str:
    """Where customers' share of a theme is watched."""
    return f"{reverse('alerts:watch')}?{urlencode({'theme': code})}"


def _facing(theme: Theme, themes: Mapping[str, Theme]) -> list[Theme]:
    """What customers may say of it: the theme itself, or those it faces."""
    named = [code for code in theme.facing if code in themes]
    named += [code for code, other in themes.items() if theme.code in other.facing]
    held = [theme, *(themes[code] for code in dict.fromkeys(named))]
    return spoken_by(held, Voice.CUSTOMER)


def draft(theme: Theme, themes: Mapping[str, Theme]) -> str:
    """A first wording of the question, in the words of customers where the theme has any."""
    about = next(iter(_facing(theme, themes)), theme)
    wording = _(
        "About your latest exchange with us, how satisfied are you with this point: %(theme)s? "
        "From 1, not at all, to 5, fully."
    )
    return wording % {"theme": about.label}


def watches(theme: Theme, themes: Mapping[str, Theme]) -> list[tuple[str, str]]:
    """Where to watch what customers say of it: addresses and names."""
    return [(watch_url(one.code), one.label) for one in _facing(theme, themes)]
