"""The truth behind the files: what was planted and what it became in this draw. The product never reads it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from visavis.demo.vaubrune.plan import as_dict
from visavis.demo.vaubrune.story import Story


@dataclass(frozen=True, slots=True)
class Truth:
    """Planted parameters, realised values, counts."""

    seed: int
    size: str
    null: bool
    planted: dict[str, object]
    realised: dict[str, object]
    counts: dict[str, int]


def truth(story: Story) -> Truth:
    counts = {
        "contacts": len(story.seen),
        "returns": len(story.told.contact),
        "verbatims": sum(text.words is not None for text in story.texts),
        "feelings": len(story.lived.contact),
        "barometer": len(story.said.wave),
    }
    return Truth(story.seed, str(story.size), story.null, as_dict(story.planted), {}, counts)


def write_truth(path: Path, known: Truth) -> None:
    data = {name: getattr(known, name) for name in Truth.__dataclass_fields__}
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")


def lines(story: Story) -> dict[str, object]:
    texts = [text for text in story.texts if text.words is not None]
    return {"words": pa.array([text.words for text in texts])}
