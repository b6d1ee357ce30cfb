"""The visit of Vaubrune in five minutes: whom to become, which page to open, what to look at there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from visavis.demo.cast import BY_KEY, Member
from visavis.listen.campaigns.models import Campaign
from visavis.share.alerts.models import Alert

_STUDY = "etude-miroir-de-printemps"


def _always() -> bool:
    return True


def _voice_server() -> str:
    """The alert on the voice server, the first there was; empty while there is none."""
    theirs = Alert.objects.filter(watch__theme__code="reach.voice_server").order_by("week", "pk")
    found = theirs.values_list("pk", flat=True).first()
    return reverse("alerts:one", args=[found]) if found else ""


def _mirrored() -> bool:
    return Campaign.objects.filter(code=_STUDY).exists()


@dataclass(frozen=True, slots=True)
class Step:
    """One stop of the visit.

    Attributes:
        code: how forms and the session name it.
        who: key of the member of the cast to become.
        title: what one comes to see.
        look: two sentences on what to look at.
        route: the name of the page's address; a page that is not built yet is passed over.
        words: the words of the address.
        query: the filters of the page.
        stands: whether the page has something to show; if not, it is passed over.
        nearer: a page nearer to what is told, empty if there is none; the page of the route is shown then.
    """

    code: str
    who: str
    title: str | Promise
    look: str | Promise
    route: str
    words: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    stands: Callable[[], bool] = _always
    nearer: Callable[[], str] = str

    @property
    def member(self) -> Member:
        """Whom to become."""
        return BY_KEY[self.who]

    @property
    def path(self) -> str:
        """The page without its filters; empty where it is not built."""
        return self.nearer() or self.built

    @property
    def built(self) -> str:
        """The page of the route; empty where it is not built."""
        try:
            return reverse(self.route, kwargs=dict(self.words))
        except NoReverseMatch:
            return ""

    @property
    def url(self) -> str:
        """The page as the step shows it."""
        return f"{self.path}?{urlencode(self.query)}" if self.query else self.path


_ALL = {"periode": "tout"}
VISIT: tuple[Step, ...] = (
    Step(
        "report",
        "claire",
        _("What a lower month is made of"),
        _(
            "The share of satisfied customers is lower in November than in October. Is it the season of "
            "renewal notices? “Where the change comes from” sets apart what the requests explain and what "
            "is left at equal requests, and says what is not conclusive yet."
        ),
        "restitution:month",
        {"month": "2025-11"},
    ),
    Step(
        "symmetry",
        "claire",
        _("Both voices, team by team"),
        _(
            "Each team has its customers on the left and its climate on the right, with intervals; the "
            "sentence on top says how far they go together, and never which one leads to the other. "
            "Below, at Roubaix, the climate falls with the new schedules of May; see whether the customers "
            "follow, and what can be said of it."
        ),
        "symmetry:symmetry",
        query=_ALL,
    ),
    Step(
        "correspondences",
        "claire",
        _("Who said it first"),
        _(
            "One list of themes, two voices: what customers and employees speak of, side by side. "
            "Look for the voice server of January: the advisers spoke of it before the customers did."
        ),
        "correspondences:list",
        query=_ALL,
    ),
    Step(
        "alerts",
        "claire",
        _("When it was heard"),
        _(
            "The new voice server was switched on in January: the alert gives the week in which customers "
            "began to speak of it, and how sure that week is. "
            "It closed by itself once the menu had three choices again."
        ),
        "alerts:list",
        nearer=_voice_server,
    ),
    Step(
        "pairs",
        "claire",
        _("One exchange, two views"),
        _(
            "Only exchanges on which the customer and the adviser both gave their view are counted. "
            "A blind spot is an exchange that the adviser thinks went well and the customer does not: "
            "the changes of premium come first."
        ),
        "pairs:double",
        query=_ALL,
    ),
    Step(
        "mirror",
        "claire",
        _("The same questions to both sides"),
        _(
            "Advisers answered as they believe that customers would; the gap between both stands on each "
            "line, with its interval. They overestimate how clear explanations are, and how easily they are "
            "reached."
        ),
        "mirror:study",
        {"code": _STUDY},
        stands=_mirrored,
    ),
    Step(
        "ines",
        "ines",
        _("The day of an adviser"),
        _(
            "Returns wait for Inès, in an order that each line explains; one of them is a thank you. "
            "Further down she says in one tap how she lived an exchange, and beside it reads what was "
            "decided after what was said."
        ),
        "boards:home",
    ),
    Step(
        "barometer",
        "nadia",
        _("What employees said, once it is closed"),
        _(
            "Human resources read what everybody in the company reads: the wave is closed, published by "
            "groups of at least five people, and not changed any more. "
            "Look for Saint-Malo: it has no line of its own."
        ),
        "barometer:wave",
        {"code": "barometer-2025-11"},
    ),
    Step(
        "groups",
        "nadia",
        _("Why Saint-Malo stands with Caen"),
        _(
            "Four people work at Saint-Malo: alone, any of them could be recognised. "
            "The agency stands with Caen in every wave, even when all of them answer, so that no "
            "subtraction of two pages gives them back."
        ),
        "barometer:groups",
    ),
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a visitor stands.

    Attributes:
        step: the stop.
        number: its number, from 1.
        count: how many stops there are.
        before: the stop before; None at the first.
        after: the stop after; None at the last.
    """

    step: Step
    number: int
    count: int
    before: Step | None
    after: Step | None


def steps() -> list[Step]:
    """The stops whose page is built and has something to show, in their order."""
    return [step for step in VISIT if step.built and step.stands()]


def place(code: str) -> Place:
    """The stop named ``code``; the first one if there is none of that name (any more)."""
    all_steps = steps()
    number = next((n for n, step in enumerate(all_steps) if step.code == code), 0)
    return Place(
        all_steps[number],
        number + 1,
        len(all_steps),
        all_steps[number - 1] if number else None,
        all_steps[number + 1] if number + 1 < len(all_steps) else None,
    )
