"""The truth behind the files: what was planted, what it became. The product never reads it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from visavis.demo.vaubrune import realised, spoken, traps
from visavis.demo.vaubrune.extras import ROUTINE_FROM, ROUTINE_TEAMS
from visavis.demo.vaubrune.plan import as_dict
from visavis.demo.vaubrune.story import Story
from visavis.demo.vaubrune.texts import Text
from visavis.demo.vaubrune.world import CODES, TODAY


@dataclass(frozen=True, slots=True)
class Truth:
    """Everything a test may compare with.

    Attributes:
        seed: seed of the draw.
        size: small or demo.
        null: whether nothing was planted.
        today: the day on which the story is told.
        planted: the parameters.
        realised: by effect (E1…E13, T1…T7, others), its value computed on the drawn rows.
        counts: rows of each kind.
    """

    seed: int
    size: str
    null: bool
    today: str
    planted: dict[str, object]
    realised: dict[str, object]
    counts: dict[str, int]


def truth(story: Story) -> Truth:
    """Gather the planted parameters and what they became."""
    return Truth(
        seed=story.seed,
        size=str(story.size),
        null=story.null,
        today=TODAY.isoformat(),
        planted=as_dict(story.planted),
        realised=_realised(story),
        counts=_counts(story),
    )


def _counts(story: Story) -> dict[str, int]:
    return {
        "contacts": len(story.seen),
        "returns": len(story.told.contact),
        "verbatims": sum(text.words is not None for text in story.texts),
        "feelings": len(story.lived.contact),
        "words": sum(text.words is not None for text in story.words),
        "pairs": len(np.intersect1d(story.told.contact, story.lived.contact)),
        "barometer": len(story.said.wave),
        "barometer_invited": int(story.said.invited.sum()),
        "comments": sum(text.words is not None for text in story.comments),
    }


def _realised(story: Story) -> dict[str, object]:
    marks = realised.marks_of(story)
    schedules, pilot = realised.schedules(story, marks), realised.pilot(story, marks)
    trapped, trained = traps.traps(story, marks), spoken.training(story, marks)
    return {
        "E1": realised.links(story, marks),
        "E2": realised.server(story, marks),
        "E3": schedules["E3_climate"],
        "E4": {"points": schedules["E4_points"], "note": schedules["E4_note"]},
        "E5": {"lag_weeks": schedules["E5_lag_weeks"]},
        "E6": pilot["E6_climate"],
        "E7": {name: value for name, value in pilot.items() if name != "E6_climate"},
        "E8_E9_E10": realised.pairs(story),
        "E11": spoken.who_says_first(story),
        "E12": trained,
        "E13": spoken.logics(story),
        "T1": trapped["T1_naive_points"],
        "T2": traps.november(marks),
        "T3": trapped["T3_chat"],
        "T4": trained["T4_waiting_gain"],
        "T5": {"from_week": ROUTINE_FROM, "adherence": {
            code: round(float(story.adherence[CODES.index(code)].max()), 2) for code in ROUTINE_TEAMS
        }},
        "T6": spoken.masking(story),
        "T7": {name: value for name, value in trapped.items() if name.startswith("T7")},
        "facing_themes": spoken.facing_themes(story),
        "intensity": spoken.intensity(story),
        "writing": spoken.writing(story),
        "other_files": spoken.other_files(story),
        "satisfied_points": round(100 * float(marks.satisfied.mean()), 2),
    }  # fmt: skip


def write_truth(path: Path, known: Truth) -> None:
    """Write ``verite.json``."""
    path.write_text(json.dumps(asdict(known), ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")


def lines(story: Story) -> dict[str, object]:
    """Text by text: which file, which row, and what was meant.

    ``row`` is the number of the return (« R000001 » is 1) for returns, and the place of the line in the file,
    from 1, for feelings and for the barometer.
    """
    place = np.empty(len(story.told.answered), dtype=np.int64)
    place[np.argsort(story.told.answered, kind="stable")] = np.arange(len(place)) + 1
    kinds = (
        ("return", story.texts, place),
        ("feeling", story.words, np.arange(len(story.words)) + 1),
        ("barometer", story.comments, np.arange(len(story.comments)) + 1),
    )
    kept: list[tuple[str, int, Text]] = [
        (kind, int(row), text)
        for kind, texts, rows in kinds
        for text, row in zip(texts, rows.tolist(), strict=True)
        if text.words is not None
    ]
    return {
        "file": pa.array([kind for kind, _, _ in kept]),
        "row": pa.array([row for _, row, _ in kept]),
        "themes": pa.array(
            [[code for code, _ in text.opinions] for _, _, text in kept], pa.list_(pa.string())
        ),
        "polarities": pa.array(
            [[side for _, side in text.opinions] for _, _, text in kept], pa.list_(pa.string())
        ),
        "polarity": pa.array([text.polarity for _, _, text in kept]),
        "intensity": pa.array([text.intensity for _, _, text in kept], pa.int8()),
        "flags": pa.array([list(text.flags) for _, _, text in kept], pa.list_(pa.string())),
        "personal": pa.array([list(text.personal) for _, _, text in kept], pa.list_(pa.string())),
        "style": pa.array([text.style for _, _, text in kept]),
    }
