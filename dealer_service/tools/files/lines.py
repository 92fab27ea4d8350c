"""Which rows of a file are not blank."""

import csv
import io
from zipfile import BadZipFile

try:
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException
except ImportError:  # then Odoo reads no workbooks either
    openpyxl = None


def filled_lines(data, options):
    """The numbers that a spreadsheet shows beside the rows that are not blank.

    :param bytes data: the file
    :param dict options: ``encoding``, ``separator``, ``quoting`` or ``sheet``
    :return: list; empty for files of other kinds

    >>> comma = {"encoding": "utf-8", "separator": ",", "quoting": '"'}
    >>> filled_lines(b"a,b\\n\\n1,2\\n ,\\n3,4\\n", comma)
    [1, 3, 5]
    >>> filled_lines(b"\\xd0\\xcf\\x11\\xe0", {})
    []
    """
    if openpyxl and data.startswith(b"PK"):
        try:
            book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        except (BadZipFile, InvalidFileException, KeyError, ValueError):
            return []
        rows = book[options.get("sheet") or book.sheetnames[0]].values
    elif options.get("encoding"):
        text = data.decode(options["encoding"])
        rows = csv.reader(
            io.StringIO(text),
            delimiter=options.get("separator") or ",",
            quotechar=options.get("quoting") or '"',
        )
    else:
        return []
    return [number for number, row in enumerate(rows, 1) if any(map(_is_filled, row))]


def _is_filled(cell):
    return bool(cell.strip() if isinstance(cell, str) else cell)
