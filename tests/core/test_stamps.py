"""Two people at once: what each changed is kept, and where both did the second is told."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visavis.core.stamps import MeanwhileError, field_stamp, merged, seen_stamps, stamps_of

_VALUES = st.sampled_from(["", "a", "b", "c"])
_FACTS = st.fixed_dictionaries({"name": _VALUES, "kind": _VALUES})


@given(shown=_FACTS, first=_FACTS, second=_FACTS)
def test_whatever_two_people_change_nothing_is_lost_untold(
    shown: dict[str, str], first: dict[str, str], second: dict[str, str]
) -> None:
    seen = stamps_of(shown)
    now: dict[str, Any] = merged(first, now=shown, seen=seen)
    assert now == first
    clashing = {name for name in shown if len({shown[name], first[name], second[name]}) == 3}
    if clashing:
        with pytest.raises(MeanwhileError) as told:
            merged(second, now=now, seen=seen)
        assert (set(told.value.names), told.value.now) == (clashing, first)
    else:
        kept = {name: second[name] if second[name] != shown[name] else first[name] for name in shown}
        assert merged(second, now=now, seen=seen) == kept


def test_what_was_shown_nowhere_never_takes_the_place_of_what_is_there() -> None:
    with pytest.raises(MeanwhileError):
        merged({"name": "b"}, now={"name": "a"}, seen="")
    assert merged({"name": "a"}, now={"name": "a"}, seen="") == {"name": "a"}


def test_a_gesture_without_a_screen_writes_as_told() -> None:
    assert merged({"name": "b"}, now={"name": "a"}, seen=None) == {"name": "b"}


def test_a_browser_that_sends_a_text_back_changes_nothing() -> None:
    assert field_stamp("one\ntwo\n") == field_stamp("one\r\ntwo")
    assert field_stamp(["a"]) == field_stamp(("a",))
    assert field_stamp(None) != field_stamp("x")


@given(st.text())
def test_any_hidden_field_is_read_without_failing(typed: str) -> None:
    assert isinstance(seen_stamps(typed), dict)
