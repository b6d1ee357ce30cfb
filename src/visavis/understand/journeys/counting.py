"""What customers say of each moment under one version of the reference: placed, marked, felt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Q

from visavis.core.words import Polarity, Voice
from visavis.listen.returns.models import Verbatim
from visavis.listen.returns.narrowing import narrow, narrow_texts
from visavis.listen.returns.queries import SATISFIED_FROM, counted, counted_texts
from visavis.listen.returns.stored import as_stored
from visavis.measure.enchantment import EnchantmentShare, Lift, enchantment_lift, enchantment_share
from visavis.measure.means import Sums
from visavis.moments.exchanges.models import Channel, Mode, Reason
from visavis.moments.references.models import Moment
from visavis.people.access.viewer import Viewer
from visavis.understand.journeys.sheets import Sheets, covering
from visavis.web.filters import Filters

#: A strong moment: a positive text of the highest intensity of the scale 0 to 4 (mission.md S21).
STRONG: Final = 4
_SIGNS: Final = {Polarity.NEGATIVE.value: -1, Polarity.POSITIVE.value: 1}
NOWHERE: Final = ""


@dataclass(slots=True)
class Lived:
    """What was counted of one moment.

    Attributes:
        returns: customers' returns placed there.
        marked: those with a mark of satisfaction.
        satisfied: those of 4 or 5.
        felt: sums of the signed intensity of the texts, from -4 to 4; texts without tone count as 0.
        relational: texts after an exchange with a person.
        digital: texts after an exchange without anybody.
    """

    returns: int = 0
    marked: int = 0
    satisfied: int = 0
    felt: Sums = field(default_factory=lambda: Sums(0, 0.0, 0.0))
    relational: int = 0
    digital: int = 0

    def add(self, n: int, satisfaction: int | None) -> None:
        """Count ``n`` returns of one mark; a negative number takes them back."""
        self.returns += n
        if satisfaction is not None:
            self.marked += n
            self.satisfied += n if satisfaction >= SATISFIED_FROM else 0


@dataclass(frozen=True, slots=True)
class Placed:
    """Moments of customers as lived over a period, by code; the empty code holds what no moment holds."""

    moments: Mapping[str, Lived]
    by_reason: Mapping[str, int]
    enchantment: EnchantmentShare | None
    lift: Lift | None


class Alike(NamedTuple):
    """Customers' returns alike in unit, request, moment that their file named, and mark."""

    unit_path: str
    reason: str
    channel: str
    moment: int | None
    satisfaction: int | None
    n: int


def alike(viewer: Viewer, filters: Filters) -> list[Alike]:
    """Count customers' returns by all that pages on moments and teams tell of them, in one pass.

    Args:
        viewer: who looks; returns of the branches whose figures she may see.
        filters: period, scope, channel, reason.

    Returns:
        In the order of units, then of codes.
    """
    rows = narrow(counted(viewer, Voice.CUSTOMER), filters).order_by()
    # By keys: for each row of tens of thousands, the database would look codes up.
    grouped = rows.values_list("unit_path", "reason_id", "channel_id", "moment_id", "satisfaction")
    reasons, channels = _reasons(), dict(Channel.objects.order_by("pk").values_list("pk", "code"))
    found = [
        Alike(path, reasons.get(reason, ""), channels.get(channel, ""), moment, mark, n)
        for path, reason, channel, moment, mark, n in as_stored(grouped.annotate(n=Count("*")))
    ]
    return sorted(found, key=lambda row: (row[:3], row.moment or 0, row.satisfaction or 0))


def placed(
    viewer: Viewer, filters: Filters, sheets: Sheets, returns: Sequence[Alike] | None = None
) -> Placed:
    """Place the returns of a period under one version of the moments.

    A return is at the moment that its file named; else at the only moment that covers its contact reason;
    else at the moment heard in its words, or where a person placed them; else nowhere. One with several
    texts stands once, where the first that tells a moment says.

    Args:
        viewer: who looks; returns of the branches whose figures she may see.
        filters: period, scope, channel, reason.
        sheets: the version.
        returns: from ``alike``, of the same viewer and filters, where they are counted already.

    Returns:
        The counts, with strong moments on the side of people and of screens.
    """
    known, rule = _codes(sheets), covering(sheets)
    found: dict[str, Lived] = defaultdict(Lived)
    by_reason: dict[str, int] = defaultdict(int)
    for each in alike(viewer, filters) if returns is None else returns:
        at = known.get(each.moment, "") or rule.get(each.reason, NOWHERE)
        found[at].add(each.n, each.satisfaction)
        if at == NOWHERE:
            by_reason[each.reason] += each.n
    strong = {True: 0, False: 0}
    for row in _texts(viewer, filters, known):
        at = known.get(row.given, "") or rule.get(row.reason or "", NOWHERE)
        if at == NOWHERE and (heard := known.get(row.heard, "")):
            if row.places:
                found[NOWHERE].add(-row.n, row.satisfaction)
                by_reason[row.reason or ""] -= row.n
                found[heard].add(row.n, row.satisfaction)
            at = heard
        _feel(found[at], row)
        if row.signed >= STRONG:
            strong[row.human] += row.n
    share, lift = _enchantment(viewer, filters, found, strong)
    return Placed(dict(found), {code: n for code, n in by_reason.items() if n}, share, lift)


@dataclass(frozen=True, slots=True)
class _Text:
    """Texts alike in all that is counted; ``places``: each is the first of its return that tells a moment."""

    given: int | None
    heard: int | None
    places: bool
    reason: str | None
    satisfaction: int | None
    signed: int
    human: bool
    n: int


def _codes(sheets: Sheets) -> dict[int | None, str]:
    rows = Moment.objects.order_by("pk").values_list("pk", "code")
    return {pk: code for pk, code in rows if code in sheets and not sheets[code].retired}


def _reasons() -> dict[int | None, str]:
    return dict(Reason.objects.order_by("pk").values_list("pk", "code"))


def _texts(viewer: Viewer, filters: Filters, known: Collection[int | None]) -> list[_Text]:
    """Texts by what stands beside them: what they copy of their return is not looked up there."""
    rows = narrow_texts(counted_texts(viewer, Voice.CUSTOMER), filters).order_by()
    before = Verbatim.objects.filter(
        response=OuterRef("response"), moment__in=list(known), pk__lt=OuterRef("pk")
    )
    grouped = (
        rows.annotate(places=Q(moment__isnull=False) & ~Exists(before))
        .values_list(
            "given_moment_id",
            "moment_id",
            "places",
            "reason_id",
            "satisfaction",
            "polarity",
            "intensity",
            "channel_id",
        )
        .annotate(n=Count("*"))
    )
    reasons = _reasons()
    human = set(Channel.objects.filter(mode=Mode.HUMAN).order_by("pk").values_list("pk", flat=True))
    return [
        _Text(
            given,
            heard,
            bool(places),
            reasons.get(reason),
            mark,
            _SIGNS.get(tone, 0) * (force or 0),
            channel in human,
            n,
        )
        for given, heard, places, reason, mark, tone, force, channel, n in as_stored(grouped)
    ]


def _feel(lived: Lived, row: _Text) -> None:
    lived.felt += Sums(row.n, float(row.n * row.signed), float(row.n * row.signed**2))
    if row.human:
        lived.relational += row.n
    else:
        lived.digital += row.n


def _enchantment(
    viewer: Viewer, filters: Filters, found: Mapping[str, Lived], strong: Mapping[bool, int]
) -> tuple[EnchantmentShare | None, Lift | None]:
    """Strong moments with people against screens; journeys are customers, who speak several times."""
    people = sum(each.relational for each in found.values())
    screens = sum(each.digital for each in found.values())
    if not sum(strong.values()):
        return None, None
    rows = narrow_texts(counted_texts(viewer, Voice.CUSTOMER), filters).filter(
        polarity=Polarity.POSITIVE, intensity__gte=STRONG
    )
    moments = [
        {"journey": customer or -pk, "intensity": STRONG, "relational": human}
        for pk, customer, human in rows.annotate(
            human=Q(response__channel__mode=Mode.HUMAN), who=F("response__customer_id")
        ).values_list("pk", "who", "human")
    ]
    share = enchantment_share(moments, STRONG)
    if not people or not screens:
        return share, None
    return share, enchantment_lift(strong[True], people, strong[False], screens, deff=max(1.0, share.deff))
