"""Sentences about two sides: a link, an agreement, a likeness, a lead, a lift. None ever says « cause ».

The words of certainty are those of ``sentences``: *net*, *pas d’écart visible*, *pas encore concluant*; a
likeness has its own three, set by its margin.
"""

from __future__ import annotations

from collections.abc import Mapping

from visavis.measure import figures
from visavis.measure.agreement import LEAST_PAIRS, Kappa
from visavis.measure.clusters import ClusterInterval
from visavis.measure.enchantment import LEAST_MOMENTS, Lift
from visavis.measure.equivalence import Equivalence, Likeness
from visavis.measure.estimates import Display
from visavis.measure.figures import Noun, code, count, decimals_for, factor, gap, number, points
from visavis.measure.latent import LEAST_TEAMS, LatentCorrelation
from visavis.measure.movements import Lead
from visavis.measure.sentences import Verdict

_WORDS: Mapping[str, Mapping[str, str]] = {
    "fr": {
        "link_clear": "le lien entre {first} et {second} est net\u00a0: {value} (de {low} à {high}), {teams}",
        "link_open": "le lien entre {first} et {second} n’est pas encore concluant\u00a0: "
        "{value} (de {low} à {high}), {teams}",
        "link_too_few": "pas de lien chiffré entre {first} et {second} avec {teams}, il en faut {least}",
        "link_flat": "pas de lien chiffré\u00a0: {first} ou {second} ne diffère pas de façon mesurable d’une "
        "équipe à l’autre",
        "link_blind": "Il ne dit pas à lui seul lequel entraîne l’autre",
        "link_clipped": "Valeur au plafond\u00a0: cherchez un artefact (mélange des demandes, site, "
        "événement commun)",
        "agreement": "{first} et {second} donnent la même note dans {raw}\u00a0% des cas\u00a0; accord "
        "au-delà du hasard {value} (de {low} à {high}), {n}",
        "agreement_flat": "{first} et {second}\u00a0: toutes les notes sont les mêmes, l’accord au-delà du "
        "hasard n’a pas de valeur ({n})",
        "agreement_few": "accord non chiffré avec {n}, il en faut {least}",
        "alike": "symétrie démontrée\u00a0: écart {value}, intervalle à {level}\u00a0% {span}, dans la marge "
        "de ±\u00a0{margin}",
        "apart": "écart démontré\u00a0: {value} {unit}, {span}",
        "undecided": "indéterminé\u00a0: {value} {unit}, {span}, la marge est de ±\u00a0{margin}",
        "likeness_few": "ni symétrie ni écart démontrables avec {n}, il en faut 30 de chaque côté",
        "lead_first": "{first} précède {second} d’environ {lag} (de {low} à {high})",
        "lead_same": "{first} et {second} bougent ensemble, sans avance visible",
        "lead_open": "qui précède l’autre, {first} ou {second}, n’est pas encore concluant",
        "lead_few": "l’ordre d’apparition ne se lit pas avec {teams} et {periods}, il faut 15 équipes et "
        "18 périodes",
        "lift_clear": "{value} fois plus fréquents {with_people} (de {low} à {high}), {n}\u00a0: net",
        "lift_less": "{value} fois moins fréquents {with_people} (de {low} à {high}), {n}\u00a0: net",
        "lift_open": "{value} fois aussi fréquents {with_people} (de {low} à {high}), {n}\u00a0: pas encore "
        "concluant",
        "lift_base": "{share}\u00a0% des moments forts ont lieu {with_people}, "
        "pour {base}\u00a0% de l’ensemble",
        "lift_few": "trop peu de moments forts\u00a0: {strong}, il en faut {least}",
        "pairs": "échange|échanges",
        "teams": "équipe|équipes",
        "periods": "période|périodes",
        "moments": "moment|moments",
    },
    "en": {
        "link_clear": "the link between {first} and {second} is clear: {value} ({low} to {high}), {teams}",
        "link_open": "the link between {first} and {second} is not conclusive yet: {value} ({low} to "
        "{high}), {teams}",
        "link_too_few": "no figure for the link between {first} and {second} with {teams}, {least} needed",
        "link_flat": "no figure for the link: {first} or {second} does not differ measurably between teams",
        "link_blind": "It does not say by itself which drives the other",
        "link_clipped": "The value is at its ceiling: look for an artefact (mix of requests, site, shared "
        "event)",
        "agreement": "{first} and {second} give the same mark in {raw}% of cases; agreement beyond chance "
        "{value} ({low} to {high}), {n}",
        "agreement_flat": "{first} and {second}: all marks are the same, agreement beyond chance has no "
        "value ({n})",
        "agreement_few": "no figure for agreement with {n}, {least} needed",
        "alike": "symmetry demonstrated: a gap of {value}, {level}% interval {span}, within a margin of "
        "±\u00a0{margin}",
        "apart": "gap demonstrated: {value} {unit}, {span}",
        "undecided": "undetermined: {value} {unit}, {span}, the margin is ±\u00a0{margin}",
        "likeness_few": "neither symmetry nor gap can be shown with {n}, 30 needed on each side",
        "lead_first": "{first} precedes {second} by about {lag} ({low} to {high})",
        "lead_same": "{first} and {second} move together, with no visible lead",
        "lead_open": "which precedes the other, {first} or {second}, is not conclusive yet",
        "lead_few": "who comes first cannot be read with {teams} and {periods}: 15 teams and 18 periods are "
        "needed",
        "lift_clear": "{value} times as frequent {with_people} ({low} to {high}), {n}: clear",
        "lift_less": "{value} times less frequent {with_people} ({low} to {high}), {n}: clear",
        "lift_open": "{value} times as frequent {with_people} ({low} to {high}), {n}: not conclusive yet",
        "lift_base": "{share}% of strong moments come {with_people}, for {base}% of all moments",
        "lift_few": "too few strong moments: {strong}, {least} needed",
        "pairs": "exchange|exchanges",
        "teams": "team|teams",
        "periods": "period|periods",
        "moments": "moment|moments",
    },
}


def _count(n: int, what: str, language: str) -> str:
    singular, plural = _WORDS[code(language)][what].split("|")
    return count(n, language, (singular, plural))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _fine(
    limits: tuple[float, float, float], language: str, few: int = 2, nothing: float = 0
) -> dict[str, str]:
    decimals = figures.decimals_apart(limits[0], limits[2], few, nothing)
    told = zip(("low", "value", "high"), limits, strict=True)
    return {name: number(each, language, decimals) for name, each in told}


def link_verdict(link: LatentCorrelation) -> Verdict | None:
    """Say what the interval of a link allows: clear, open, or ``None`` where no link is figured."""
    if link.display is not Display.FULL:
        return None
    return Verdict.CLEAR if link.excludes_zero else Verdict.OPEN


def link_sentence(link: LatentCorrelation, language: str = "fr", *, first: str, second: str) -> str:
    """Say how two sides of teams go together, and that it does not tell which drives the other.

    Args:
        link: the link freed of sampling errors.
        language: ``fr`` or ``en``.
        first: one side as it stands in a sentence, with its article (« le climat d’équipe »).
        second: the other side (« la satisfaction des clients »).

    Returns:
        One or two sentences, each with its full stop.
    """
    words, teams = _WORDS[code(language)], _count(link.n, "teams", language)
    named = {"first": first, "second": second, "teams": teams, "least": str(LEAST_TEAMS)}
    if link.n < LEAST_TEAMS:
        return _capital(words["link_too_few"].format(**named)) + "."
    if link.estimate is None:
        return _capital(words["link_flat"].format(**named)) + "."
    said = "link_clear" if link_verdict(link) is Verdict.CLEAR else "link_open"
    named |= _fine((link.low, link.estimate, link.high), language)
    told = [_capital(words[said].format(**named))]
    told += [words["link_blind"]] if said == "link_clear" else []
    told += [words["link_clipped"]] if link.clipped else []
    return " ".join(f"{each}." for each in told)


def agreement_sentence(
    agreement: Kappa | ClusterInterval,
    raw: float,
    language: str = "fr",
    *,
    first: str,
    second: str,
    n: int | None = None,
) -> str:
    """Say how often two sides give the same mark, and how far that goes beyond chance.

    Args:
        agreement: agreement beyond chance, with its interval.
        raw: share of pairs where both gave the same mark.
        language: ``fr`` or ``en``.
        first: one side as it stands in a sentence (« le client »).
        second: the other side (« le conseiller »).
        n: the pairs, where the agreement was worked out on what they are worth.

    Returns:
        The sentence, with its full stop.
    """
    words, held = _WORDS[code(language)], agreement.n if n is None else n
    pairs = _count(held, "pairs", language)
    if held < LEAST_PAIRS:
        return _capital(words["agreement_few"].format(n=pairs, least=LEAST_PAIRS)) + "."
    if agreement.estimate is None:
        return _capital(words["agreement_flat"].format(first=first, second=second, n=pairs)) + "."
    value = _fine((agreement.low, agreement.estimate, agreement.high), language)
    shown = number(100 * raw, language)
    return _capital(words["agreement"].format(first=first, second=second, raw=shown, n=pairs, **value)) + "."


def likeness_word(said: Likeness, language: str = "fr") -> str:
    """Return « symétrie démontrée », « écart démontré » or « indéterminé »."""
    return _WORDS[code(language)][said].split("\u00a0:")[0].split(":")[0]


def likeness_sentence(found: Equivalence, language: str = "fr", *, noun: Noun | None = None) -> str:
    """Say whether two sides answer alike: « symétrie démontrée : écart +0,1, intervalle à 90 % … ».

    Args:
        found: the verdict and its intervals.
        language: ``fr`` or ``en``.
        noun: singular and plural of what was counted; answers by default.

    Returns:
        The sentence, without a full stop.
    """
    words, shown = _WORDS[code(language)], found.deciding
    if found.verdict is None:
        return words["likeness_few"].format(n=count(shown.n, language, noun))
    margin, pieces = found.margin * factor(shown.scale), gap(shown, language)
    decimals = max(decimals_for(shown.scale, shown.n), figures.decimals_of(margin))
    return words[found.verdict].format(
        value=pieces.value,
        unit=pieces.unit,
        span=pieces.span,
        level=number(100 * shown.level, language),
        margin=f"{number(margin, language, decimals)} {points(margin, language)}",
    )


def lead_verdict(lead: Lead, alpha: float = 0.05) -> Verdict | None:
    """Say whether one side precedes the other: clear, the same (they move together), open, or ``None``.

    Args:
        lead: the lag found, its range and its p.
        alpha: p under which the two sides go together at all.

    Returns:
        ``None`` where there are too few teams or periods to read an order.
    """
    if lead.display is not Display.FULL:
        return None
    if lead.p_value > alpha:
        return Verdict.OPEN
    if lead.low > 0 or lead.high < 0:
        return Verdict.CLEAR
    return Verdict.SAME if lead.low == lead.high == 0 else Verdict.OPEN


def lead_sentence(lead: Lead, language: str = "fr", *, first: str, second: str, noun: Noun) -> str:
    """Say which side precedes the other, by how much; never that it causes it.

    Args:
        lead: the lag found; positive when the first side precedes.
        language: ``fr`` or ``en``.
        first: the first side as it stands in a sentence.
        second: the second side.
        noun: singular and plural of the period (« semaine », « semaines »).

    Returns:
        The sentence, with its full stop.
    """
    words, said = _WORDS[code(language)], lead_verdict(lead)
    teams, periods = _count(lead.teams, "teams", language), _count(lead.periods, "periods", language)
    before, after = (first, second) if lead.lag >= 0 else (second, first)
    near, far = sorted((abs(lead.low), abs(lead.high)))
    key = {
        Verdict.CLEAR: "lead_first",
        Verdict.SAME: "lead_same",
        Verdict.OPEN: "lead_open",
        None: "lead_few",
    }
    text = words[key[said]].format(
        first=before,
        second=after,
        lag=count(abs(lead.lag), language, noun),
        low=number(near, language),
        high=number(far, language),
        teams=teams,
        periods=periods,
    )
    return _capital(text) + "."


def lift_verdict(lift: Lift) -> Verdict | None:
    """Say what the interval of a lift allows: clear, open, or ``None`` with too few strong moments."""
    if lift.display is not Display.FULL:
        return None
    return Verdict.CLEAR if lift.excludes_one else Verdict.OPEN


def lift_sentence(lift: Lift, language: str = "fr", *, subject: str, with_people: str) -> str:
    """Say how much more often strong moments come with people, beside the share that proves nothing alone.

    Args:
        lift: the ratio of rates, with its interval.
        language: ``fr`` or ``en``.
        subject: what is counted, with its article (« les moments d’enchantement »).
        with_people: where they are counted (« avec une personne »).

    Returns:
        Two sentences, each with its full stop; one where strong moments are too few.
    """
    words, said = _WORDS[code(language)], lift_verdict(lift)
    if said is None or lift.share_of_enchantment is None:
        strong = _count(lift.strong, "moments", language)
        return _capital(words["lift_few"].format(strong=strong, least=LEAST_MOMENTS)) + "."
    turned = said is Verdict.CLEAR and lift.lift < 1
    bounds = (1 / lift.high, 1 / lift.lift, 1 / lift.low) if turned else (lift.low, lift.lift, lift.high)
    key = "lift_less" if turned else f"lift_{said}"
    shown = _fine(bounds, language, few=1, nothing=1)
    text = words[key].format(with_people=with_people, n=_count(lift.n, "moments", language), **shown)
    base = words["lift_base"].format(
        with_people=with_people,
        share=number(100 * lift.share_of_enchantment, language),
        base=number(100 * lift.share_of_all, language),
    )
    verb = {"fr": "sont", "en": "are"}[code(language)]
    return f"{_capital(subject)} {verb} {text}. {_capital(base)}."
