"""The rows of a table, whichever program has written the file."""

import csv
import io
from datetime import date, datetime
from zipfile import BadZipFile

from .encoding import DamagedText, TraditionalText, encoding_of
from .table import END_OF_FILE, TITLES, is_text, is_total, is_web_page, title_rows
from .workbook import is_workbook

try:
    import openpyxl
except ImportError:  # then no workbooks are read
    openpyxl = None


class NoTable(ValueError):
    """A file that is no table of rows."""


def read_rows(data, known=()):
    """Headings and rows of a CSV file or a workbook, titles and sums left out.

    :param bytes data: the file
    :param known: headings that are expected: the row that has them is found, however
        short the table is
    :return: tuple: list of headings, list of (number of the line, dict by heading)
    :raise NoTable: for a page, a picture, an old ``.xls``, or nothing

    >>> text = "索赔单,行号\\nSP-1,1\\n\\nSP-1,2\\n合计,2\\n".encode("gbk")
    >>> headings, rows = read_rows(text)
    >>> headings
    ['索赔单', '行号']
    >>> [(number, row["行号"]) for number, row in rows]
    [(2, '1'), (4, '2')]
    >>> try:
    ...     read_rows(b"<html><table></table></html>")
    ... except NoTable:
    ...     print("no table")
    no table
    """
    if is_workbook(data):
        cells = _of_workbook(data)
    elif is_text(data) and not is_web_page(data):
        cells = _of_text(data)
    else:
        raise NoTable
    lines = [(number, row) for number, row in enumerate(cells, 1) if any(row)]
    lines = lines[_titles([row for _number, row in lines], known) :]
    if not lines:
        raise NoTable
    headings = lines[0][1]
    rows = [
        (number, dict(zip(headings, row, strict=False)))
        for number, row in lines[1:]
        if not is_total(row)
    ]
    return headings, rows


def _titles(rows, known):
    """How many rows stand above the headings.

    >>> rows = [["结算报表", ""], ["单号", "金额"], ["SP-1", "3"]]
    >>> _titles(rows, ()), _titles(rows, ("金额", "单号"))
    (0, 1)
    """
    for number, row in enumerate(rows[: TITLES + 1]):
        if known and set(known) <= set(row):
            return number
    return title_rows(rows)


def _of_text(data):
    data = data.rstrip(END_OF_FILE)
    try:
        text = data.decode(encoding_of(data))
    except (DamagedText, TraditionalText) as error:
        raise NoTable from error
    # a title above the headings has no separators
    head = "\n".join(text.splitlines()[: 2 * TITLES])
    mark = max("\t;,", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    return [[cell.strip() for cell in row] for row in reader]


def _of_workbook(data):
    if not openpyxl:
        raise NoTable
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    except (BadZipFile, KeyError, ValueError) as error:
        raise NoTable from error
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    return [
        [_words(cell) for cell in row]
        for row in (shown or book.worksheets)[0].iter_rows(values_only=True)
    ]


def _words(cell):
    """A cell as one reads it.

    >>> _words(3.0), _words(2.5), _words(None), _words(date(2026, 3, 1))
    ('3', '2.5', '', '2026-03-01')
    """
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, (date, datetime)):
        return cell.isoformat(" ")[:19] if isinstance(cell, datetime) else str(cell)
    return str(cell).strip()
