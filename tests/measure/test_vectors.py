"""The shared vectors: every value computed by two independent routes before it was kept."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.shared import shared_path

HERE = Path(__file__).parent
HOUSE = HERE.parents[1]


def test_the_shared_vectors_pass() -> None:
    command = [
        sys.executable,
        str(shared_path("tools", "run_vectors.py")),
        "adapter",
        str(shared_path("data", "measurement", "vectors.json")),
    ]
    paths = {"PYTHONPATH": os.pathsep.join((str(HERE), str(HOUSE / "src")))}
    run = subprocess.run(command, env=os.environ | paths, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    passed = re.search(r"(\d+) passed", run.stdout)
    assert passed is not None
    assert int(passed[1]) >= 118


def test_the_adapter_stays_a_list_of_calls() -> None:
    assert len((HERE / "adapter.py").read_text(encoding="utf-8").splitlines()) <= 40
