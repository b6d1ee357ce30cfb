"""``visavis keys``: which keys there are; a new one; the old ones forgotten."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visavis.people.access.viewer import system
from visavis.people.accounts.sealed import UnreadableError, seal_again
from visavis.site import keyring
from visavis.site.options import KEY_FILES, instance


class Command(BaseCommand):
    help = "List the keys of the instance, draw a new one (--renew), forget the older ones (--forget)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare what the command takes."""
        group = parser.add_mutually_exclusive_group()
        group.add_argument(
            "--renew", choices=sorted(KEY_FILES), help="draw a new key; older ones are read on"
        )
        group.add_argument("--forget", choices=sorted(KEY_FILES), help="forget the older keys")

    def handle(self, **asked: Any) -> None:
        """Do what is asked, then list the keys.

        Raises:
            CommandError: if a secret cannot be read: nothing is forgotten then.
        """
        for draw in (instance().secret_keys, instance().sealing_keys):
            draw()  # if it never was
        try:
            self._renew(asked["renew"])
            self._forget(asked["forget"])
        except UnreadableError as problem:
            raise CommandError(
                _("a second step was sealed under a key that is gone: its owner must set it again")
            ) from problem
        for name in sorted(KEY_FILES):
            count = len(keyring.keys_in(_file(name)))
            told = ngettext("%(name)s: %(number)s key", "%(name)s: %(number)s keys", count)
            self.stdout.write(told % {"name": name, "number": count})

    def _renew(self, name: str | None) -> None:
        if not name:
            return
        keyring.renew(_file(name))
        if name == "sealing":
            seal_again(by=system())
        self.stdout.write(_("A new key is in use. Start the processes again, then --forget the older ones."))

    def _forget(self, name: str | None) -> None:
        if not name:
            return
        if name == "sealing":
            seal_again(by=system())
        number = keyring.forget_old(_file(name))
        told = ngettext("%(number)s older key is forgotten.", "%(number)s older keys are forgotten.", number)
        self.stdout.write(told % {"number": number})


def _file(name: str) -> Path:
    return instance().folder / KEY_FILES[name]
