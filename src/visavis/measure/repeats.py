"""Contacts that come back: repeats within some days, and resolution inferred from silence."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from visavis.measure.contacts import check_days, clustered_share
from visavis.measure.estimates import Estimate

#: Windows shown on one chart, in days: no standard says which is right.
WINDOWS = (1, 3, 7, 14, 30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One contact. ``customer`` is ``None`` when nobody knows who it was: it cannot be followed."""

    customer: Hashable | None
    day: float
    reason: Hashable = None
    channel: Hashable = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeats:
    """Share of contacts that another followed within ``window`` days.

    ``censored`` are those too recent to know; ``unlinked`` those of nobody knows whom. Both are left out.
    """

    window: float
    share: Estimate
    censored: int
    unlinked: int


def _chains(contacts: Sequence[Contact], by_reason: bool, by_channel: bool) -> list[list[int]]:
    """Places of the contacts of each customer (and reason, and channel), in order of time."""
    chains: dict[Hashable, list[int]] = {}
    for place in sorted(range(len(contacts)), key=lambda place: contacts[place].day):
        one = contacts[place]
        if one.customer is not None:
            key = (one.customer, one.reason if by_reason else None, one.channel if by_channel else None)
            chains.setdefault(key, []).append(place)
    return list(chains.values())


def _share(contacts: Sequence[Contact], rows: Iterable[tuple[int, bool]], level: float) -> Estimate:
    """Share of yes among places, clustered by customer."""
    groups: dict[Hashable, list[bool]] = {}
    for place, answer in rows:
        groups.setdefault(contacts[place].customer, []).append(answer)
    return clustered_share([(sum(kept), len(kept)) for kept in groups.values()], level)


def _check(contacts: Sequence[Contact], windows: Iterable[float], since: float, until: float) -> None:
    if min(windows, default=0) <= 0:
        raise ValueError("windows are above 0 days")
    check_days((one.day for one in contacts), since, until)


def repeats(
    contacts: Sequence[Contact],
    until: float,
    windows: Sequence[float] = WINDOWS,
    *,
    by_reason: bool = True,
    starts: Sequence[bool] | None = None,
    follows: Sequence[bool] | None = None,
    level: float = 0.95,
) -> tuple[Repeats, ...]:
    """Estimate the share of contacts that the same customer followed by another, for each window.

    A contact at ``day`` is repeated when a later one lies at most ``window`` days after. It counts only when
    ``day + window <= until``: the last days cannot tell yet. Contacts at the same instant keep their order.

    Args:
        contacts: in any order, on any channel.
        until: last day that was observed to its end, in the unit of the contacts' days.
        windows: days, each above 0.
        by_reason: whether only a contact for the same reason repeats another.
        starts: which contacts are looked at (those by oneself, for the limits of self-care); all by default.
        follows: which contacts count as a repeat (those with a person); all by default.
        level: coverage wanted, strictly between 0 and 1.

    Returns:
        One ``Repeats`` a window, in the order given; intervals clustered by customer.

    Raises:
        ValueError: if a window is not above 0, a contact is after ``until``, or lengths differ.

    Source:
        Own definition, printed beside the figure: windows 1, 3, 7, 14 and 30 days, the last ones censored.

    >>> met = [Contact(customer="a", day=0), Contact(customer="a", day=5), Contact(customer="b", day=1)]
    >>> [found.share.n for found in repeats(met, 20, (3, 7, 30))]
    [3, 3, 0]
    >>> repeats(met, 20, (7,))[0].share.estimate
    0.3333333333333333
    """
    _check(contacts, windows, float("-inf"), until)
    size = len(contacts)
    opening, closing = ([True] * size if kept is None else list(kept) for kept in (starts, follows))
    if len(opening) != size or len(closing) != size:
        raise ValueError("one word for each contact: whether it starts, whether it follows")
    waits = _waits(contacts, _chains(contacts, by_reason, by_channel=False), closing)
    unlinked = sum(one.customer is None and opened for one, opened in zip(contacts, opening, strict=True))
    looked = [place for place in waits if opening[place]]
    found = []
    for window in windows:
        known = [place for place in looked if contacts[place].day + window <= until]
        share = _share(contacts, ((place, waits[place] <= window) for place in known), level)
        found.append(
            Repeats(window=window, share=share, censored=len(looked) - len(known), unlinked=unlinked)
        )
    return tuple(found)


def _waits(
    contacts: Sequence[Contact], chains: Iterable[list[int]], closing: Sequence[bool]
) -> dict[int, float]:
    """Days from each contact to the next of its chain that counts; endless without any."""
    waits: dict[int, float] = {}
    for chain in chains:
        following = float("inf")
        for place in reversed(chain):
            day = contacts[place].day
            waits[place] = following - day
            following = day if closing[place] else following
    return waits


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """Share of cases that one contact settled, as silence tells it."""

    window: float
    share: Estimate
    censored: int
    same_channel: bool


def resolution_inferred(
    contacts: Sequence[Contact],
    since: float,
    until: float,
    window: float = 7,
    *,
    same_channel: bool = False,
    level: float = 0.95,
) -> Resolution:
    """Estimate the share of cases that their first contact settled: nothing follows within ``window`` days.

    A case starts with a contact that none of the same customer and reason precedes within ``window`` days.
    On any channel it is « once and done »; on the same channel, « first contact resolution », which says
    less: a call after an unanswered e-mail is a new case. Silence may also be a customer who gave up: see
    ``resolution_calibration``.

    Args:
        contacts: in any order.
        since: first day that was observed.
        until: last day that was observed to its end.
        window: days of silence, above 0.
        same_channel: whether only contacts on one channel make a case.
        level: coverage wanted, strictly between 0 and 1.

    Returns:
        A ``Resolution``: cases that may have started before ``since`` or may go on after ``until`` are
        ``censored``. Intervals clustered by customer.

    Raises:
        ValueError: if the window is not above 0 or a contact leaves the observed days.

    Source:
        Own definition, printed beside the figure: first contact resolution, once and done.

    >>> met = [Contact(customer="a", day=10), Contact(customer="a", day=12), Contact(customer="b", day=11)]
    >>> resolution_inferred(met, 0, 30).share.estimate
    0.5
    """
    _check(contacts, [window], since, until)
    rows, censored = [], 0
    for chain in _chains(contacts, by_reason=True, by_channel=same_channel):
        before = float("-inf")
        for step, place in enumerate(chain):
            day, previous = contacts[place].day, before
            before = day
            if day - previous <= window:
                continue
            if day - window < since or day + window > until:
                censored += 1
                continue
            after = contacts[chain[step + 1]].day if step + 1 < len(chain) else float("inf")
            rows.append((place, after - day > window))
    share = _share(contacts, rows, level)
    return Resolution(window=window, share=share, censored=censored, same_channel=same_channel)
