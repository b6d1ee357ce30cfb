"""A return as cells of a table: the same columns in every file that tells returns one by one."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from visavis.listen.returns.models import Response
from visavis.web.downloads import Cell

#: What ``facts`` tells.
FACTS = (
    _("Day"), _("Time"), _("Unit code"), _("Unit"), _("Source"), _("Channel"), _("Reason"), _("Level"),
    _("Moment"), _("Product"), _("Satisfaction (1 to 5)"), _("Recommendation (0 to 10)"),
    _("Asks to be called back"),
)  # fmt: skip


def yes(fact: bool) -> str:
    """Yes or no, as a word."""
    return gettext("yes") if fact else gettext("no")


def facts(said: Response) -> list[Cell]:
    """When, where, by what way and about what somebody answered, and the marks that were given.

    Args:
        said: the return, with its unit and the lists that describe it.

    Returns:
        A cell for each of ``FACTS``.
    """
    named = (said.channel, said.reason, said.level, said.moment)
    return [
        said.heard_on,
        f"{timezone.localtime(said.heard_at):%H:%M}" if said.heard_at else "",
        said.unit.code,
        said.unit.name,
        said.get_source_display(),
        *(one.label if one else "" for one in named),
        said.product,
        said.satisfaction,
        said.recommendation,
        yes(said.callback),
    ]
