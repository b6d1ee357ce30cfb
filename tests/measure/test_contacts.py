"""Contacts: reached, clear, repeated, resolved; each by its definition, and unknown when it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visavis.measure.contacts import (
    clarity,
    clustered_share,
    reachability,
    resolution_asked,
    resolution_calibration,
)
from visavis.measure.repeats import WINDOWS, Contact, repeats, resolution_inferred
from visavis.measure.shares import proportion_interval

CONTACTS = st.lists(
    st.builds(
        Contact,
        customer=st.sampled_from(["a", "b", "c", None]),
        day=st.integers(0, 60),
        reason=st.sampled_from(["bill", "claim"]),
        channel=st.sampled_from(["tel", "mail"]),
    ),
    max_size=40,
)
PARTS = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=15).map(
    lambda rows: [(min(row), max(row)) for row in rows]
)


@given(PARTS)
def test_clusters_never_narrow_a_share(parts: list[tuple[int, int]]) -> None:
    found = clustered_share(parts)
    plain = proportion_interval(sum(yes for yes, _ in parts), sum(n for _, n in parts))
    assert (found.estimate, found.n) == (plain.estimate, plain.n)
    assert found.low <= plain.low + 1e-9
    assert found.high >= plain.high - 1e-9


def test_customers_who_all_answer_alike_are_worth_one_answer_each() -> None:
    found = clustered_share([(10, 10), (0, 10)] * 6)
    assert found.n_eff == pytest.approx(11, abs=1)
    with pytest.raises(ValueError, match="0 <= yes"):
        clustered_share([(3, 2)])


@given(CONTACTS, st.booleans(), st.integers(60, 90))
def test_repeats_are_those_that_a_reader_would_count(
    contacts: list[Contact], by_reason: bool, until: int
) -> None:
    for found in repeats(contacts, until, by_reason=by_reason):
        known = said = 0
        for place, one in enumerate(contacts):
            if one.customer is None or one.day + found.window > until:
                continue
            known += 1
            said += any(
                other.customer == one.customer
                and (other.reason == one.reason or not by_reason)
                and (other.day, later) > (one.day, place)
                and other.day - one.day <= found.window
                for later, other in enumerate(contacts)
            )
        assert found.share.n == known
        assert found.share.estimate == (said / known if known else None)
        assert found.unlinked == sum(one.customer is None for one in contacts)
        assert found.censored == len(contacts) - found.unlinked - known


@given(CONTACTS)
def test_longer_windows_hold_more_repeats_of_the_same_contacts(contacts: list[Contact]) -> None:
    shares = [found.share.estimate or 0 for found in repeats(contacts, 200)]
    assert shares == sorted(shares)
    assert len(shares) == len(WINDOWS)


def test_self_care_ends_where_a_person_must_follow() -> None:
    contacts = [
        Contact(customer="a", day=0, channel="site"),
        Contact(customer="a", day=1, channel="site"),
        Contact(customer="a", day=2, channel="tel"),
        Contact(customer="b", day=0, channel="site"),
    ]
    alone = [one.channel == "site" for one in contacts]
    (found,) = repeats(contacts, 30, (1,), starts=alone, follows=[not by for by in alone])
    assert found.share.n == 3
    assert found.share.estimate == pytest.approx(1 / 3)


@given(CONTACTS, st.booleans(), st.integers(1, 14))
def test_resolved_cases_are_those_that_a_reader_would_count(
    contacts: list[Contact], same_channel: bool, window: int
) -> None:
    found = resolution_inferred(contacts, 0, 60, window, same_channel=same_channel)
    cases = resolved = censored = 0
    for place, one in enumerate(contacts):
        alike = [
            (other.day, at)
            for at, other in enumerate(contacts)
            if other.customer == one.customer
            and other.reason == one.reason
            and (other.channel == one.channel or not same_channel)
        ]
        here = (one.day, place)
        if one.customer is None or any(one.day - day <= window for day, at in alike if (day, at) < here):
            continue
        if one.day - window < 0 or one.day + window > 60:
            censored += 1
            continue
        cases += 1
        resolved += not any(day - one.day <= window for day, at in alike if (day, at) > here)
    assert (found.share.n, found.censored) == (cases, censored)
    assert found.share.estimate == (resolved / cases if cases else None)


def test_contacts_outside_the_observed_days_are_refused() -> None:
    met = [Contact(customer="a", day=10)]
    with pytest.raises(ValueError, match="contacts lie"):
        repeats(met, 9)
    with pytest.raises(ValueError, match="contacts lie"):
        resolution_inferred(met, 11, 30)
    with pytest.raises(ValueError, match="above 0 days"):
        repeats(met, 20, (0,))
    with pytest.raises(ValueError, match="one word for each"):
        repeats(met, 20, starts=[])


@given(st.lists(st.tuples(*[st.integers(0, 50)] * 3), max_size=12))
def test_reachability_is_answered_over_what_could_be(days: list[tuple[int, int, int]]) -> None:
    offered = [sum(day) for day in days]
    found = reachability(offered, [yes for yes, _, _ in days], [short for _, short, _ in days])
    could = sum(yes + lost for yes, _, lost in days)
    assert found.share.n == could
    assert found.share.estimate == (found.answered / could if could else None)


def test_more_answered_than_offered_is_refused() -> None:
    with pytest.raises(ValueError, match="each day"):
        reachability([5], [4], [2])
    with pytest.raises(ValueError, match="each day"):
        reachability([5], [-1])


@given(st.lists(st.integers(0, 60), min_size=5, max_size=5))
def test_clarity_says_share_and_mean_together(counts: list[int]) -> None:
    found = clarity(counts)
    assert found.share.n == found.mean.n == sum(counts)
    assert found.mean.estimate == found.share.mean
    assert 1 <= found.mean.low <= found.mean.high <= 5


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 8), st.booleans()), max_size=40))
def test_what_customers_say_meets_what_silence_says(rows: list[tuple[bool, int, bool]]) -> None:
    asked, who, inferred = ([row[place] for row in rows] for place in range(3))
    found = resolution_calibration([bool(a) for a in asked], [bool(i) for i in inferred])
    quiet, repeated = found.said_resolved_when_quiet, found.said_resolved_when_repeated
    assert quiet.n + repeated.n == found.agreement.n == len(rows)
    overall = resolution_asked([bool(a) for a in asked], who)
    said = (quiet.estimate or 0) * quiet.n + (repeated.estimate or 0) * repeated.n
    assert said == pytest.approx((overall.estimate or 0) * overall.n)
