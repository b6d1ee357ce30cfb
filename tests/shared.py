"""Data of others beside the checkout: read when there, never copied."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NoReturn

import pytest

SHARED = Path(__file__).parents[2] / "shared"
#: Set where everything must be there (CI): a test that would skip fails.
REFUSE_SKIPS = os.environ.get("VISAVIS_REFUSE_SKIPS") == "1"


def skip(reason: str) -> NoReturn:
    """Skip the test in progress for a reason that is printed; where all must be there, fail."""
    if REFUSE_SKIPS:
        pytest.fail(f"would have been skipped: {reason}", pytrace=False)
    pytest.skip(reason)


def shared_path(*parts: str) -> Path:
    """The path of something in ``../shared``; the test is skipped, with its reason, where it is absent."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        skip(f"../shared/{'/'.join(parts)} is not on this machine")
    return path
