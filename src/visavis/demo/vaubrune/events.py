"""What happened at Vaubrune, as anybody there would tell it."""

from __future__ import annotations

import datetime as dt

from visavis.demo.vaubrune.plan import Plan
from visavis.demo.vaubrune.world import PILOT, ROOT, WAITING, week_start


def _until(week: int) -> dt.date:
    return week_start(week) - dt.timedelta(days=1)


def events(planted: Plan) -> dict[str, list[object]]:
    """The dated facts of the 65 weeks, one row a unit concerned."""
    p = planted
    storm, storm_over = week_start(p.storm_from), _until(p.storm_until)
    server, server_over = week_start(p.server_from), _until(p.server_until)
    rows: list[tuple[dt.date, dt.date | None, str, str, str, str]] = [
        (storm, storm_over, ROOT, "weather", "Tempête d’automne", "Autumn storm"),
        (week_start(9), week_start(12), ROOT, "staffing", "Renfort d’intérimaires", "Temporary staff"),
        (week_start(10), _until(14), ROOT, "campaign", "Avis d’échéance 2025", "Renewal notices 2025"),
        (server, server_over, ROOT, "launch", "Nouveau serveur vocal", "New voice server"),
        (week_start(p.server_until), None, ROOT, "launch", "Serveur vocal à trois choix",
         "Voice server with three choices"),
        (week_start(p.schedule_from), None, "roubaix", "planning", "Nouveaux horaires tournants",
         "New rotating schedules"),
        (week_start(61), None, ROOT, "campaign", "Avis d’échéance 2026", "Renewal notices 2026"),
    ]  # fmt: skip
    for codes, week, fr, en in (
        (PILOT, p.pilot_from, "Pilote « Plannings choisis »", "Pilot “Chosen schedules”"),
        (WAITING, p.extension_from, "Extension de « Plannings choisis »", "“Chosen schedules” extended"),
    ):
        rows += [(week_start(week), None, code, "action", fr, en) for code in codes]
    names = ("starts_on", "ends_on", "unit", "kind", "label_fr", "label_en")
    return {
        name: [row[place] for row in sorted(rows, key=lambda row: (row[0], row[2]))]
        for place, name in enumerate(names)
    }
