"""``visavis demo``: builds Mutuelle Vaubrune, the invented company, in an instance that holds nothing."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from visavis.core.periods import spoken_day
from visavis.demo import building, instances
from visavis.demo.cast import CAST
from visavis.demo.loading import UnfitFileError
from visavis.demo.marks import BUILDING, READY, Mark, Wish
from visavis.demo.stages import Stages
from visavis.demo.vaubrune import Size
from visavis.demo.vaubrune.world import TODAY
from visavis.measure import figures


class Command(BaseCommand):
    help = "Build Mutuelle Vaubrune, the invented company, in an instance that holds nothing."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--size", choices=[size.value for size in Size], default=Size.SMALL.value)
        parser.add_argument("--seed", type=int, default=5, help="the same seed gives the same company")
        parser.add_argument("--null", action="store_true", help="plant no link and no effect")
        parser.add_argument("--again", action="store_true", help="take the demo away and build it anew")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Build the demo, finish one that was interrupted, or say that it stands.

        Raises:
            CommandError: if the instance holds something that the demo did not make.
        """
        self.stderr.style_func = str
        wish = Wish(Size(options["size"]), options["seed"], options["null"])
        with translation.override(settings.LANGUAGE_CODE):
            self._build(settings.INSTANCE.folder, wish, again=options["again"])

    def _build(self, folder: Path, wish: Wish, *, again: bool) -> None:
        ready = Mark.read(folder / READY)
        if ready and not again:
            self._stands(ready, wish)
            return
        mark = self._claim(folder, wish, ready or Mark.read(folder / BUILDING), again=again)
        call_command("migrate", interactive=False, verbosity=0)
        if not mark.emptied:
            instances.empty(folder)
            mark.emptied = True
            mark.write_building(folder)
        try:
            building.build(folder, mark, Stages(building.stage_count(), self.stderr))
        except UnfitFileError as problem:
            raise CommandError(str(problem)) from problem
        self._tell(folder, mark)

    def _stands(self, ready: Mark, wish: Wish) -> None:
        if ready.wish != wish:
            raise CommandError(
                _("Another Vaubrune stands here (%(size)s, seed %(seed)s). To replace it: %(command)s")
                % {
                    "size": ready.wish.size,
                    "seed": ready.wish.seed,
                    "command": "visavis demo --again",
                }
            )
        self.stdout.write(_("The demo is ready: start it with “visavis run”."))

    def _claim(self, folder: Path, wish: Wish, found: Mark | None, *, again: bool) -> Mark:
        """Mark the instance as being built, after checking that nothing of somebody else's is in it."""
        problem = instances.strangers(found) if found else ""
        if problem or (found is None and instances.holds_anything()):
            refusal = _("This instance already holds something: the demo leaves it as it is.")
            other = _("Choose another folder: %(example)s") % {"example": "VISAVIS_DATA=… visavis demo"}
            raise CommandError(" ".join(filter(None, [refusal, problem, other])))
        if found and found.wish == wish and not again:
            self.stderr.write(_("Finishing a building that was interrupted."))
            return found
        mark = Mark(wish, emptied=found is None)
        mark.write_building(folder)
        return mark

    def _tell(self, folder: Path, mark: Mark) -> None:
        words = {
            name: figures.number(count, settings.LANGUAGE_CODE) for name, count in building.counts().items()
        }
        write = self.stdout.write
        write(self.style.SUCCESS(_("\nMutuelle Vaubrune is ready.")))
        write(
            _(
                "%(units)s units, %(people)s people, %(exchanges)s exchanges, %(returns)s returns, "
                "%(texts)s texts."
            )
            % words
        )
        day = spoken_day(TODAY, settings.LANGUAGE_CODE, weekday=True)
        write(
            _("Its day is %(day)s. Its files: %(folder)s") % {"day": day, "folder": folder / instances.FILES}
        )
        write(_("\nStart it with “visavis run”. One may become, in one click or by signing in:"))
        width = max(len(member.email) for member in CAST)
        for member in CAST:
            write(f"  {member.email:<{width}}  {member.who}")
        write(_("Password of all of them: %(password)s") % {"password": mark.password})
