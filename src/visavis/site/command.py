"""The ``visavis`` command: every gesture of the operator, each a management command of its room."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run ``visavis COMMAND …``."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "visavis.site.settings")
    from django.core.management import ManagementUtility

    utility = ManagementUtility(sys.argv)
    utility.prog_name = "visavis"
    utility.execute()


if __name__ == "__main__":
    main()
