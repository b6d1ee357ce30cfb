"""``visavis doctor``: do the six invariants hold?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import ngettext

from visavis.site.backups.invariants import NAMES, invariants


class Command(BaseCommand):
    help = "Check what must hold after any fault: figures against rows, gestures against their trace."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002  Django's signature
        """Print a line an invariant, and what breaks it.

        Raises:
            CommandError: if one does not hold.
        """
        found = invariants()
        for name, says in NAMES.items():
            broken = [breach.told for breach in found if breach.invariant == name]
            self.stdout.write(f"{name}  {'✗' if broken else '✓'}  {says}")
            for told in broken:
                self.stdout.write(f"      {told}")
        if found:
            told = ngettext("%(number)s thing does not hold.", "%(number)s things do not hold.", len(found))
            raise CommandError(told % {"number": len(found)})
