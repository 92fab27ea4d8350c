import re

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.base_import.models.base_import import ImportValidationError

from ...tools.caller_defaults import takes_caller_defaults
from ...tools.files.encoding import (
    CHINESE,
    DamagedText,
    TraditionalText,
    encoding_of,
)
from ...tools.files.lines import filled_lines
from ...tools.files.moment import has_two_readings, is_no_day, read_moment
from ...tools.files.sheet import TOLD, Sheet
from ...tools.files.table import (
    END_OF_FILE,
    is_nothing,
    is_of_dealers,
    is_text,
    is_total,
    is_web_page,
    title_rows,
)
from ...tools.files.workbook import first_sheet, is_workbook, unknown_result

#: How programs keep a number from losing its zeros in a spreadsheet: ="0553", '0553.
_KEPT_TEXT = re.compile(r"=\"(.*)\"|'(\+?\d[\d -]*)", re.DOTALL)
_SPACES = " \t\r\n\xa0\u3000\u200b\ufeff"
#: What a spreadsheet makes of a long number: 1.38055E+10. Its last digits are lost.
_SHORTENED = re.compile(r"\d(\.\d+)?E\+\d{2}", re.IGNORECASE)
#: What it shows for a formula that it cannot reckon.
_ERRORS = {"#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!"}


class BaseImport(models.TransientModel):
    """Files as the programs of dealers write them, read without guessing.

    Odoo guesses the character set of a file and one form of dates for all of it: a
    wrong guess is refused without a reason, or becomes rubbish without a word.
    """

    _name = "base_import.import"
    _inherit = "base_import.import"

    # ------------------------------------------------------------------
    # THE IMPORT
    # ------------------------------------------------------------------

    @takes_caller_defaults
    def execute_import(self, fields, columns, options, dryrun=False):
        """See ``base_import``; what is said of a row names it as the spreadsheet does.

        What is doubtful is imported, and told: with the test, else afterwards.

        :raise UserError: for programs that hand in no file, or no list of columns
        """
        lists = isinstance(fields, list) and isinstance(columns, list)
        if len(self) != 1 or not lists or not isinstance(options, dict):
            raise UserError(self.env._("Choose a file to import first."))
        sheet = Sheet(fields, columns, self.file_name or "")
        wizard = self.with_context(dealer_sheet=sheet)
        result = super(BaseImport, wizard).execute_import(
            fields, columns, options, dryrun=dryrun
        )
        sheet.number(result)
        if sheet.doubts and not result["messages"]:
            self._tell_doubts(sheet, result, dryrun)
        return result

    def _tell_doubts(self, sheet, result, dryrun):
        words = "\n".join(sheet.doubts[:TOLD])
        if dryrun:
            result["messages"] = [{"type": "warning", "message": words}]
            return
        self.env.user._bus_send(
            "simple_notification",
            {
                "type": "warning",
                "sticky": True,
                "title": self.env._("Imported, please check"),
                "message": words,
            },
        )

    def _convert_import_data(self, fields, options):
        """See ``base_import``; notes where in the file the rows stand."""
        data, import_fields = super()._convert_import_data(fields, options)
        sheet = Sheet.of(self.env)
        columns = [index for index, field in enumerate(fields) if field]
        first = 1 if options.get("has_headers") else 0
        places = [
            place
            for place, row in enumerate(sheet.cells)
            if place >= first and any(row[index] for index in columns)
        ]
        sheet.places = places[options.get("skip") or 0 :]
        return data, import_fields

    # ------------------------------------------------------------------
    # THE FILE
    # ------------------------------------------------------------------

    def _read_csv(self, options):
        """See ``base_import``; UTF-8 wherever possible, in China else GB 18030."""
        data = self.file or b""
        if not data.startswith((b"\xff\xfe", b"\xfe\xff")):
            data = data.rstrip(END_OF_FILE)
            if b"\n" not in data:
                # as a Mac once ended its lines
                data = data.replace(b"\r", b"\n")
            if data != self.file:
                self.file = data
        if not options.get("encoding") or encoding_is_marked(data):
            try:
                encoding = encoding_of(data, CHINESE if self._is_chinese() else None)
            except DamagedText as damaged:
                raise ImportValidationError(
                    self.env._(
                        "Line %(line)s of the file has characters that are neither "
                        "UTF-8 nor GB 18030. Save the file as “CSV UTF-8” in your "
                        "spreadsheet program, or choose its encoding.",
                        line=damaged.line,
                    )
                ) from damaged
            except TraditionalText as traditional:
                raise ImportValidationError(
                    self.env._(
                        "The file is written in Big 5 (Traditional Chinese). Save it "
                        "as “CSV UTF-8” in your spreadsheet program, or choose its "
                        "encoding."
                    )
                ) from traditional
            options["encoding"] = encoding or ""
        return super()._read_csv(options)

    def _read_file(self, options):
        """See ``base_import``; all rows have as many cells as the first, and no row
        repeats the headings or sums up others."""
        data = self.file or b""
        if not data.strip(END_OF_FILE):
            raise ImportValidationError(self.env._("The file is empty."))
        if is_workbook(data):
            self._check_results(data)
            options["sheet"] = options.get("sheet") or first_sheet(data)
        elif is_text(data) and not is_web_page(data):
            # a table in text is one, also where a program calls it .xls
            self.file_type = "text/csv"
        if is_web_page(data):
            raise ImportValidationError(
                self.env._(
                    "The file is a web page that is only named like a spreadsheet, as "
                    "some programs export it. Open it in your spreadsheet program, "
                    "save it as .xlsx or as “CSV UTF-8”, and import that file."
                )
            )
        length, rows = super()._read_file(options)
        ours = is_of_dealers(self.res_model or "")
        rows = [[_tidy(cell, ours) for cell in row] for row in rows]
        has_headers = options.get("has_headers")
        above = title_rows(rows) if has_headers else 0
        rows = rows[above:]
        if len(rows) < 1 + bool(has_headers):
            raise ImportValidationError(
                self.env._("Below the headings the file has no rows to import.")
            )
        sheet = Sheet.of(self.env)
        sheet.cells = rows
        # blank rows are left out of ``rows``; where they were is asked for when needed
        sheet.find_lines = lambda: filled_lines(self.file, options)[above:]
        width = len(rows[0]) if rows else 0
        for number, row in enumerate(rows):
            if any(row[width:]):
                raise ImportValidationError(
                    self.env._(
                        "Line %(line)s of the file has %(cells)s cells, its first "
                        "line %(width)s. Put a text that contains the separator "
                        "into quotation marks: “%(text)s”",
                        line=sheet.line(number),
                        cells=len(row),
                        width=width,
                        text=row[width],
                    )
                )
            row[width:] = []
            row += [""] * (width - len(row))
            if ours and has_headers and number and (row == rows[0] or is_total(row)):
                self._leave_out(sheet, number, row)
        return length - above, rows

    def _leave_out(self, sheet, number, row):
        """Empty a row that is none, but headings or a sum; a sum is told."""
        if is_total(row):
            sheet.doubts.append(
                self.env._(
                    "Line %(line)s sums up others and is left out: “%(text)s”.",
                    line=sheet.line(number),
                    text=next(cell for cell in row if cell),
                )
            )
        row[:] = [""] * len(row)

    # ------------------------------------------------------------------
    # THE CELLS
    # ------------------------------------------------------------------

    def _parse_import_data(self, data, import_fields, options):
        """See ``base_import``; a number that has lost digits is no text."""
        texts = [
            (index, name)
            for index, name in enumerate(import_fields)
            if self._field_of(name).type == "char"
        ]
        self._refuse(
            self.env._(
                "Line %(line)s, “%(column)s”: the spreadsheet has shortened a number "
                "to “%(value)s”. Give the column the format Text before you enter "
                "or paste its numbers.",
                line=number,
                column=self._label_of(name),
                value=row[index],
            )
            for number, row in self._numbered(data)
            for index, name in texts
            if isinstance(row[index], str) and _SHORTENED.fullmatch(row[index])
        )
        self._refuse(
            self.env._(
                "Line %(line)s, “%(column)s”: the spreadsheet shows the error "
                "“%(value)s” instead of a value. Enter the value, or empty the cell.",
                line=number,
                column=self._label_of(name),
                value=row[index],
            )
            for number, row in self._numbered(data)
            for index, name in enumerate(import_fields)
            if row[index] in _ERRORS
        )
        return super()._parse_import_data(data, import_fields, options)

    def _parse_date_from_data(self, data, index, name, field_type, options):
        """See ``base_import``; each cell is read by itself.

        With the year first there is one way to read it; other forms are read as the
        user has chosen.
        """
        refused, doubted = [], None
        for number, row in self._numbered(data):
            cell = row[index]
            if not isinstance(cell, str):
                continue
            if not cell or is_no_day(cell):
                row[index] = ""
                continue
            moment = read_moment(cell)
            if moment and moment.tzinfo:
                moment = moment.astimezone(self.env.tz)
            if moment:
                to_string = getattr(fields, field_type.title()).to_string
                row[index] = to_string(moment.replace(tzinfo=None))
                continue
            try:
                super()._parse_date_from_data([row], index, name, field_type, options)
            except ImportValidationError:
                refused.append((number, cell))
            else:
                doubted = doubted or (has_two_readings(cell) and (number, cell, row))
        if doubted and not refused:
            number, cell, row = doubted
            Sheet.of(self.env).doubts.append(
                self.env._(
                    "Line %(line)s, “%(column)s”: “%(value)s” is read as %(day)s. If "
                    "day and month are the other way round, choose the format of the "
                    "dates before you import.",
                    line=number,
                    column=self._label_of(name),
                    value=cell,
                    day=row[index][:10],
                )
            )
        return self._refuse(
            self.env._(
                "“%(value)s” in line %(line)s, “%(column)s”, is not a date. Write the "
                "year first: 2026-03-01.",
                line=number,
                column=self._label_of(name),
                value=cell,
            )
            for number, cell in refused
        )

    # ------------------------------------------------------------------
    # HELPERS
    # ------------------------------------------------------------------

    def _check_results(self, data):
        cell = unknown_result(data)
        if cell:
            raise ImportValidationError(
                self.env._(
                    "Cell %(cell)s has a formula without a result: the program that "
                    "wrote the file has not reckoned it. Open the file in your "
                    "spreadsheet program, save it, and import it again.",
                    cell=cell,
                )
            )

    def _is_chinese(self):
        return (self.env.company.country_id.code or "CN") == "CN"

    def _numbered(self, data):
        """Rows with their numbers, as a spreadsheet shows them."""
        sheet = Sheet.of(self.env)
        return ((sheet.row(index), row) for index, row in enumerate(data))

    def _refuse(self, sentences):
        """:raise ImportValidationError: with the first of ``sentences``, if any"""
        sentences = list(sentences)
        if sentences:
            raise ImportValidationError("\n".join(sentences[:TOLD]))

    def _field_of(self, path):
        """The field at the end of the path of a column."""
        model, field = self.env[self.res_model], None
        for name in path.split("/"):
            field = model._fields.get(name.partition(".")[0] or "id")
            model = self.env.get(field.comodel_name) if field else None
            if model is None:
                break
        return field or self._fields["id"]

    def _label_of(self, path):
        """What the file calls a column, else what we call it."""
        heading = Sheet.of(self.env).heading(path)
        return heading or self._field_of(path)._description_string(self.env)


def encoding_is_marked(data):
    """Whether the file itself says what it is written in."""
    return data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"))


def _tidy(cell, ours):
    """A cell without what only kept its looks in a spreadsheet."""
    if not isinstance(cell, str):
        return cell
    cell = cell.strip(_SPACES)
    kept = _KEPT_TEXT.fullmatch(cell)
    if kept:
        cell = (kept[1] or kept[2] or "").strip(_SPACES)
    return "" if is_nothing(cell, ours) else cell
