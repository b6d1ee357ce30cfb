"""What the model of each sector holds, before somebody takes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from visavis.core.languages import say
from visavis.moments.references.models import Moment
from visavis.moments.references.services import SECTORS, starter

_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Model:
    """The model of one sector, in figures and in a few names."""

    sector: str
    name: str
    truths: int
    lives: int
    themes: int
    reasons: int
    channels: int
    levels: int
    moments: tuple[str, ...]


def of(language: str) -> list[Model]:
    """The models of all sectors, in their order, named in ``language``."""
    return [_model(sector, starter(sector), language) for sector in SECTORS]


def _model(sector: str, content: Any, language: str) -> Model:
    truths = [row for row in content["moments"] if row["kind"] == Moment.Kind.TRUTH]
    return Model(
        sector=sector,
        name=say(content["name"], language),
        truths=len(truths),
        lives=len(content["moments"]) - len(truths),
        themes=sum(len(top["children"]) for top in content["themes"]),
        reasons=len(content["reasons"]),
        channels=len(content["channels"]),
        levels=len(content["levels"]),
        moments=tuple(say(row["name"], language) for row in truths[:_SHOWN]),
    )
