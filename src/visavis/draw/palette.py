"""Colours by meaning, and how each voice looks: its colour, its shape, its side."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from visavis.core.words import Voice
from visavis.draw.paper import Colour, tag


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a drawing, and its font where it cannot inherit one."""

    surface: Colour
    well: Colour
    ink: Colour
    ink_2: Colour
    line: Colour
    customers: Colour
    customers_soft: Colour
    employees: Colour
    employees_soft: Colour
    positive: Colour
    positive_soft: Colour
    negative: Colour
    negative_soft: Colour
    font: str | None = None


#: The variables of the page: light, dark and print follow by themselves.
PAGE = Palette(
    surface="var(--surface)",
    well="var(--fond-2)",
    ink="var(--encre)",
    ink_2="var(--encre-2)",
    line="var(--bord)",
    customers="var(--clients)",
    customers_soft="var(--clients-f)",
    employees="var(--collab)",
    employees_soft="var(--collab-f)",
    positive="var(--pos)",
    positive_soft="var(--pos-f)",
    negative="var(--neg)",
    negative_soft="var(--neg-f)",
)
#: Literal colours, for a PDF or an e-mail.
PAPER = Palette(
    surface="#FFFFFF",
    well="#F1F0EC",
    ink="#1A1D21",
    ink_2="#565E68",
    line="#858D97",
    customers="#1D5FAE",
    customers_soft="#E8F0FA",
    employees="#A84B06",
    employees_soft="#FCEFE3",
    positive="#0B7A70",
    positive_soft="#E3F3F1",
    negative="#8F1239",
    negative_soft="#FBE9EF",
    font="Inter, Helvetica, Arial, sans-serif",
)


class Side(StrEnum):
    """Where a voice stands when both are drawn face to face."""

    LEFT = "left"
    RIGHT = "right"


def _circle(x: float, y: float, r: float, **paint: object) -> str:
    return tag("circle", cx=x, cy=y, r=r, **paint)


def _diamond(x: float, y: float, r: float, **paint: object) -> str:
    reach = 1.25 * r
    corners = ((x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y))
    return tag("polygon", points=" ".join(f"{a:.1f},{b:.1f}" for a, b in corners), **paint)


@dataclass(frozen=True, slots=True)
class Look:
    """How a voice is drawn. Colour never comes without its shape."""

    colour: Callable[[Palette], Colour]
    shape: Callable[..., str]
    sign: str
    side: Side


LOOKS: Mapping[Voice, Look] = {
    Voice.CUSTOMER: Look(lambda palette: palette.customers, _circle, "●", Side.LEFT),
    Voice.EMPLOYEE: Look(lambda palette: palette.employees, _diamond, "◆", Side.RIGHT),
}
