"""No figure without what it rests on: every element that shows a score says n and interval too."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag

#: What an element with ``data-score`` must carry. Under the floor it shows no figure: ``data-score=""``.
WITNESSES = ("data-n", "data-low", "data-high")


class BareScoreError(AssertionError):
    """A page shows a score alone."""


def bare_scores(html: str) -> list[str]:
    """The elements of ``html`` that show a score without its n and interval.

    An element that shows a score has ``data-score`` (the value, or nothing where too few answered) and
    ``data-n``, ``data-low``, ``data-high``; where a figure is shown, n must also be in words a reader can see
    or hear: in the element, or in the nearest element around it marked ``data-figure``.
    """
    soup = BeautifulSoup(html, "html.parser")
    return [str(element)[:200] for element in soup.select("[data-score]") if not _carries(element)]


def _carries(element: Tag) -> bool:
    if "data-n" not in element.attrs:
        return False
    if not element["data-score"]:
        return True
    around = element.find_parent(attrs={"data-figure": True}) or element
    said = "".join(filter(str.isdigit, around.get_text()))
    return all(element.get(name) for name in WITNESSES) and str(element["data-n"]) in said


def assert_scores_carry_n_and_interval(html: str | bytes, *, at_least: int = 1) -> None:
    """Fail unless every score of a page carries n and interval.

    Args:
        html: the page.
        at_least: how many scores the page must show: a page without any proves nothing.

    Raises:
        BareScoreError: naming the elements at fault.
    """
    text = html.decode() if isinstance(html, bytes) else html
    found = len(BeautifulSoup(text, "html.parser").select("[data-score]"))
    if found < at_least:
        raise BareScoreError(f"{found} scores on the page, {at_least} expected")
    if bare := bare_scores(text):
        raise BareScoreError("scores without n and interval: " + " | ".join(bare))
