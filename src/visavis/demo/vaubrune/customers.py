"""Writes the customers' verbatims: what to say, in which order, with which words."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from random import Random
from typing import Any

from visavis.demo.vaubrune.facts import Case, Facts
from visavis.demo.vaubrune.grammar import lower_first, render
from visavis.demo.vaubrune.material import material
from visavis.demo.vaubrune.noise import typed
from visavis.demo.vaubrune.personal import personal_sentence
from visavis.demo.vaubrune.plan import Plan
from visavis.demo.vaubrune.texts import (
    MIXED,
    NEGATIVE,
    NEUTRAL,
    POSITIVE,
    Opinion,
    Text,
    Weighted,
    conditions,
    weighted,
)

_MIXED_BY_MARK = (0.0, 0.05, 0.24, 0.52, 0.125, 0.02)
_INTENSITY = {
    ("human", 5): (0.05, 0.16, 0.40, 0.24, 0.15), ("human", 4): (0.15, 0.45, 0.33, 0.06, 0.01),
    ("human", 3): (0.35, 0.45, 0.18, 0.02, 0.0), ("human", 2): (0.03, 0.22, 0.44, 0.24, 0.07),
    ("human", 1): (0.0, 0.06, 0.30, 0.39, 0.25),
    ("selfcare", 5): (0.46, 0.35, 0.10, 0.02, 0.07), ("selfcare", 4): (0.56, 0.37, 0.06, 0.005, 0.005),
    ("selfcare", 3): (0.60, 0.35, 0.05, 0.0, 0.0), ("selfcare", 2): (0.35, 0.42, 0.18, 0.04, 0.01),
    ("selfcare", 1): (0.18, 0.36, 0.28, 0.13, 0.05),
}  # fmt: skip
_SPARE = "follow_up.repetition"


@dataclass(slots=True)
class Draft:
    """A text being written."""

    case: Case
    facts: Facts
    rng: Random
    polarity: str
    intensity: int
    opinions: list[Opinion] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    personal: list[str] = field(default_factory=list)

    def say(self, template: str, before: str = "") -> None:
        sentence = render(template, self.rng, self.facts)
        opening = render(before, self.rng, self.facts) if before else ""
        if self.sentences and self.sentences[-1].endswith(",") and not opening:
            sentence = lower_first(sentence)
        self.sentences.append(f"{opening} {lower_first(sentence)}" if opening else sentence)

    def holds(self, opinion: Opinion) -> None:
        if opinion not in self.opinions:
            self.opinions.append(opinion)


def verbatim(case: Case, planted: Plan, rng: Random) -> Text:
    """One customer's words, with what was planted in them.

    Args:
        case: the exchange and the mark.
        planted: shares of irony, mixed feelings and personal data.
        rng: where every choice comes from.
    """
    draft = _start(case, rng)
    said_of_server = rng.random() < case.server_share
    length = rng.random()
    if (
        draft.polarity != MIXED
        and not said_of_server
        and draft.intensity < 4
        and case.rank == 1
        and not case.wish
    ):
        if length < 0.10 and case.reason != "bereavement":
            return _finish(draft, _vague(draft), planted)
        if length < 0.30:
            return _finish(draft, _short(draft), planted)
    _open(draft)
    _repeat(draft)
    if said_of_server:
        _about_server(draft)
    _opinions(draft, planted)
    _close(draft)
    return _finish(draft, " ".join(draft.sentences), planted)


def _start(case: Case, rng: Random) -> Draft:
    negative = case.mark <= 2 or (case.mark == 3 and rng.random() < 0.75)
    polarity = MIXED if rng.random() < _MIXED_BY_MARK[case.mark] else NEGATIVE if negative else POSITIVE
    if polarity == POSITIVE and case.reason == "claim" and rng.random() < 0.42 * case.delay_pressure:
        polarity = MIXED
    levels = _INTENSITY["human" if case.human else "selfcare", case.mark]
    intensity = rng.choices(range(5), levels)[0]
    return Draft(case, Facts(case, rng), rng, polarity, intensity)


def _vague(draft: Draft) -> str:
    kind = NEUTRAL if draft.case.mark == 3 else draft.polarity
    draft.polarity, draft.intensity = kind, min(draft.intensity, 1)
    return render(draft.rng.choice(material("frames")["vague"][kind]), draft.rng, draft.facts)


def _short(draft: Draft) -> str:
    """One or two fragments without a verb."""
    if draft.case.reason == "bereavement":
        draft.holds(("handling.listening", draft.polarity))
        return render(
            draft.rng.choice(material("frames")["bereavement_short"][draft.polarity]), draft.rng, draft.facts
        )
    said = []
    for _ in range(1 if draft.rng.random() < 0.7 else 2):
        theme = _theme(draft, draft.polarity)
        fragments = material("customers")[theme][f"short_{draft.polarity}"]
        if fragments and (theme, draft.polarity) not in draft.opinions:
            said.append(render(draft.rng.choice(fragments), draft.rng, draft.facts))
            draft.holds((theme, draft.polarity))
    draft.intensity = min(draft.intensity, 2)
    return (
        draft.rng.choice((", ", ". ")).join([said[0], *map(lower_first, said[1:])]) if said else _vague(draft)
    )


def _open(draft: Draft) -> None:
    frames, rng = material("frames"), draft.rng
    if rng.random() < (0.16 if draft.case.channel in ("mail", "letter") else 0.05):
        draft.sentences.append(str(rng.choice(frames["greeting"])))
    if draft.case.human and rng.random() < 0.30:
        draft.say(rng.choice(frames["context"][draft.case.reason]))


def _repeat(draft: Draft) -> None:
    """Who calls again says so, and only they."""
    if draft.case.rank < 2 or not draft.case.human or draft.case.reason == "bereavement":
        return
    polarity = POSITIVE if draft.polarity == POSITIVE else NEGATIVE
    if draft.case.wish == "repeat" or draft.rng.random() < (0.10 if polarity == POSITIVE else 0.55):
        draft.say(draft.rng.choice(_candidates(_SPARE, polarity, draft.case.tags)))
        draft.holds((_SPARE, polarity))
        draft.flags.append("repeat")


def _about_server(draft: Draft) -> None:
    better = draft.case.week >= 29 and draft.polarity == POSITIVE
    polarity = POSITIVE if better else NEGATIVE
    theme = "reach.voice_server"
    before = ""
    if draft.polarity == POSITIVE and not better:
        draft.polarity = MIXED
    if draft.sentences and not draft.sentences[-1].endswith(",") and draft.rng.random() < 0.3:
        before = "Et "
    draft.say(draft.rng.choice(_candidates(theme, polarity, draft.case.tags)), before)
    draft.holds((theme, polarity))


def _opinions(draft: Draft, planted: Plan) -> None:
    """One to three opinions, joined by what people say between them."""
    main = {MIXED: POSITIVE if draft.case.mark >= 4 else NEGATIVE}.get(draft.polarity, draft.polarity)
    irony = main == NEGATIVE and draft.polarity == NEGATIVE and draft.case.reason != "bereavement"
    if irony and draft.rng.random() < planted.irony / 0.085 and _ironic(draft):
        return
    count = draft.rng.choices((1, 2, 3), (0.5, 0.36, 0.14))[0]
    if draft.polarity == MIXED:
        count = min(count, 2)
    if any(polarity == main for _, polarity in draft.opinions):
        count -= 1
    for number in range(count):
        _opinion(draft, main, "" if number == 0 else draft.rng.choice(material("frames")["also"][main]))
    if draft.polarity == MIXED and not _is_mixed(draft):
        other = NEGATIVE if main == POSITIVE else POSITIVE
        contrast = "contrast_good_bad" if main == POSITIVE else "contrast_bad_good"
        _opinion(draft, other, draft.rng.choice(material("frames")[contrast]))
    if _is_mixed(draft):
        draft.polarity = MIXED
        draft.flags.append("mixed")


def _is_mixed(draft: Draft) -> bool:
    return len({polarity for _, polarity in draft.opinions}) == 2


def _opinion(draft: Draft, polarity: str, before: str) -> None:
    held = {theme for theme, _ in draft.opinions}
    against = {theme.split(".")[0] for theme, side in draft.opinions if side != polarity}
    for _ in range(8):
        theme = _theme(draft, polarity)
        candidates = _candidates(theme, polarity, draft.case.tags)
        if theme not in held and theme.split(".")[0] not in against and candidates:
            draft.say(draft.rng.choice(candidates), before.strip())
            draft.holds((theme, polarity))
            return


def _ironic(draft: Draft) -> bool:
    irony = material("frames")["irony"]
    theme = next((theme for theme in (_theme(draft, NEGATIVE) for _ in range(4)) if theme in irony), "")
    if theme not in irony or (theme.startswith("reach") and draft.case.channel != "phone"):
        return False
    draft.say(draft.rng.choice(irony[theme]))
    draft.holds((theme, NEGATIVE))
    draft.flags.append("irony")
    return True


def _close(draft: Draft) -> None:
    frames, rng, case = material("frames"), draft.rng, draft.case
    unhappy = case.mark <= 2 and draft.polarity in (NEGATIVE, MIXED)
    leaves = 0.34 if case.reason == "premium_change" else 0.2
    if unhappy and case.reason != "bereavement" and (case.wish == "churn" or rng.random() < leaves):
        draft.say(rng.choice(frames["churn"]))
        draft.flags.append("churn")
        draft.holds(("product.leaving", NEGATIVE))
    elif _may_close(draft) and rng.random() < (0.0, 0.25, 0.45, 1.0, 1.0)[draft.intensity]:
        draft.say(rng.choice(_closings(draft)))
    if case.callback and rng.random() < 0.6:
        draft.say(rng.choice(frames["callback"]))
        draft.flags.append("callback")


def _may_close(draft: Draft) -> bool:
    """No last word after irony, and seldom after a « but »."""
    return "irony" not in draft.flags and ("mixed" not in draft.flags or draft.rng.random() < 0.3)


def _closings(draft: Draft) -> list[str]:
    closing = material("frames")["closing"]
    by_mark = NEGATIVE if draft.case.mark <= 3 else POSITIVE
    main = draft.polarity if draft.polarity in (POSITIVE, NEGATIVE) else by_mark
    if draft.case.reason == "bereavement":
        return list(closing[f"bereavement_{main}"])
    if not draft.case.human and main == POSITIVE and draft.intensity >= 3:
        return list(closing["selfcare_positive"])
    return list(closing[main][str(draft.intensity)])


def _finish(draft: Draft, words: str, planted: Plan) -> Text:
    grave = draft.case.reason == "bereavement"
    words, style = typed(words, draft.rng, careful=grave)
    if draft.rng.random() < 1.25 * planted.personal and len(words) > 20:
        sentence, pieces = personal_sentence(
            draft.rng, draft.facts, draft.case, positive=draft.case.mark >= 4
        )
        words = f"{words}{'' if words[-1] in '.!?…' else '.'} {sentence}"
        draft.personal += pieces
        draft.flags.append("personal")
    if not draft.case.human and draft.intensity > 1 and len(draft.sentences) < 2:
        draft.intensity = 1 if draft.intensity < 4 else 4
    return Text(
        words, tuple(draft.opinions), draft.polarity, draft.intensity,
        tuple(draft.flags), tuple(draft.personal), style,
    )  # fmt: skip


def _theme(draft: Draft, polarity: str) -> str:
    case = draft.case
    drawn = _themes(case.reason if case.human else "selfcare", polarity).draw(draft.rng)
    slower = polarity == NEGATIVE and case.reason == "claim" and draft.rng.random() < case.delay_pressure
    return "follow_up.delay" if slower else drawn


@cache
def _themes(situation: str, polarity: str) -> Weighted:
    weights: dict[str, Any] = material("weights")
    table = weights["selfcare"][polarity] if situation == "selfcare" else weights[polarity][situation]
    return weighted(table.items())


@cache
def _candidates(theme: str, polarity: str, tags: frozenset[str]) -> list[str]:
    """The sentences that fit: those written for the situation weigh more; grief keeps to its own."""
    by_tags: dict[str, list[str]] = material("customers")[theme].get(polarity, {})
    fitting = {key: templates for key, templates in by_tags.items() if conditions(key) <= tags}
    if "bereavement" in tags:
        fitting = {key: templates for key, templates in fitting.items() if "bereavement" in key}
    return [
        line for key, lines in fitting.items() for line in lines * (2 if conditions(key) - {"human"} else 1)
    ]
