"""``visavis learn``: what the worker does at night, from the command line."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from visavis.people.access.clock import now, today
from visavis.text.precision import PrecisionMissingError
from visavis.understand.learning import distilling, jobs
from visavis.understand.learning.models import Fit
from visavis.understand.learning.told import model_words, why_words


class Command(BaseCommand):
    help = "Learn from what people said of the readings, publish what passes its test, read again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--distil",
            action="store_true",
            help="let the larger model of the extra 'precision' teach the tone of your own texts",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Draw, learn, then read again what that asks for."""
        with translation.override(settings.LANGUAGE_CODE):
            fits = self._distil() if options["distil"] else jobs.learn_all(at=now())
            for fit in fits:
                self.stdout.write(self._line(fit))
            if not fits:
                self.stdout.write(_("Nothing new to learn from."))
            done = jobs.sweep(at=now(), today=today())
            self.stdout.write(
                _("Texts drawn: %(drawn)s. Read again: %(reread)s. Looked at twice: %(second)s.") % done
            )

    def _distil(self) -> list[Fit]:
        try:
            return distilling.distil_tones(at=now())
        except PrecisionMissingError as missing:
            raise CommandError(
                _("The extra is not installed: pip install 'visavis[precision]'.")
            ) from missing

    def _line(self, fit: Fit) -> str:
        words = {
            "kind": fit.get_kind_display(),
            "voice": fit.get_voice_display(),
            "name": model_words(fit),
            "why": why_words(fit, settings.LANGUAGE_CODE),
        }
        return _("%(kind)s (%(voice)s), %(name)s. %(why)s") % words
