"""The queue of texts to read: mostly doubtful, some at random, each once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visavis.text.learning import propose

certainties = st.lists(st.floats(0, 1), max_size=60)


@given(certainties, st.integers(0, 80), st.integers())
def test_each_text_comes_up_once_and_as_many_as_asked(sure: list[float], size: int, seed: int) -> None:
    places = [proposal.place for proposal in propose(sure, size, seed)]
    assert len(set(places)) == len(places) == min(size, len(sure))
    assert set(places) <= set(range(len(sure)))


@given(certainties, st.integers(0, 80), st.integers())
def test_three_in_ten_are_random_and_the_others_the_most_doubtful(
    sure: list[float], size: int, seed: int
) -> None:
    queue = propose(sure, size, seed)
    chosen = {proposal.place for proposal in queue}
    doubtful = [sure[proposal.place] for proposal in queue if not proposal.at_random]
    assert len(queue) - len(doubtful) == round(0.3 * len(queue))
    left = [one for place, one in enumerate(sure) if place not in chosen]
    assert max(doubtful, default=0) <= min(left, default=1)


def test_the_same_seed_gives_the_same_queue_and_another_another() -> None:
    sure = [place / 1000 for place in range(1000)]
    assert propose(sure, 50, seed=1) == propose(sure, 50, seed=1)
    assert propose(sure, 50, seed=1) != propose(sure, 50, seed=2)


def test_the_random_part_is_a_fair_sample_of_everything() -> None:
    sure = [place / 100 for place in range(100)]
    drawn = [one.place for seed in range(400) for one in propose(sure, 10, seed) if one.at_random]
    assert sum(drawn) / len(drawn) == pytest.approx(49.5, abs=3)
    assert any(place < 7 for place in drawn)


def test_the_order_does_not_tell_who_was_drawn() -> None:
    firsts = [propose([0.5] * 100, 10, seed)[0].at_random for seed in range(200)]
    assert 0.15 < sum(firsts) / len(firsts) < 0.45


def test_the_same_words_come_up_once() -> None:
    texts = ["Très bien", "tres BIEN", "Très mal", "Très bien"]
    queue = propose([0.5, 0.6, 0.7, 0.5], 4, seed=1, texts=texts)
    assert sorted(texts[one.place].lower()[-4:] for one in queue) == [" mal", "bien"]


@pytest.mark.parametrize(("size", "texts"), [(-1, None), (1, ["a", "b"])])
def test_an_impossible_queue_is_refused(size: int, texts: list[str] | None) -> None:
    with pytest.raises(ValueError, match="impossible queue"):
        propose([0.5], size, seed=1, texts=texts)
