"""The words of a return as they are kept: what anybody reads of them, and by what they are found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from visavis.people.access.policy import LISTED_VOICES
from visavis.text.personal import blanked, mask
from visavis.text.stems import stems


def written(voice: str, text: str) -> dict[str, str]:
    """The columns of a text that follow from its words, written with it: none ever shows unmasked.

    Args:
        voice: who speaks.
        text: the words, as they came.

    Returns:
        The text, what is shown in its place (empty when it holds nothing personal), and the stems by which it
        is found: none of what is masked, and none for a voice whose texts are not listed to anybody.
    """
    masked = mask(text)
    changed = masked != text
    found = stems(blanked(masked) if changed else text) if voice in LISTED_VOICES else ""
    return {"text": text, "masked_text": masked if changed else "", "stems": found}


#: Column of a text -> column of its return that it copies.
COPIED = {
    name: name
    for name in (
        "voice", "heard_on", "unit_path", "source", "channel_id", "reason_id", "level_id", "product",
        "satisfaction",
    )
} | {"given_moment_id": "moment_id", "ticked": "callback"}  # fmt: skip


def copied(response: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a text that say what its return says: lists and facets ask the text alone.

    Args:
        response: the columns of the return. Whoever writes them again writes these again.
    """
    return {name: response[source] for name, source in COPIED.items()}
