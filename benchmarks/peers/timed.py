"""What each Python engine of the comparison does alike: read a file of texts, score each, say the cost.

Run by the interpreter of ``.venv-peers`` too: nothing of the house is imported here.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

LOT = 256


def run(score: Callable[[Sequence[str]], Sequence[float]]) -> None:
    """Score the texts of the file named first into the file named second, then print the cost as JSON."""
    texts = [json.loads(line) for line in Path(sys.argv[1]).read_text("utf-8").splitlines()]
    score(["Bonjour, merci."])
    scores: list[float] = []
    began = time.process_time()
    for first in range(0, len(texts), LOT):
        scores += score(texts[first : first + LOT])
    spent = time.process_time() - began
    Path(sys.argv[2]).write_text("\n".join(map(str, scores)), "utf-8")
    print(json.dumps({"texts": len(texts), "seconds": spent, "kib": _peak()}))


def _peak() -> int:
    """Largest resident memory of this process, in KiB (Linux)."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
