"""What the page says first, and the method, in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visavis.core.periods import spoken_day
from visavis.core.words import Voice
from visavis.listen.releases.naming import joined
from visavis.measure.equivalence import Likeness
from visavis.measure.figures import gap, number
from visavis.measure.sentences_of_links import likeness_word
from visavis.understand.mirror.findings import FEWEST_OF_TEAM, FEWEST_QUESTIONS, Guess, Insight, Line
from visavis.understand.mirror.models import Study
from visavis.understand.mirror.queries import FEWEST, Held, State

#: Gaps that the first sentence names on each side.
_NAMED = 3


def reading(found: Sequence[Line], design: str, language: str) -> str:
    """The sentence that comes first: the gaps demonstrated, then how many questions are alike or open."""
    apart = [line for line in found if line.found.verdict is Likeness.APART]
    above = [line for line in apart if line.gap.observed > 0]
    below = [line for line in apart if line.gap.observed < 0]
    told = []
    if above:
        words = {"questions": _named(above, language)}
        told.append(
            _("Employees overestimate %(questions)s.") % words
            if design == Study.Design.PREDICTS
            else _("Employees judge higher than customers: %(questions)s.") % words
        )
    if below:
        words = {"questions": _named(below, language)}
        told.append(
            _("Employees underestimate %(questions)s.") % words
            if design == Study.Design.PREDICTS
            else _("Employees judge lower than customers: %(questions)s.") % words
        )
    if not apart:
        told.append(_("No gap between the two sides is demonstrated."))
    return " ".join([*told, *_others(found)])


def _named(found: Sequence[Line], language: str) -> str:
    named = [
        _("“%(question)s” (%(gap)s)") % {"question": line.asked.label, "gap": gap(line.gap, language).value}
        for line in found[:_NAMED]
    ]
    left = len(found) - len(named)
    if left:
        named.append(ngettext("%(number)s other", "%(number)s others", left) % {"number": left})
    return joined(named)


def _others(found: Sequence[Line]) -> list[str]:
    told = []
    alike = sum(line.found.verdict is Likeness.ALIKE for line in found)
    open_ = sum(line.found.verdict is Likeness.UNDECIDED for line in found)
    few = sum(line.found.verdict is None for line in found)
    if alike:
        told.append(
            ngettext(
                "Symmetry is demonstrated on %(number)s question.",
                "Symmetry is demonstrated on %(number)s questions.",
                alike,
            )
            % {"number": alike}
        )
    if open_:
        told.append(
            ngettext("%(number)s question is undetermined.", "%(number)s questions are undetermined.", open_)
            % {"number": open_}
        )
    if few:
        told.append(_("Under 30 answers on a side, figures are indicative and nothing is concluded."))
    return told


def verdict(line: Line, language: str) -> str:
    """The word on one gap, its size, the interval it rests on: « écart démontré : +1,2 (de +0,9 à +1,5) »."""
    pieces = gap(line.found.deciding, language)
    sized = _("%(gap)s (%(span)s)") % {"gap": pieces.value, "span": pieces.span} if pieces.value else ""
    if line.found.verdict is None:
        return _("indicative: %(gap)s") % {"gap": sized} if sized else _("too few answers")
    word = likeness_word(line.found.verdict, language)
    return _("%(verdict)s: %(gap)s") % {"verdict": word, "gap": sized}


def likeness(line: Line, language: str) -> str:
    """The verdict alone, for a table; empty where there is none."""
    return likeness_word(line.found.verdict, language) if line.found.verdict else ""


def dominance(line: Line, language: str) -> str:
    """How often a mark of one side is above one of the other, with its interval."""
    value = number(line.cliff.delta or 0.0, language, 2, signed=True)
    return _(
        "Cliff’s delta %(value)s (%(span)s): how much more often an employee’s mark lies above a customer’s "
        "than below, from −1 to 1."
    ) % {"value": value, "span": _ends(line.cliff.low, line.cliff.high, language)}


def _ends(low: float, high: float, language: str) -> str:
    ends = [number(end, language, 2, signed=True) for end in (low, high)]
    return _("from %(low)s to %(high)s") % {"low": ends[0], "high": ends[1]}


def guessing(found: Insight, language: str) -> str:
    """How rightly employees order the questions, and what their error is made of."""
    parts = found.accuracy
    return _(
        "Over %(number)s questions, the order that employees give and that of customers correlate at "
        "%(value)s (%(span)s). Of their error, %(level)s%% comes from the level, %(spread)s%% from how far "
        "apart they put the questions, %(order)s%% from their order."
    ) % {
        "number": parts.n,
        "value": number(found.order.estimate or 0.0, language, 2, signed=True),
        "span": _ends(found.order.low, found.order.high, language),
        "level": number(100 * parts.share_bias, language),
        "spread": number(100 * parts.share_spread, language),
        "order": number(100 * parts.share_ordering, language),
    }


def teams(found: Sequence[Guess]) -> str:
    """What may be said of teams together."""
    if all(one.bias.excludes_zero is False for one in found):
        return _("No team is told from what customers answer: the intervals hold zero.")
    return _("Above zero, a team guesses higher than customers answer; below, lower. Teams are not ranked.")


def no_teams(design: str, groups: int) -> str:
    """Why nothing is said of teams."""
    if design != Study.Design.PREDICTS:
        return _("Employees judge their own experience: there is nothing to guess, hence no accuracy.")
    if groups < 2:
        return _(
            "The employees’ answers carry no team, or the teams are too small to be shown apart: accuracy "
            "is told of the whole company only."
        )
    return _(
        "Fewer than two teams show %(answers)s answers or more to %(questions)s questions: accuracy is told "
        "of the whole company only."
    ) % {"answers": FEWEST_OF_TEAM, "questions": FEWEST_QUESTIONS}


def waits(held: Held, wanting: str, language: str) -> str:
    """Why there is nothing to read yet."""
    campaign = held.sides.sides[Voice.CUSTOMER]
    if held.state is State.COMING and campaign.opens_on:
        return _("The study opens on %(day)s.") % {"day": spoken_day(campaign.opens_on, language)}
    if held.state is State.OPEN and campaign.closes_on:
        return _(
            "The study is open until %(day)s. Its results are published once, after it closes: before that, "
            "nobody sees what employees answer."
        ) % {"day": spoken_day(campaign.closes_on, language)}
    if held.state is State.FEW:
        return _(
            "A study needs %(customers)s customers and %(employees)s employees at least. Here: %(heard)s and "
            "%(told)s."
        ) % {
            "customers": FEWEST[Voice.CUSTOMER],
            "employees": FEWEST[Voice.EMPLOYEE],
            "heard": number(held.people[Voice.CUSTOMER], language),
            "told": _told(held, language),
        }
    if held.state is State.MASKED:
        return _("Showing these answers would let somebody be found by subtraction.")
    return wanting or _("The study is closed. The employees’ answers wait for their publication.")


def _told(held: Held, language: str) -> str:
    """How many employees answered, where that may be told."""
    if people := held.people.get(Voice.EMPLOYEE):
        return number(people, language)
    return _("fewer than %(floor)s") % {"floor": held.release.floor if held.release else ""}


def method(held: Held, found: Sequence[Line], language: str) -> list[str]:
    """How the page is worked out, in sentences."""
    margin = number(held.study.margin, language, 2 if held.study.margin * 10 % 1 else 1)
    level = number(100 * found[0].gap.level, language, 1) if found else "95"
    return [
        _("A gap is the mean of employees minus the mean of customers, on the same scale.")
        if held.study.design == Study.Design.JUDGES
        else _("A gap is what employees predict minus what customers answer, in means on the same scale."),
        _(
            "Symmetry demonstrated: the 90%% interval of the gap lies within ±%(margin)s, a margin set "
            "before the study. Gap demonstrated: its interval excludes zero. Undetermined: all the rest."
        )
        % {"margin": margin},
        _(
            "Gaps are held against zero at %(level)s%%, so that a study where both sides answer alike says "
            "“gap demonstrated” anywhere in at most 5%% of cases."
        )
        % {"level": level},
        _("The two designs of mirror studies are never compared or summed.")
        + " "
        + _("Intervals take answers as independent: those of customers of one adviser may go together."),
        _(
            "Employees answer without a name. What they say is published once, after the close, in groups of "
            "%(floor)s people at least."
        )
        % {"floor": held.release.floor if held.release else ""},
    ]
