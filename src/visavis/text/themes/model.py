"""What was learnt of a company's themes: numbers only, no text; small enough to keep in a database."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ThemeModel:
    """What examples and corrections taught about themes.

    ``slugs``: the themes it knows, in its own order; a theme it does not know is still found by its
    keywords. ``threshold``: chances under it are not told.
    """

    slugs: tuple[str, ...]
    threshold: float

    @property
    def version(self) -> str:
        """Twelve characters that change whenever a number of the model does."""
        raise NotImplementedError

    def to_bytes(self) -> bytes:
        """The model as one file (numpy's npz, no pickle): the same model always gives the same bytes."""
        raise NotImplementedError

    @classmethod
    def from_bytes(cls, content: bytes) -> ThemeModel:
        """Read what ``to_bytes`` wrote.

        Raises:
            ValueError: if the bytes are no model, or its numbers do not fit together.
        """
        raise NotImplementedError
