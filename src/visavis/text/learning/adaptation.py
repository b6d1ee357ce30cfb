"""What one company's corrections taught: a small change of the shipped weights, and a recalibration."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from hashlib import blake2b
from typing import Final

import numpy as np

from visavis.text.grams import Hashes
from visavis.text.weights import LANGUAGES, Line, Reals, Weights, shipped

#: Most n-grams that an adaptation may change.
MOST: Final = 500_000
_FORMAT: Final = 1
_FARTHEST: Final = 1e3
#: What reading bytes that are no ``.npz``, or not ours, may raise.
_UNREADABLE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    LookupError,
    TypeError,
    ValueError,
    AttributeError,
    NotImplementedError,
)


class AdaptationError(ValueError):
    """Bytes that are no adaptation."""


@dataclass(frozen=True, eq=False)
class Adaptation:
    """A change of the shipped weights of one language.

    ``numbers`` are hashes of n-grams, ascending, and ``delta`` what is added to the weight of each;
    ``line`` maps the log-odds so changed to log-odds that keep their word on this company's texts (slope
    and shift; 1 and 0 change nothing); ``corrections`` is how many texts taught it; ``strength`` how far the
    weights were let go, 0 meaning that only the calibration was learnt. Two adaptations of the same version
    are equal. No text can be read back from it.
    """

    language: str
    numbers: Hashes
    delta: Reals
    line: Line
    corrections: int
    strength: float

    def __post_init__(self) -> None:
        """Refuse what could not have been learnt.

        Raises:
            AdaptationError: if the parts do not fit together.
        """
        sound = (
            self.language in LANGUAGES
            and self.numbers.dtype == np.uint64
            and self.delta.dtype == np.float32
            and self.numbers.shape == self.delta.shape == (len(self.numbers),)
            and len(self.numbers) <= MOST
            and bool((self.numbers[1:] > self.numbers[:-1]).all())
            and bool((np.abs(self.delta) <= _FARTHEST).all())
            and 0 < self.line.slope <= _FARTHEST
            and abs(self.line.shift) <= _FARTHEST
            and self.corrections >= 0
            and 0 <= self.strength <= _FARTHEST
        )
        if not sound:
            raise AdaptationError("this is no adaptation")

    @cached_property
    def version(self) -> str:
        """Twelve hexadecimal digits that change with anything that changes a reading."""
        about = f"{_FORMAT} {self.language} {self.line.slope!r} {self.line.shift!r}"
        state = blake2b(about.encode(), digest_size=6)
        state.update(self.numbers.tobytes())
        state.update(self.delta.tobytes())
        return state.hexdigest()

    def __eq__(self, other: object) -> bool:
        """Whether both read alike."""
        return isinstance(other, Adaptation) and self.version == other.version

    def __hash__(self) -> int:
        """As ``__eq__`` asks."""
        return hash(self.version)

    def to_bytes(self) -> bytes:
        """Write it down: an ``.npz`` file without pickles, some kilobytes."""
        file = io.BytesIO()
        about = [_FORMAT, LANGUAGES.index(self.language), self.line.slope, self.line.shift]
        about += [self.corrections, self.strength]
        np.savez_compressed(file, numbers=self.numbers, delta=self.delta, about=np.array(about, np.float64))
        return file.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Adaptation:
        """Read back what ``to_bytes`` wrote.

        Raises:
            AdaptationError: for any other bytes; nothing in them is ever executed.
        """
        try:
            with np.load(io.BytesIO(data), allow_pickle=False) as file:
                numbers, delta, about = (file[name] for name in ("numbers", "delta", "about"))
            form, language, slope, shift, corrections, strength = about.tolist()
            if form != _FORMAT:
                raise AdaptationError(f"format {form} of adaptations is not known here")
            line = Line(slope, shift)
            return cls(LANGUAGES[int(language)], numbers, delta, line, int(corrections), strength)
        except _UNREADABLE as error:
            raise AdaptationError("these bytes are no adaptation") from error


@lru_cache(maxsize=8)
def adapted(language: str, tone: Adaptation | None) -> Weights:
    """The shipped weights of ``language``, changed by ``tone`` if it is about that language.

    Args:
        language: one that has weights.
        tone: what was learnt; ``None``: nothing.
    """
    weights = shipped(language)
    if tone is None or tone.language != language:
        return weights
    weight = weights.weight.copy()
    slot = weights.find(tone.numbers)
    known = slot != 0
    weight[slot[known]] += tone.delta[known]
    return replace(
        weights,
        weight=weight,
        whole=_after(weights.whole, tone.line),
        clause=_after(weights.clause, tone.line),
    )


def _after(first: Line, second: Line) -> Line:
    """One line that does what two do one after the other."""
    return Line(second.slope * first.slope, second.slope * first.shift + second.shift)
