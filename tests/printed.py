"""What a PDF says, read back by another program than the one that made it."""

from __future__ import annotations

import shutil
import subprocess

from tests.shared import skip


def words_of(pdf: bytes) -> str:
    """The text of a PDF, a line of a table on one line, spaces alike."""
    said = _poppler("pdftotext", ["-layout", "-", "-"], pdf)
    return "\n".join(" ".join(line.replace("\u200b", "").split()) for line in said.splitlines())


def facts_of(pdf: bytes) -> dict[str, str]:
    """Title, number of pages, whether it is tagged…, as ``pdfinfo`` names them."""
    lines = _poppler("pdfinfo", ["-"], pdf).splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def fonts_of(pdf: bytes) -> list[list[str]]:
    """The fonts of a PDF, one a row: name, type, then whether each is embedded."""
    return [line.split() for line in _poppler("pdffonts", ["-"], pdf).splitlines()[2:]]


def _poppler(program: str, words: list[str], pdf: bytes) -> str:
    if not shutil.which(program):
        skip(f"{program} (Debian: poppler-utils) is not on this machine")
    return subprocess.run([program, *words], input=pdf, capture_output=True, check=True).stdout.decode()
