"""A second opinion on the least certain texts: slow, better, for jobs; extra ``visavis[precision]``.

``available`` says whether the extra is installed; without it the rest raises ``PrecisionMissingError``.
Importing this is cheap.
"""

from __future__ import annotations

from visavis.text.precision.opinion import distil, reconsider, second_opinion
from visavis.text.precision.vectors import PrecisionMissingError, available

__all__ = ["PrecisionMissingError", "available", "distil", "reconsider", "second_opinion"]
