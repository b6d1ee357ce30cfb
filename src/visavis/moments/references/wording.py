"""What the screens say of published versions."""

from __future__ import annotations

from django.utils.translation import gettext as _

from visavis.core.languages import say
from visavis.moments.references.services import SECTORS, starter

_STARTER = "starter: "


def spoken_reason(reason: str, language: str) -> str:
    """Why a version was published, in words: the code of a model is said by the model's name."""
    sector = reason.removeprefix(_STARTER)
    if sector == reason or sector not in SECTORS:
        return reason
    return _("Start from the model “%(sector)s”") % {"sector": say(starter(sector)["name"], language)}
