"""What is to be known of a workbook before its cells are read."""

import io
import re
from zipfile import BadZipFile, ZipFile

try:
    import openpyxl
except ImportError:  # then Odoo reads no workbooks either
    openpyxl = None

#: A cell with a formula and without the result that a spreadsheet program would have
#: saved beside it. (A result that is an empty text says that it is one.)
_UNKNOWN = re.compile(
    rb'<c r="([A-Z]+\d+)"(?![^>]*t="str")[^>]*>\s*<f[^>]*(?:/>|>[^<]*</f>)\s*'
    rb"(?:<v\s*/>|<v></v>)?\s*</c>"
)


def is_workbook(data):
    """Whether the file is an .xlsx, whatever its name says."""
    return data.startswith(b"PK")


def first_sheet(data):
    """The name of the first sheet that is shown and not empty; ``""`` if none is."""
    if not openpyxl:
        return ""
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    except (BadZipFile, KeyError, ValueError):
        return ""
    for sheet in book.worksheets:
        rows = sheet.iter_rows(values_only=True)
        if sheet.sheet_state == "visible" and any(any(row) for row in rows):
            return sheet.title
    return ""


def unknown_result(data):
    """The first cell whose formula has no result; ``""`` if all have one.

    Programs that write workbooks leave the sums to the spreadsheet program that opens
    them: until then nothing stands in the cell.
    """
    try:
        with ZipFile(io.BytesIO(data)) as book:
            for name in book.namelist():
                if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                    found = _UNKNOWN.search(book.read(name))
                    if found:
                        return found[1].decode()
    except BadZipFile:
        return ""
    return ""
