"""Mutuelle Vaubrune: a fictional insurer whose 65 weeks are drawn from one seed and written as files."""

from visavis.demo.vaubrune.build import build
from visavis.demo.vaubrune.oracle import Truth
from visavis.demo.vaubrune.world import Size

__all__ = ["Size", "Truth", "build"]
