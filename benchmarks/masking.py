"""How much of what is personal ``visavis.text.personal`` hides, and how fast.

    python benchmarks/masking.py [--data FOLDER]

Names come from public lists (Faker, gender-guesser: development only), numbers carry their keys. Names and
sentences are cut in two halves by their hash: "chosen" is what choices were made on, "kept" never was.
Real texts, if there are any, say how many are touched and how many pass in a second.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.text.masking.cases import Case, half, names, shapes
from tests.text.masking.scores import Score, score
from tests.text.masking.sentences import CLEAN
from visavis.text.personal import mask

NUMBER = 5400


def shown(title: str, told: Score) -> None:
    """One line a set, then one a kind."""
    print(
        f"{title:28} {sum(told.found.values())} of {sum(told.asked.values())}, precision {told.precision:.3f}"
    )
    for kind, asked in told.asked.items():
        print(f"  {kind:26} {told.found[kind] / asked:.3f} (n = {asked})")


def real(folder: Path) -> None:
    """Texts of customers: how many are touched, in each half, and how many are masked in a second."""
    with (folder / "real" / "avis-assurance.csv").open(encoding="utf-8-sig", newline="") as file:
        texts = [row["avis"] for row in csv.DictReader(file, delimiter=";") if row["avis"]]
    mask(texts[0])
    start = time.process_time()
    masked = [mask(text) for text in texts]
    spent = time.process_time() - start
    print(f"real texts: {len(texts) / spent:,.0f} a second of one core")
    for side, name in enumerate(("chosen", "kept")):
        pairs = [pair for pair in zip(texts, masked, strict=True) if half(pair[0]) == side]
        print(f"  {name}: {sum(a != b for a, b in pairs) / len(pairs):.4f} touched (n = {len(pairs)})")


def main() -> None:
    """Print it all."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--data", type=Path)
    folder: Path | None = asked.parse_args().data
    for side, name in enumerate(("chosen", "kept")):
        shown(f"names, {name}", score(names(side, NUMBER)))
        shown(f"shapes, {name}", score(shapes(side, NUMBER)))
    traps = score(Case(sentence, 0, 0, "") for sentence in CLEAN)
    print(f"sentences without anybody: {len({text for text, _ in traps.wrong})} of {len(CLEAN)} touched")
    if folder:
        real(folder)


if __name__ == "__main__":
    main()
