"""Breaks good tables in the ways that real exports do, and says what may then be read."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

COMMENTS = (
    "Très bon accueil",
    "Attente trop longue, personne ne rappelle",
    'On m\'a dit "rappelez demain"',
    "Ligne une\nligne deux ; suite",
    "",
    "7,5 € en trop, puis remboursé",
    "Réponse claire | merci",
    "C'est la 3e fois",
)
ENCODINGS = ("utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le")
SEPARATORS = (";", ",", "\t", "|")


@dataclass
class Polluted:
    """A broken file: its bytes, the rows that are right (line → cells), and the lines that were touched."""

    what: str
    data: bytes
    rows: dict[int, list[str]]
    touched: set[int]
    header: list[str]
    #: A refusal of the whole file is right as well, if it names one of these lines.
    refusable: set[int] = field(default_factory=set)
    may_reject_after: int | None = None


@dataclass
class Draft:
    """A good file, still as physical pieces: one text a record, with its separator and line end."""

    random: random.Random
    header: list[str]
    rows: list[list[str]]
    separator: str
    ends: str
    quoting: Literal[0, 1]

    def raw(self, cells: list[str]) -> list[str]:
        """Each cell as it is written, so that one of them can be broken by hand."""
        return [self.write([cell]).removesuffix(self.ends) for cell in cells]

    def write(self, cells: list[str]) -> str:
        text = io.StringIO()
        csv.writer(text, delimiter=self.separator, lineterminator=self.ends, quoting=self.quoting).writerow(
            cells
        )
        return text.getvalue()


def draft(seed: int) -> Draft:
    """A table of returns: code, date, mark, wait, text, team."""
    chance = random.Random(seed)
    rows = [
        [
            f"R{number:05d}",
            f"{chance.randint(1, 28):02d}/{chance.randint(1, 12):02d}/2025 {chance.randint(8, 19):02d}:12",
            chance.choice(["", *"12345"]),
            f"{chance.randint(0, 9)},{chance.randint(1, 9)}",
            chance.choice(COMMENTS),
            chance.choice(["Escaut", "Loire", "Évre"]),
        ]
        for number in range(chance.randint(3, 40))
    ]
    header = ["Réponse", "Date réponse", "Note", "Durée", "Commentaire", "Équipe"]
    quoting: Literal[0, 1] = csv.QUOTE_ALL if chance.random() < 0.3 else csv.QUOTE_MINIMAL
    return Draft(chance, header, rows, chance.choice(SEPARATORS), chance.choice(["\n", "\r\n"]), quoting)


def pollute(seed: int) -> Polluted:
    """One good table, broken in one way."""
    good = draft(seed)
    what = good.random.choice(sorted(POLLUTIONS))
    pieces = [good.write(good.header), *map(good.write, good.rows)]
    at = good.random.randint(1, len(good.rows))
    return POLLUTIONS[what](good, pieces, at, what)


def _finish(
    good: Draft,
    pieces: list[str],
    what: str,
    *,
    broken: set[int] = frozenset(),  # type: ignore[assignment]
    owners: list[int | None] | None = None,
    changed: dict[int, list[str]] | None = None,
    header: list[str] | None = None,
    refusable: bool = False,
    encoding: str | None = None,
) -> Polluted:
    """Number the lines: ``owners`` says which row each piece after the header is (``None``: none of them)."""
    owners = owners if owners is not None else [None, *range(len(good.rows))]
    rows: dict[int, list[str]] = {}
    touched: set[int] = set()
    line = 1
    for place, (piece, owner) in enumerate(zip(pieces, owners, strict=True)):
        lines = piece.count("\n")
        if place in broken:
            touched |= set(range(line, line + max(1, lines)))
        elif owner is not None:
            rows[line] = (changed or {}).get(place, good.rows[owner])
        line += lines
    chosen = encoding or good.random.choice(ENCODINGS)
    data = "".join(pieces).encode(chosen)
    return Polluted(what, data, rows, touched, header or good.header, set(touched) if refusable else set())


Breaker = Callable[[Draft, list[str], int, str], Polluted]


def _clean(good: Draft, pieces: list[str], at: int, what: str) -> Polluted:
    return _finish(good, pieces, what)


def _short(good: Draft, pieces: list[str], at: int, what: str) -> Polluted:
    pieces[at] = good.write(good.rows[at - 1][:-1])
    return _finish(good, pieces, what, broken={at})


def _long(good: Draft, pieces: list[str], at: int, what: str) -> Polluted:
    pieces[at] = good.write([*good.rows[at - 1], "de trop"])
    return _finish(good, pieces, what, broken={at})


def _trailing(good: Draft, pieces: list[str], at: int, what: str) -> Polluted:
    pieces[at] = good.write([*good.rows[at - 1], "", ""])
    return _finish(good, pieces, what)


def _trailing_everywhere(good: Draft, pieces: list[str], at: int, what: str) -> Polluted:
    pieces[1:] = [good.write([*row, ""]) for row in good.rows]
    return _finish(good, pieces, what)


def _unclosed(good: Draft, pieces: list[str], at: int, what: str) -> Polluted:
    row = list(good.rows[at - 1])
    row[4] = "texte sans fin"
    pieces[at] = good.separator.join([*good.raw(row[:4]), '"' + row[4], row[5]]) + good.ends
    return _finish(good, pieces, what, broken={at}, refusable=True)


def _after_quote(good: Draft, pieces: list[str], at: int, what: str) -> Polluted:
    row = good.rows[at - 1]
    pieces[at] = good.separator.join([*good.raw(row[:4]), '"il a dit "oui" trois fois"', row[5]]) + good.ends
    return _finish(good, pieces, what, broken={at}, refusable=True)


def _inch(good: Draft, pieces: list[str], at: int, what: str) -> Polluted:
    row = list(good.rows[at - 1])
    row[4] = 'écran de 15" livré'
    pieces[at] = good.separator.join([*good.raw(row[:4]), *row[4:]]) + good.ends
    return _finish(good, pieces, what, changed={at: row})


def _blank(good: Draft, pieces: list[str], at: int, what: str) -> Polluted:
    blank = (
        good.random.choice(["", " ", good.separator * 5, good.separator * 2, '""' + good.separator * 5])
        + good.ends
    )
    pieces.insert(at, blank)
    owners: list[int | None] = [None, *range(len(good.rows))]
    owners.insert(at, None)
    return _finish(good, pieces, what, owners=owners)


def _preamble(good: Draft, pieces: list[str], at: int, what: str) -> Polluted:
    above = ["Export des réponses", "", "Période" + good.separator + "novembre", "# outil 3.2"]
    chosen = [line + good.ends for line in good.random.sample(above, good.random.randint(1, 4))]
    return _finish(
        good, chosen + pieces, what, owners=[None] * (len(chosen) + 1) + list(range(len(good.rows)))
    )


def _footer(good: Draft, pieces: list[str], at: int, what: str) -> Polluted:
    pieces.append("Total" + good.separator + str(len(good.rows)) + good.ends)
    owners: list[int | None] = [None, *range(len(good.rows)), None]
    return _finish(good, pieces, what, owners=owners, broken={len(pieces) - 1})


def _header_again(good: Draft, pieces: list[str], at: int, what: str) -> Polluted:
    pieces.insert(at, pieces[0])
    owners: list[int | None] = [None, *range(len(good.rows))]
    owners.insert(at, None)
    return _finish(good, pieces, what, owners=owners, broken={at} if at > 1 else {1})


def _second_table(good: Draft, pieces: list[str], at: int, what: str) -> Polluted:
    count = len(pieces)
    other = [["Agence", "Ouverture", "Effectif", "Surface", "Directeur", "Ville"]]
    other += [[f"A{n}", "01/02/2020", "12", "140,5", "Poste vacant", "Lens"] for n in range(3)]
    pieces += [good.ends, *map(good.write, other)]
    owners: list[int | None] = [None, *range(len(good.rows)), *([None] * 5)]
    return _finish(good, pieces, what, owners=owners, broken=set(range(count + 1, count + 5)))


def _narrow_table(good: Draft, pieces: list[str], at: int, what: str) -> Polluted:
    count = len(pieces)
    pieces += [good.ends, *map(good.write, [["Canal", "Total"], ["Téléphone", "12"], ["Chat", "3"]])]
    owners: list[int | None] = [None, *range(len(good.rows)), *([None] * 4)]
    return _finish(good, pieces, what, owners=owners, broken=set(range(count + 1, count + 4)))


def _doubled_name(good: Draft, pieces: list[str], at: int, what: str) -> Polluted:
    pieces[0] = good.write([*good.header[:5], "Note"])
    return _finish(good, pieces, what, header=[*good.header[:5], "Note (2)"])


def _no_name(good: Draft, pieces: list[str], at: int, what: str) -> Polluted:
    pieces[0] = good.write([*good.header[:3], "", *good.header[4:]])
    return _finish(good, pieces, what, header=[*good.header[:3], "column 4", *good.header[4:]])


def _no_header(good: Draft, pieces: list[str], at: int, what: str) -> Polluted:
    # A mark in each row: the columns of dates, marks and durations then say "values".
    rows = [[*row[:2], row[2] or "3", *row[3:]] for row in good.rows]
    made = _finish(good, list(map(good.write, rows)), what, owners=[None] * len(rows))
    return Polluted(what, made.data, {}, set(), good.header, {1})


def _cut(good: Draft, pieces: list[str], at: int, what: str) -> Polluted:
    pieces, rows = pieces[: at + 1], good.rows[:at]
    pieces[at] = good.separator.join(good.rows[at - 1][:2])
    return _finish(good, pieces, what, owners=[None, *range(len(rows))], broken={at})


def _nul(good: Draft, pieces: list[str], at: int, what: str) -> Polluted:
    row = [*good.rows[at - 1][:4], "avant\x00après", good.rows[at - 1][5]]
    pieces[at] = good.write(row)
    return _finish(good, pieces, what, changed={at: row}, encoding="utf-8")


def _giant(good: Draft, pieces: list[str], at: int, what: str) -> Polluted:
    row = [*good.rows[at - 1][:4], "mot " * good.random.choice([6_000, 40_000]), good.rows[at - 1][5]]
    pieces[at] = good.write(row)
    return _finish(good, pieces, what, changed={at: row})


def _mixed_ends(good: Draft, pieces: list[str], at: int, what: str) -> Polluted:
    other = {"\n": "\r\n", "\r\n": "\n"}[good.ends]
    pieces[at:] = [piece[: -len(good.ends)] + other for piece in pieces[at:]]
    return _finish(good, pieces, what)


def _joined(good: Draft, pieces: list[str], at: int, what: str) -> Polluted:
    if at == len(good.rows):
        return _finish(good, pieces, what)
    pieces[at : at + 2] = [pieces[at].rstrip("\r\n") + good.separator + pieces[at + 1]]
    owners: list[int | None] = [None, *range(at - 1), None, *range(at + 1, len(good.rows))]
    return _finish(good, pieces, what, owners=owners, broken={at})


def _split(good: Draft, pieces: list[str], at: int, what: str) -> Polluted:
    row = good.rows[at - 1]
    halves = [
        good.separator.join([*good.raw(row[:4]), "début du texte"]) + good.ends,
        "fin" + good.separator + row[5] + good.ends,
    ]
    pieces[at : at + 1] = halves
    owners: list[int | None] = [None, *range(at - 1), None, None, *range(at, len(good.rows))]
    return _finish(good, pieces, what, owners=owners, broken={at, at + 1})


def _other_separator(good: Draft, pieces: list[str], at: int, what: str) -> Polluted:
    other = good.random.choice([each for each in SEPARATORS if each != good.separator])
    pieces[at] = other.join([*good.rows[at - 1][:4], "rien", "Loire"]) + good.ends
    return _finish(good, pieces, what, broken={at})


def _declared(good: Draft, pieces: list[str], at: int, what: str) -> Polluted:
    owners: list[int | None] = [None, None, *range(len(good.rows))]
    return _finish(good, [f"sep={good.separator}{good.ends}", *pieces], what, owners=owners)


def _foreign_byte(good: Draft, pieces: list[str], at: int, what: str) -> Polluted:
    made = _finish(good, pieces, what, broken={at}, refusable=True, encoding="utf-8")
    lines = made.data.split(b"\n")
    line = min(made.touched)
    lines[line - 1] = b"\xe9" + lines[line - 1]
    return Polluted(what, b"\n".join(lines), made.rows, made.touched, made.header, made.refusable)


def _surrogate(good: Draft, pieces: list[str], at: int, what: str) -> Polluted:
    made = _finish(good, pieces, what, broken={at}, refusable=True, encoding="utf-8")
    lines = made.data.split(b"\n")
    line = min(made.touched)
    lines[line - 1] = b"\xed\xb2\x80" + lines[line - 1]
    return Polluted(what, b"\n".join(lines), made.rows, made.touched, made.header, made.refusable)


def _spaced(good: Draft, pieces: list[str], at: int, what: str) -> Polluted:
    quoted = [[f'"{cell}"' for cell in row] for row in [good.header, *_plain(good)]]
    pieces = [(good.separator + " ").join(row) + good.ends for row in quoted]
    return _finish(good, pieces, what, changed=dict(enumerate(_plain(good), start=1)))


def _backslashed(good: Draft, pieces: list[str], at: int, what: str) -> Polluted:
    rows = _plain(good)
    rows[at - 1][4] = 'il a dit "oui" puis "non"'
    quoted = [
        [f'"{cell}"'.replace('"oui"', '\\"oui\\"').replace('"non"', '\\"non\\"') for cell in row]
        for row in rows
    ]
    header = good.separator.join(f'"{cell}"' for cell in good.header) + good.ends
    pieces = [header, *(good.separator.join(row) + good.ends for row in quoted)]
    return _finish(good, pieces, what, changed=dict(enumerate(rows, start=1)))


def _plain(good: Draft) -> list[list[str]]:
    return [[cell.replace('"', "").replace("\n", " ") for cell in row] for row in good.rows]


def _short_header(good: Draft, pieces: list[str], at: int, what: str) -> Polluted:
    pieces[0] = good.write(good.header[:-1])
    return _finish(good, pieces, what, broken=set(range(1, len(pieces))), header=good.header[:-1])


def _header_only(good: Draft, pieces: list[str], at: int, what: str) -> Polluted:
    return _finish(good, pieces[:1], what, owners=[None])


POLLUTIONS: dict[str, Breaker] = {
    breaker.__name__.strip("_"): breaker
    for breaker in (
        _clean, _short, _long, _trailing, _trailing_everywhere, _unclosed, _after_quote, _inch, _blank,
        _preamble, _footer, _header_again, _second_table, _narrow_table, _doubled_name, _no_name, _no_header,
        _cut, _nul, _giant, _mixed_ends, _joined, _split, _other_separator, _declared, _foreign_byte,
        _surrogate,
        _spaced, _backslashed, _short_header, _header_only,
    )
}  # fmt: skip
