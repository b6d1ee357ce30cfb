"""What waves are called."""

from __future__ import annotations

import datetime as dt
import re

from visavis.core.periods import of_month

#: What the codes of waves start with.
WAVE_CODE = "barometer-"
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")


def wave_name(wave: str) -> dict[str, str]:
    """The name of a wave of the barometer, in each language.

    Args:
        wave: as files call it; a month (``2025-11``) is said in words.
    """
    if not _MONTH.fullmatch(wave):
        return {"fr": f"Baromètre {wave}", "en": f"Barometer {wave}"}
    day = dt.date.fromisoformat(f"{wave}-01")
    return {"fr": f"Baromètre {of_month(day, 'fr')}", "en": f"Barometer of {of_month(day, 'en')}"}
