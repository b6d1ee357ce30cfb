"""``visavis account ADDRESS --role ROLE``: open an account, or give it one more role."""

from __future__ import annotations

import sys
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from visavis.core.words import Role
from visavis.people.access.clock import today
from visavis.people.access.services import grant_role
from visavis.people.access.viewer import system
from visavis.people.accounts.models import Account
from visavis.people.accounts.services import open_account
from visavis.people.persons.models import Person
from visavis.people.units.models import Unit
from visavis.people.units.services import ensure_company


class Command(BaseCommand):
    """Open an account and give it a role on a branch of the organisation."""

    help = "Open an account and give it a role. The password is drawn and shown once, or read from stdin."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare what the command takes."""
        parser.add_argument("email", help="address that signs in")
        parser.add_argument("--role", required=True, choices=[role.value for role in Role])
        parser.add_argument("--unit", default="", help="code of the unit on top; default: the company")
        parser.add_argument("--company", default="", help="name of the company, in an instance without one")
        parser.add_argument("--person", default="", help="staff code of the person behind the account")
        parser.add_argument(
            "--password-stdin", action="store_true", help="read the password from standard input"
        )

    @transaction.atomic
    def handle(self, **options: Any) -> None:
        """Open the account if it is new, then grant the role."""
        top = self._top(options)
        account = Account.objects.filter(email=options["email"].lower()).first()
        if account is None:
            account = self._open(options)
        grant_role(by=system(), account=account, role=Role(options["role"]), unit=top, today=today())
        self.stdout.write(_("%(email)s is now %(role)s on %(unit)s.") % _words(account, options["role"], top))

    def _top(self, options: dict[str, Any]) -> Unit:
        """The unit of the grant; an empty instance first gets its root, so that somebody can sign in."""
        if not options["unit"]:
            return ensure_company(by=system(), name=options["company"])
        top = Unit.objects.filter(code=options["unit"]).order_by("pk").first()
        if top is None:
            raise CommandError(_("There is no such unit. Import the organisation first, or check its code."))
        return top

    def _open(self, options: dict[str, Any]) -> Account:
        person = Person.objects.filter(code=options["person"]).first()
        if options["person"] and person is None:
            raise CommandError(_("Nobody has this staff code."))
        given = sys.stdin.readline().strip() if options["password_stdin"] else ""
        try:
            account, password = open_account(
                by=system(), email=options["email"], today=today(), person=person, password=given
            )
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from problem
        if not given:
            self.stdout.write(_("Password, shown only once: %(password)s") % {"password": password})
        return account


def _words(account: Account, role: str, unit: Unit) -> dict[str, str]:
    return {"email": account.email, "role": role, "unit": unit.name}
