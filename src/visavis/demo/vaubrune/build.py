"""Builds the company: draws everything in order, writes the files, then the oracle beside them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from visavis.demo.vaubrune import extras, tables, training
from visavis.demo.vaubrune.events import events
from visavis.demo.vaubrune.files import dates, write_csv, write_parquet
from visavis.demo.vaubrune.oracle import Truth, lines, truth, write_truth
from visavis.demo.vaubrune.story import Story, tell
from visavis.demo.vaubrune.world import DAYS, Size

Progress = Callable[[str, float], None]


def build(
    folder: Path,
    *,
    size: Size,
    seed: int = 5,
    null: bool = False,
    progress: Progress = lambda _step, _share: None,
) -> Truth:
    """Write Mutuelle Vaubrune into a folder: the files a company would export, and the truth behind them.

    Args:
        folder: where the files go; created if absent, files of the same names replaced.
        size: how many contacts are kept.
        seed: the same seed gives the same bytes.
        null: plant no link and no effect.
        progress: told the step that begins and the share done, 0 to 1.

    Returns:
        The planted parameters and what they became in this draw; also written as ``verite.json``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    story = tell(seed, size, null=null, progress=progress)
    progress("write", 0.8)
    _write_imports(folder, story)
    _write_extras(folder, story)
    progress("truth", 0.95)
    known = truth(story)
    write_truth(folder / "verite.json", known)
    write_parquet(folder / "verite_lignes.parquet", lines(story))
    progress("done", 1.0)
    return known


def _write_imports(folder: Path, story: Story) -> None:
    write_csv(folder / "organisation.csv", tables.organisation(story.crew))
    write_csv(folder / "contacts.csv", tables.contacts(story.crew, story.seen))
    write_csv(
        folder / "returns.csv",
        tables.returns(story.seen, story.told, story.product, [text.words for text in story.texts]),
    )
    write_csv(folder / "barometer.csv", tables.barometer(story.said, [text.words for text in story.comments]))
    write_csv(
        folder / "feelings.csv",
        tables.feelings(story.crew, story.seen, story.lived, [text.words for text in story.words]),
    )
    write_csv(folder / "events.csv", events(story.planted))


def _write_extras(folder: Path, story: Story) -> None:
    dice, planted, crew = story.dice, story.planted, story.crew
    trained = training.rows(crew, story.clarity)
    day = np.array(trained.pop("day"))
    write_csv(folder / "training.csv", {**trained, "trained_on": dates(day, empty_after=DAYS - 1)})
    write_csv(folder / "profiles.csv", story.profiles)
    write_csv(folder / "mirror.csv", extras.mirror(dice, planted))
    write_csv(folder / "planning.csv", extras.planning(dice, planted, crew))
    write_csv(folder / "routines.csv", extras.routines(dice, crew, story.adherence))
    write_csv(folder / "help.csv", extras.mutual_help(dice, planted, story.size.per_adviser))
