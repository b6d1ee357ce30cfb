"""How the figures of a report are made, in sentences: the same on the page and on paper."""

from __future__ import annotations

from django.utils.translation import gettext as _


def method() -> list[str]:
    """The sentences of the method, in their order."""
    return [
        _(
            "Satisfied: marks 4 and 5 out of 5, among the customers who gave a mark. Intervals at 95%, "
            "by Wilson's method."
        ),
        _(
            "Recommendation: promoters (9 and 10) less detractors (0 to 6), with an interval that holds "
            "for few answers."
        ),
        _(
            "A change is said from its interval alone: clear when the interval excludes zero with at least "
            "30 answers on both sides, otherwise not conclusive yet."
        ),
        _(
            "The intervals of changes are widened over all that the report compares: when nothing changes, "
            "at most one report in twenty says that something did (Benjamini-Hochberg)."
        ),
        _(
            "At equal requests: same reason, channel and level. The mix of requests and the rest add up to "
            "the change (Kitagawa); channels are compared within each kind of request (Mantel-Haenszel)."
        ),
        _(
            "Themes and tones are read by the engine in the texts, and corrected by people. The daily file "
            "holds the same returns, row for row."
        ),
    ]
