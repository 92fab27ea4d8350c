"""Tables for other programs: a workbook, or text in their character set."""

import csv
import io
from datetime import date

try:
    import xlsxwriter
except ImportError:  # Odoo writes no workbooks then either
    xlsxwriter = None

#: What a spreadsheet takes for a formula when it opens a text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(headings, rows, encoding="utf-8-sig", separator=","):
    """A table in text.

    What the set of the other program has no character for becomes a question mark;
    GB 18030 has all, and writes as GBK what GBK has.

    >>> as_csv(["单号"], [["SP-1"]], "gb18030").decode("gbk")
    '单号\\r\\nSP-1\\r\\n'
    >>> as_csv(["a"], [["=1+1"], [-3.5]], "utf-8")
    b"a\\r\\n'=1+1\\r\\n-3.5\\r\\n"
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator)
    writer.writerow(headings)
    writer.writerows([_harmless(_text(cell)) for cell in row] for row in rows)
    return out.getvalue().encode(encoding, "replace")


def as_workbook(headings, rows, title):
    """A table in a workbook: one sheet, whose headings stay when one scrolls."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False}
    book = xlsxwriter.Workbook(out, {**options, "strings_to_urls": False})
    # what no name of a sheet may hold
    sheet = book.add_worksheet("".join(c for c in title if c not in "[]:*?/\\'")[:31])
    bold = book.add_format({"bold": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, headings, bold)
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(number, column, cell, day)
            elif isinstance(cell, (int, float)) and not isinstance(cell, bool):
                sheet.write_number(number, column, cell)
            else:
                sheet.write_string(number, column, _text(cell))
    book.close()
    return out.getvalue()


def _text(cell):
    if cell is None or cell is False:
        return ""
    if isinstance(cell, float):
        return f"{cell:.15g}"
    if isinstance(cell, (int, date)):
        return str(cell)
    return str(cell)


def _harmless(text):
    """A text that stays one in a spreadsheet; numbers are left alone."""
    if not text.startswith(_FORMULA):
        return text
    try:
        float(text)
    except ValueError:
        return f"'{text}"
    return text
