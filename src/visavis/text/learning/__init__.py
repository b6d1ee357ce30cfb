"""Learning from corrections: what a company's own readers teach the engine about its own customers' words.

``propose`` says which texts are worth a person's minute, ``surroundings`` finds what the company's other
texts mean, ``adapt`` turns answers into an ``Adaptation``, ``read(..., tone=adaptation)`` uses it,
``calibration_error`` checks that its chances keep their word. Importing this is cheap.
"""

from __future__ import annotations

from visavis.measure.calibration import calibration_error
from visavis.text.learning.adaptation import Adaptation, AdaptationError
from visavis.text.learning.around import Around, surroundings
from visavis.text.learning.corrections import adapt
from visavis.text.learning.queue import Proposal, propose

__all__ = [
    "Adaptation",
    "AdaptationError",
    "Around",
    "Proposal",
    "adapt",
    "calibration_error",
    "propose",
    "surroundings",
]
