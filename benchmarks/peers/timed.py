"""What each Python engine of the comparison does alike: read a file of texts, score each, say the cost.

Run by the interpreter of ``.venv-peers`` too: nothing of the house is imported here.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

LOT = 256


def run(score: Callable[[Sequence[str]], Sequence[float]]) -> None:
    """Score the texts of the file named first into the file named second, then print the cost as JSON.

    Some hundreds are read at a time, so that the memory told is the engine's and not that of the texts.
    """
    score(["Bonjour, merci."])
    count, spent = 0, 0.0
    with Path(sys.argv[1]).open(encoding="utf-8") as lines, Path(sys.argv[2]).open("w") as out:
        while lot := [json.loads(line) for line in islice(lines, LOT)]:
            began = time.process_time()
            scores = score(lot)
            spent += time.process_time() - began
            out.write("\n" * (count > 0) + "\n".join(map(str, scores)))
            count += len(lot)
    print(json.dumps({"texts": count, "seconds": spent, "kib": _peak()}))


def _peak() -> int:
    """Largest resident memory of this process, in KiB (Linux)."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
