"""``visavis mask``: texts already there, masked as the product masks today."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from visavis.understand.verbatims.masking import mask_again


class Command(BaseCommand):
    help = "Mask personal data again in all texts, after an update that finds more of it."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """A lot at a time; interrupted, it may be run again."""
        last, changed = mask_again()
        number = changed
        while last is not None:
            last, changed = mask_again(after=last)
            number += changed
        told = ngettext(
            "%(number)s text changed; it is read again by itself.",
            "%(number)s texts changed; they are read again by themselves.",
            number,
        )
        self.stdout.write(told % {"number": number})
