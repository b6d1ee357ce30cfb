"""What can go wrong with a file, as codes with parameters; the catalogue of the room holds the French."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from visavis.core.languages import gettext_noop as _


class Code(StrEnum):
    """Every reason that this package gives. The value is stable: it is stored with the rejects."""

    # The whole file is refused.
    EMPTY_FILE = "empty_file"
    COMPRESSED = "compressed"
    ARCHIVE = "archive"
    HTML = "html"
    JSON = "json"
    PDF = "pdf"
    BINARY = "binary"
    BOMB = "bomb"
    DAMAGED = "damaged"
    NO_WORKBOOK = "no_workbook"
    PASSWORD = "password"  # noqa: S105
    TOO_HEAVY = "too_heavy"
    NO_SHEET = "no_sheet"
    UNKNOWN_ENCODING = "unknown_encoding"
    UNDECODABLE = "undecodable"
    MIXED_ENCODING = "mixed_encoding"
    SURROGATE = "surrogate"
    ENDLESS_LINE = "endless_line"
    OPEN_QUOTE = "open_quote"
    NO_HEADER = "no_header"
    UNCLEAR_HEADER = "unclear_header"
    MIXED_DATES = "mixed_dates"
    MISSING_FIELD = "missing_field"
    MISSING_COLUMN = "missing_column"
    OTHER_COLUMNS = "other_columns"
    OTHER_WAY = "other_way"
    # One row is refused.
    MISSING_CELLS = "missing_cells"
    EXTRA_CELLS = "extra_cells"
    STRAY_QUOTE = "stray_quote"
    GIANT_CELL = "giant_cell"
    REPEATED_HEADER = "repeated_header"
    SECOND_TABLE = "second_table"
    AFTER_SECOND_TABLE = "after_second_table"
    # One cell is refused.
    REQUIRED = "required"
    TEXT_TOO_LONG = "text_too_long"
    CODE_TOO_LONG = "code_too_long"
    CODE_ROUNDED = "code_rounded"
    CONTROL_CHARACTER = "control_character"
    NOT_WHOLE = "not_whole"
    NOT_NUMBER = "not_number"
    AMBIGUOUS_NUMBER = "ambiguous_number"
    OUT_OF_RANGE = "out_of_range"
    TO_RECONCILE = "to_reconcile"
    NOT_YES_NO = "not_yes_no"
    NOT_DATE = "not_date"
    IMPOSSIBLE_DATE = "impossible_date"
    IMPLAUSIBLE_DATE = "implausible_date"
    NOT_INSTANT = "not_instant"
    SKIPPED_HOUR = "skipped_hour"
    NOT_DURATION = "not_duration"
    # Told, and imported all the same.
    REPEATED_HOUR = "repeated_hour"
    LEFT_EMPTY = "left_empty"
    PREAMBLE = "preamble"
    DUPLICATE_COLUMN = "duplicate_column"
    UNNAMED_COLUMN = "unnamed_column"
    OTHER_SHEETS = "other_sheets"
    TEXT_ALL_THE_SAME = "text_all_the_same"


#: One English sentence a code, with named parameters. The line, the column and the raw cell stand beside it.
SENTENCES: Final[dict[Code, str]] = {
    Code.EMPTY_FILE: _("The file holds nothing."),
    Code.COMPRESSED: _("The file is compressed (%(kind)s). Decompress it, then import what it holds."),
    Code.ARCHIVE: _("The file is an archive, not a table. Extract it, then import the file that it holds."),
    Code.HTML: _("The file is a web page, whatever its name says. Export it again as CSV or XLSX."),
    Code.JSON: _("The file is JSON. Export it again as CSV or XLSX."),
    Code.PDF: _("The file is a PDF document. Export the table as CSV or XLSX."),
    Code.BINARY: _("The file is neither a table of text nor a workbook."),
    Code.BOMB: _(
        "Unpacked, the file would weigh %(megabytes)s MB (%(ratio)s times its size). Export it as CSV."
    ),
    Code.DAMAGED: _("The file cannot be read: it is damaged or incomplete."),
    Code.NO_WORKBOOK: _(
        "The name ends with %(ending)s, but this is plain text without a row: no table was found. "
        "Export it again as CSV or XLSX."
    ),
    Code.PASSWORD: _("The workbook is protected by a password. Save it without, then import it."),
    Code.TOO_HEAVY: _("Reading the file took too much time or memory. Export it as CSV."),
    Code.NO_SHEET: _("The workbook has no sheet with rows named “%(sheet)s”."),
    Code.UNKNOWN_ENCODING: _("The encoding “%(encoding)s” is not known."),
    Code.UNDECODABLE: _("A byte cannot be read as %(encoding)s. Choose another encoding."),
    Code.MIXED_ENCODING: _("The file mixes UTF-8 and another encoding. Export it again in one encoding."),
    Code.SURROGATE: _("Half a character (lone surrogate) cannot be stored. Correct this line."),
    Code.ENDLESS_LINE: _("A line is longer than %(limit)s characters: this is no table of text."),
    Code.OPEN_QUOTE: _(
        "A quotation mark opened here is not closed properly: the rows below cannot be told apart."
    ),
    Code.NO_HEADER: _(
        "The first line looks like values, not like column names. Say which line holds the names."
    ),
    Code.UNCLEAR_HEADER: _("The line that holds the column names cannot be told. Say which one it is."),
    Code.MIXED_DATES: _(
        "Some dates put the day first (line %(day_first)s), others the month (line %(month_first)s). "
        "Say which order is right."
    ),
    Code.MISSING_FIELD: _("No column is mapped to the required field “%(field)s”."),
    Code.MISSING_COLUMN: _("The mapping expects a column “%(column)s” that the file does not have."),
    Code.OTHER_COLUMNS: _("This mapping was kept for a file with other columns."),
    Code.OTHER_WAY: _(
        "This file was already imported from other columns (%(columns)s). Its rows have no code of their "
        "own: they would stand twice, and an import cannot be undone. Map the file as before, or have an "
        "identifier added to it where it comes from."
    ),
    Code.MISSING_CELLS: _("The row has %(found)s cells where the header has %(expected)s."),
    Code.EXTRA_CELLS: _("The row has %(found)s cells where the header has %(expected)s."),
    Code.STRAY_QUOTE: _("A quotation mark stands where none should: double it inside a quoted cell."),
    Code.GIANT_CELL: _("A cell is longer than %(limit)s characters."),
    Code.REPEATED_HEADER: _("The line repeats the column names."),
    Code.SECOND_TABLE: _("A second table seems to begin here. Import it as a file of its own."),
    Code.AFTER_SECOND_TABLE: _("The row follows the beginning of a second table (line %(start)s)."),
    Code.REQUIRED: _("The cell is empty and this field is required."),
    Code.TEXT_TOO_LONG: _("The text has %(length)s characters; the limit is %(limit)s."),
    Code.CODE_TOO_LONG: _("The code has %(length)s characters; the limit is %(limit)s."),
    Code.CODE_ROUNDED: _("A spreadsheet has rounded this code. Format the column as text and export again."),
    Code.CONTROL_CHARACTER: _("The cell holds a character that cannot be shown."),
    Code.NOT_WHOLE: _("A whole number was expected."),
    Code.NOT_NUMBER: _("A number was expected."),
    Code.AMBIGUOUS_NUMBER: _("The comma or the dot may mark decimals or thousands. Say which."),
    Code.OUT_OF_RANGE: _("The value lies outside %(low)s to %(high)s."),
    Code.TO_RECONCILE: _("The value is not known: say what it stands for."),
    Code.NOT_YES_NO: _("Yes or no was expected."),
    Code.NOT_DATE: _("A date was expected, such as 31/12/2025 or 2025-12-31."),
    Code.IMPOSSIBLE_DATE: _("This day or this time does not exist."),
    Code.IMPLAUSIBLE_DATE: _("The year is not between %(low)s and %(high)s."),
    Code.NOT_INSTANT: _("A date and a time were expected, such as 31/12/2025 09:12."),
    Code.SKIPPED_HOUR: _("The clock change skipped this time in %(zone)s."),
    Code.NOT_DURATION: _("A duration was expected, such as 205 (seconds), 3:25 or 3 min 25."),
    Code.REPEATED_HOUR: _("The clock change made this time occur twice in %(zone)s: the first one is kept."),
    Code.LEFT_EMPTY: _("The value could not be read and is left empty."),
    Code.PREAMBLE: _("%(count)s lines above the column names are not rows: they are left out."),
    Code.DUPLICATE_COLUMN: _("Several columns are named “%(name)s”: the later ones are numbered."),
    Code.UNNAMED_COLUMN: _("Column %(position)s has no name."),
    Code.TEXT_ALL_THE_SAME: _("The name ends with %(ending)s, but this is plain text: it is read as CSV."),
    Code.OTHER_SHEETS: _("The sheet “%(sheet)s” is read. Others hold rows too: %(others)s."),
}

Params = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong, or worth telling, at one place of a file.

    ``line`` counts physical lines from 1 (rows of the sheet in a workbook, rows in Parquet); ``column`` is
    the name in the header, empty when the whole row is concerned; ``raw`` is what the file says there.
    """

    line: int
    column: str
    code: Code
    params: Params = field(default_factory=dict)
    raw: str = ""

    @property
    def sentence(self) -> str:
        """The English sentence, filled in (logs and tests; screens translate it)."""
        return SENTENCES[self.code] % self.params


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a whole file is refused: the line where the cause stands (0 when it has none), and the cause."""

    line: int
    code: Code
    params: Params = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """The English sentence, filled in."""
        return SENTENCES[self.code] % self.params


class Refused(Exception):  # noqa: N818 - read as a sentence: open_table raises Refused
    """Raised when a file cannot be read as one table; carries the refusal."""

    def __init__(self, code: Code, line: int = 0, **params: Any) -> None:
        self.refusal = Refusal(line, code, params)
        super().__init__(f"line {line}: {self.refusal.sentence}" if line else self.refusal.sentence)
