"""Whether chances keep their word: of all that is said to be 80 % sure, four in five must be true."""

from __future__ import annotations

from collections.abc import Sequence


def calibration_error(chances: Sequence[float], truths: Sequence[bool], bins: int = 10) -> float:
    """Measure how far announced chances lie from what comes true.

    Chances are put into ``bins`` slices of equal width; in each, the mean chance is held against the share
    that came true; the gaps are averaged, each slice weighing what it holds.

    Args:
        chances: announced chances, 0 to 1, at least one.
        truths: what came true, in the same order.
        bins: number of slices, at least 1.

    Returns:
        The expected calibration error, 0 (every chance keeps its word) to 1. It reads too high on few
        cases: with 100 of them and ten slices, some 0.05 comes from chance alone.

    Raises:
        ValueError: if there is nothing to measure, lengths differ, or a chance lies outside 0 to 1.

    Source:
        C. Guo, G. Pleiss, Y. Sun, K. Q. Weinberger (2017), "On calibration of modern neural networks",
        ICML, equation 3; after M. P. Naeini, G. F. Cooper, M. Hauskrecht (2015), AAAI.

    >>> round(calibration_error([0.9, 0.9, 0.1, 0.1], [True, True, False, True]), 2)
    0.25
    """
    if not chances or len(chances) != len(truths) or bins < 1:
        raise ValueError(f"impossible cases: {len(chances)} chances, {len(truths)} truths, {bins} bins")
    if not all(0 <= chance <= 1 for chance in chances):
        raise ValueError("a chance lies between 0 and 1")
    surplus = [0.0] * bins
    for chance, truth in zip(chances, truths, strict=True):
        surplus[min(int(chance * bins), bins - 1)] += chance - bool(truth)
    return sum(map(abs, surplus)) / len(chances)
