"""Learning an adaptation from corrections."""

from __future__ import annotations

from collections.abc import Sequence

from visavis.text.learning.adaptation import Adaptation


def adapt(
    texts: Sequence[str], contents: Sequence[bool], *, language: str, at_random: Sequence[bool] | None = None
) -> Adaptation:
    """Learn from a company's corrections.

    Args:
        texts: customers' texts that a person read, one language.
        contents: whether the author of each is content; leave mixed and neutral texts out.
        language: the language of the texts ("fr", "en").
        at_random: which of them chance chose (``Proposal.at_random``); none given: all.

    Returns:
        An ``Adaptation``, which changes nothing where the corrections prove nothing.

    Raises:
        ValueError: if lengths differ, or there are no weights for the language.
    """
    raise NotImplementedError
