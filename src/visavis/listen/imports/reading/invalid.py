"""The refusal of one cell, raised by the parsers and located by whoever knows the row."""

from __future__ import annotations

from typing import Any

from visavis.listen.imports.reading.codes import Code


class Invalid(ValueError):  # noqa: N818 - read as a sentence: the cell is invalid
    """A cell that does not hold what its field expects."""

    def __init__(self, code: Code, **params: Any) -> None:
        super().__init__(code.value)
        self.code = code
        self.params = params
