"""What the page says, from the intervals alone."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visavis.measure.agreement import LEAST_PAIRS, Quadrants
from visavis.measure.estimates import Display, Estimate
from visavis.measure.figures import count, gap, number, show, span
from visavis.measure.sentences import Verdict, verdict, word
from visavis.measure.sentences_of_links import agreement_sentence
from visavis.measure.two_views import Spread
from visavis.understand.pairs.findings import Agreement, Corner, Place, Standing, share
from visavis.understand.pairs.pictures import nouns
from visavis.understand.pairs.queries import Line


def reading(four: Quadrants, spread: Spread, language: str) -> str:
    """Say how exchanges fall, in one paragraph."""
    shares = {
        name: share(getattr(four, name), four.n, spread)
        for name in ("symmetric_high", "adviser_only", "customer_only")
    }
    if shares["symmetric_high"].display is not Display.FULL:
        return _("%(n)s: 30 are needed to read how both sides see the same exchange.") % {
            "n": count(four.n, language, nouns())
        }
    told = {name: _told(one, language) for name, one in shares.items()}
    return " ".join(
        [
            _("All is well on both sides in %(share)s of exchanges.") % {"share": told["symmetric_high"]},
            _("In %(share)s, the adviser thinks that it went well and the customer does not: a blind spot.")
            % {"share": told["adviser_only"]},
            _("In %(share)s, the customer is satisfied and it was hard for the adviser.")
            % {"share": told["customer_only"]},
        ]
    )


def _told(estimate: Estimate, language: str) -> str:
    return f"{show(estimate, language)} ({span(estimate, language)})"


def where(found: Sequence[Standing], corner: Corner, language: str) -> str:
    """Say in which places a view is more frequent than elsewhere, or that it cannot be told."""
    above = [one for one in found if one.place is Place.ABOVE]
    if above:
        named = ", ".join(f"{one.line.label} {_standing(one, language)}" for one in above)
        start = {
            Corner.BLIND: _("Clear gap with the rest, blind spots are more frequent here: %(places)s."),
            Corner.BORNE: _("Clear gap with the rest, advisers take more upon themselves here: %(places)s."),
        }[corner] % {"places": named}
        several = _("They are not told apart: they stand in the order of the company.")
        return f"{start} {several}" if len(above) > 1 else start
    if any(one.place is Place.BELOW for one in found):
        return _("No place is clearly above the others; those clearly below come last.")
    if any(one.place is Place.OPEN and one.rest for one in found):
        return _("Not conclusive yet: no place differs from the others.")
    return _("Too few exchanges in each place to compare them.")


def _standing(one: Standing, language: str) -> str:
    told = _told(one.estimate, language)
    return _("at least %(share)s") % {"share": told} if one.line.least else told


def rate(pairs: int, told: int, language: str) -> str:
    """Say what part of the exchanges that customers spoke of has both views."""
    if not told or pairs > told:
        return ""
    return _(
        "%(pairs)s of the %(told)s exchanges that customers spoke of have both views. Of the others, nothing "
        "is known of one side: what is read here holds for the exchanges where both answered."
    ) % {"pairs": number(pairs, language), "told": number(told, language)}


def crossed(line: Line, months: int, language: str) -> str:
    """Say how much of what both sides told may be crossed; nothing when all of it may."""
    if line.n >= line.told:
        return ""
    return _(
        "%(n)s of the %(told)s exchanges told by both sides are read here, over %(crossed)s of %(months)s "
        "released months: in the others, crossing the two views would let somebody be found."
    ) % {
        "n": number(line.n, language),
        "told": number(line.told, language),
        "crossed": line.months,
        "months": months,
    }


def left_out(lines: Sequence[Line]) -> str:
    """Name the places that are not compared, because most of their exchanges may not be crossed."""
    names = ", ".join(line.label for line in lines if line.told and not line.whole and not line.least)
    if not names:
        return ""
    return _(
        "Not compared, since more than half of their exchanges may not be crossed without somebody being "
        "found: %(names)s."
    ) % {"names": names}


def agreed(found: Agreement, language: str) -> str:
    """Say how far both sides agree."""
    return agreement_sentence(
        found.kappa,
        found.same.estimate or 0.0,
        language,
        first=_("the customer"),
        second=_("the adviser"),
        n=found.same.n,
    )


def measures(found: Agreement, language: str) -> list[tuple[str, str, str]]:
    """The measures of agreement as rows: what, value, interval or word."""
    kappa, ac1, rank, bias = found.kappa, found.ac1, found.rank, found.bias
    rows = [
        (_("Same mark on both sides"), show(found.same, language), span(found.same, language)),
        (_("Good, or bad, on both sides"), show(found.side, language), span(found.side, language)),
        (_("Weighted kappa"), *_fine(kappa.kappa, kappa.low, kappa.high, language)),
        (_("Gwet’s AC1, good or bad"), *_fine(ac1.ac1, ac1.low, ac1.high, language)),
    ]
    if rank:
        rows.append((_("Rank correlation"), *_fine(rank.estimate, rank.low, rank.high, language)))
    pieces = gap(bias, language, 2)
    limits = _("from %(low)s to %(high)s") % {
        "low": number(found.limits.loa_low, language, 1, signed=True),
        "high": number(found.limits.loa_high, language, 1, signed=True),
    }
    rows += [
        (_("Adviser’s mark less customer’s, on average"), pieces.value, pieces.span),
        (_("19 gaps in 20 lie"), "", limits),
        (_("Use of the marks on each side"), _use(found.kinder, language), ""),
    ]
    return rows


def _use(p: float, language: str) -> str:
    """The word of Stuart and Maxwell's test."""
    return (
        _("different: %(word)s") % {"word": word(Verdict.CLEAR, language)}
        if p < 0.05
        else word(Verdict.OPEN, language)
    )


def _fine(value: float | None, low: float, high: float, language: str) -> tuple[str, str]:
    if value is None:
        return "–", ""
    ends = {"low": number(low, language, 2), "high": number(high, language, 2)}
    return number(value, language, 2), _("from %(low)s to %(high)s") % ends


def leaning(found: Agreement) -> str:
    """Say whether advisers find exchanges better or worse than customers do."""
    if verdict(found.bias) is not Verdict.CLEAR:
        return _("Neither side is clearly kinder than the other.")
    if found.bias.low > 0:
        return _("On the whole advisers find their exchanges clearly better than customers do.")
    return _("On the whole advisers find their exchanges clearly worse than customers do.")


def too_few(n: int, language: str) -> str:
    """Say how many exchanges measures of agreement need."""
    return ngettext(
        "%(n)s exchange with both views: %(least)s are needed to measure agreement.",
        "%(n)s exchanges with both views: %(least)s are needed to measure agreement.",
        n,
    ) % {"n": number(n, language), "least": LEAST_PAIRS}
