"""The people of Vaubrune whom one may become: one a role, with a line on what each sees."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from visavis.core.words import Role
from visavis.demo.vaubrune.world import ROOT


@dataclass(frozen=True, slots=True)
class Member:
    """One of the cast.

    Attributes:
        key: how addresses and forms name them.
        email: the address that signs in; also the one of the person in the organisation, if there is one.
        who: name and job, for a list of sign-ins.
        become: the words of the button.
        sees: one line on what they see.
        grants: role and code of the unit on top.
    """

    key: str
    email: str
    who: str | Promise
    become: str | Promise
    sees: str | Promise
    grants: tuple[tuple[Role, str], ...]


CAST: tuple[Member, ...] = (
    Member(
        "ines",
        "ines.morel@vaubrune.example",
        _("Inès Morel, adviser, Escaut team"),
        _("Become Inès, adviser"),
        _("Her returns to treat, her own markers, and how her exchanges felt."),
        ((Role.ADVISER, "escaut"),),
    ),
    Member(
        "sophie",
        "sophie.lambert@vaubrune.example",
        _("Sophie Lambert, team manager, Escaut team"),
        _("Become Sophie, team manager"),
        _("What customers say to her team, what waits, whom to accompany."),
        ((Role.MANAGER, "escaut"),),
    ),
    Member(
        "karim",
        "karim.haddad@vaubrune.example",
        _("Karim Haddad, head of the Roubaix centre"),
        _("Become Karim, head of a centre"),
        _("The month, the day and the teams of his centre, and of no other."),
        ((Role.DIRECTION, "roubaix"), (Role.MANAGER, "roubaix")),
    ),
    Member(
        "claire",
        "claire.vasseur@vaubrune.example",
        _("Claire Vasseur, head of customer experience"),
        _("Become Claire, head of customer experience"),
        _("The monthly report of the whole company, and the texts behind it."),
        ((Role.DIRECTION, ROOT),),
    ),
    Member(
        "thomas",
        "thomas.guerin@vaubrune.example",
        _("Thomas Guérin, quality"),
        _("Become Thomas, quality"),
        _("The file of the day, every return, the readings to correct, the imports."),
        ((Role.QUALITY, ROOT),),
    ),
    Member(
        "nadia",
        "nadia.benali@vaubrune.example",
        _("Nadia Benali, human resources"),
        _("Become Nadia, human resources"),
        _("Figures of the company and of its teams, no return one by one."),
        ((Role.HR, ROOT),),
    ),
    Member(
        "yann",
        "yann.le.goff@vaubrune.example",
        _("Yann Le Goff, administrator"),
        _("Become Yann, administrator"),
        _("What is installed and what comes in; nothing of what was said."),
        ((Role.ADMIN, ROOT),),
    ),
    Member(
        "cse",
        "cse@vaubrune.example",
        _("Works council, reader"),
        _("Become the works council, reader"),
        _("The figures of the report, without any text."),
        ((Role.READER, ROOT),),
    ),
    Member(
        "paul",
        "paul.renaud@vaubrune.example",
        _("Paul Renaud, data protection officer"),
        _("Become Paul, data protection officer"),
        _("The registers, the notices, and the requests of people about their own data."),
        ((Role.DPO, ROOT),),
    ),
)

BY_KEY = {member.key: member for member in CAST}
