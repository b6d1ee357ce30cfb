"""The register of models, as a part of the documents."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from visavis.draw.pages.documents import Part
from visavis.draw.paper import Table
from visavis.share.law.documents.live import Live
from visavis.share.law.models_in_use import Entry


def models_part(live: Live) -> Part:
    """One line a model: what for, its state, its errors."""
    header = (_("Model"), _("For what, and not for what"), _("State"), _("Measured"))
    rows = tuple((str(one.card.name), str(one.card.purpose), state(one), errors(one)) for one in live.models)
    said = _("No external processor reads any text: every model runs on the company’s own machine.")
    return Part(_("Models in use"), (said,), table=Table(header, rows))


def state(one: Entry) -> str:
    """Whether a model reads, in words."""
    if one.on is None:
        return _("always on")
    if not one.installed:
        return _("not in use: it is given no text")
    return pgettext("switch", "on") if one.on else pgettext("switch", "off")


def errors(one: Entry) -> str:
    """What is known of its errors, in words."""
    told = [
        f"{each.figure} – {each.what}, {each.where}" if each.figure else each.what for each in one.measured
    ]
    return " ; ".join(told) if told else _("not measured")
