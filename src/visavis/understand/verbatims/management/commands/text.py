"""``visavis text``: what the engine of understanding is made from."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from visavis.web.machine import why


class Command(BaseCommand):
    help = "Train the weights that verbatims are read with, from a folder of data."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        gestures = parser.add_subparsers(dest="gesture", required=True)
        train = gestures.add_parser("train", help="train every language and write one file")
        train.add_argument("--data", type=Path, required=True, help="folder that holds dev_sentiment.parquet")
        train.add_argument("--out", type=Path, required=True, help="file to write (.npz)")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Train."""
        from visavis.text.train import main

        try:
            main(["--data", str(options["data"]), "--out", str(options["out"])])
        except OSError as error:
            raise CommandError(f"{error.filename or error}: {why(error)}", returncode=2) from error
