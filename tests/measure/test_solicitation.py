"""Nobody is asked too often, and each answer stands for the contacts passed over."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visavis.measure.solicitation import quarantine, quarantine_weights

CONTACTS = st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 200)), max_size=60).map(
    lambda rows: sorted(rows, key=lambda row: row[1])
)
RULE = (st.integers(0, 60), st.integers(1, 3), st.integers(1, 120))


@given(CONTACTS, *RULE)
def test_nobody_is_asked_too_soon_nor_too_often(
    contacts: list[tuple[str, int]], days: int, cap: int, window: int
) -> None:
    asked = [contacts[place] for place in quarantine(contacts, days, cap, window).solicited]
    for who in "abc":
        at = [day for name, day in asked if name == who]
        assert all(after - before >= days for before, after in pairwise(at))
        assert all(sum(day - window < other <= day for other in at) <= cap for day in at)
    again = quarantine(asked, days, cap, window).solicited
    assert again == tuple(range(len(asked)))


@given(CONTACTS, *RULE)
def test_weights_count_every_contact_up_to_the_last_solicitation(
    contacts: list[tuple[str, int]], days: int, cap: int, window: int
) -> None:
    places = quarantine(contacts, days, cap, window).solicited
    last = {contacts[place][0]: place for place in places}
    covered = sum(place <= last.get(who, -1) for place, (who, _) in enumerate(contacts))
    weights = quarantine_weights(contacts, places).weights
    assert sum(weights) == covered
    assert min(weights, default=1) >= 1


def test_contacts_out_of_order_and_impossible_rules_are_refused() -> None:
    with pytest.raises(ValueError, match="time order"):
        quarantine([("a", 3), ("a", 1)], 30, 2, 90)
    with pytest.raises(ValueError, match="impossible rule"):
        quarantine([("a", 3)], 30, 0, 90)
    for places in ([1], [0, 0]):
        with pytest.raises(ValueError, match="places of contacts"):
            quarantine_weights([("a", 3)], places)
