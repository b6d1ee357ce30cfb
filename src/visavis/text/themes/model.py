"""What was learnt of a company's themes: numbers only, no text; small enough to keep in a database."""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from io import BytesIO
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from visavis.text.grams import Hashes
from visavis.text.meaning import SIZE
from visavis.text.tokens import Flags
from visavis.text.weights import Reals

#: What makes a chance out of three voices: the learnt score, the keywords, whether there are any; a shift.
VOICES: Final = 4
_BROKEN: Final = (ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile, zlib.error, TypeError)


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Features of one kind: their numbers, ascending, and their squared inverse document frequency."""

    numbers: Hashes
    rarity: Reals

    def __len__(self) -> int:
        return len(self.numbers)


@dataclass(frozen=True, eq=False)
class Pass:
    """One pass over the themes: a linear score for each, and how it becomes a chance.

    ``words``, ``letters``, ``keywords``, ``meaning``: what each feature adds to the score of each theme,
    (features, themes); ``bias``: (themes,); ``line``: ``VOICES`` numbers; chances under ``threshold`` are
    not told.
    """

    words: Reals
    letters: Reals
    keywords: Reals
    meaning: Reals
    bias: Reals
    line: Reals
    threshold: float


@dataclass(frozen=True, eq=False)
class ThemeModel:
    """What examples and corrections taught about themes.

    ``slugs``: the themes it was taught, in its own order. ``learnt``: of which of them it heard enough; the
    others, as themes it does not know, are found by their keywords. ``fast`` reads words; ``deep``, where
    there is one, their meaning too.
    """

    slugs: tuple[str, ...]
    learnt: Flags
    words: Lexicon
    letters: Lexicon
    fast: Pass
    deep: Pass | None

    @property
    def threshold(self) -> float:
        """The chance under which the fast pass does not tell a theme."""
        return self.fast.threshold

    @cached_property
    def version(self) -> str:
        """Twelve characters that change whenever a number of the model does."""
        digest = blake2b(digest_size=6)
        for name, values in sorted(_arrays(self).items()):
            digest.update(f"{name}{values.dtype}{values.shape}".encode())
            digest.update(np.ascontiguousarray(values).tobytes())
        return digest.hexdigest()

    def to_bytes(self) -> bytes:
        """The model as one file (numpy's npz, no pickle): the same model always gives the same bytes."""
        file = BytesIO()
        np.savez_compressed(file, allow_pickle=False, **_arrays(self))
        return file.getvalue()

    @classmethod
    def from_bytes(cls, content: bytes) -> ThemeModel:
        """Read what ``to_bytes`` wrote.

        Raises:
            ValueError: if the bytes are no model, or its numbers do not fit together.
        """
        try:
            with np.load(BytesIO(content), allow_pickle=False) as file:
                found = {name: file[name] for name in file.files}
            model = _model(found)
        except _BROKEN as error:
            raise ValueError("these bytes are no model of themes") from error
        _must_fit(model)
        return model


def _arrays(model: ThemeModel) -> dict[str, NDArray[Any]]:
    """Every number of ``model`` by name; weights at half precision."""
    arrays: dict[str, NDArray[Any]] = {
        "slugs": np.frombuffer(json.dumps(model.slugs).encode(), np.uint8),
        "learnt": model.learnt,
    }
    for kind, lexicon in (("words", model.words), ("letters", model.letters)):
        arrays |= {f"{kind}_numbers": lexicon.numbers, f"{kind}_rarity": lexicon.rarity}
    for name, one in (("fast", model.fast), ("deep", model.deep)):
        if one is not None:
            arrays |= {f"{name}_{kind}": getattr(one, kind).astype(np.float16) for kind in _WEIGHTS}
            arrays |= {f"{name}_bias": one.bias, f"{name}_line": one.line}
            arrays[f"{name}_threshold"] = np.array(one.threshold)
    return arrays


_WEIGHTS: Final = ("words", "letters", "keywords", "meaning")


def _model(found: Mapping[str, NDArray[Any]]) -> ThemeModel:
    """The model that these arrays make, right or wrong."""
    slugs = json.loads(found["slugs"].tobytes())
    if not isinstance(slugs, list) or not all(isinstance(slug, str) for slug in slugs):
        raise ValueError("slugs are not a list of words")
    lexicons = {
        kind: Lexicon(found[f"{kind}_numbers"].astype(np.uint64), found[f"{kind}_rarity"].astype(np.float32))
        for kind in ("words", "letters")
    }
    deep = _pass(found, "deep") if "deep_bias" in found else None
    learnt = found["learnt"].astype(np.bool_)
    return ThemeModel(
        tuple(slugs), learnt, lexicons["words"], lexicons["letters"], _pass(found, "fast"), deep
    )


def _pass(found: Mapping[str, NDArray[Any]], name: str) -> Pass:
    weights = {kind: found[f"{name}_{kind}"].astype(np.float32) for kind in _WEIGHTS}
    lines = {kind: found[f"{name}_{kind}"].astype(np.float32) for kind in ("bias", "line")}
    return Pass(**weights, **lines, threshold=float(found[f"{name}_threshold"]))


def _must_fit(model: ThemeModel) -> None:
    themes = len(model.slugs)
    fits = model.learnt.shape == (themes,) and len(set(model.slugs)) == themes
    for lexicon in (model.words, model.letters):
        fits &= lexicon.numbers.ndim == 1 and lexicon.rarity.shape == lexicon.numbers.shape
        fits &= bool(np.all(lexicon.numbers[1:] > lexicon.numbers[:-1]))
        fits &= bool(np.all(np.isfinite(lexicon.rarity)))
    for one, meant in ((model.fast, 0), (model.deep, SIZE)):
        fits &= one is None or _pass_fits(one, model, meant)
    if not fits:
        raise ValueError("the numbers of this model of themes do not fit together")


def _pass_fits(one: Pass, model: ThemeModel, meant: int) -> bool:
    themes = len(model.slugs)
    shapes = {
        "words": (len(model.words), themes),
        "letters": (len(model.letters), themes),
        "keywords": (themes, themes),
        "meaning": (meant, themes),
        "bias": (themes,),
        "line": (VOICES,),
    }
    values = {name: getattr(one, name) for name in shapes}
    return 0 <= one.threshold <= 1 and all(
        values[name].shape == shape and bool(np.all(np.isfinite(values[name])))
        for name, shape in shapes.items()
    )
