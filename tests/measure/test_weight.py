"""A web process starts light."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from visavis import measure

PARTS = sorted(path.stem for path in Path(measure.__file__).parent.glob("[a-z]*.py"))


def test_importing_the_statistics_loads_neither_scipy_nor_numpy() -> None:
    names = ", ".join(f"visavis.measure.{part}" for part in PARTS)
    code = f"import sys, {names}; print(sorted({{'scipy', 'numpy'}} & sys.modules.keys()))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
