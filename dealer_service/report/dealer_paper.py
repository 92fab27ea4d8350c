import base64
import io
import re
from ast import literal_eval
from collections import OrderedDict

from markupsafe import Markup
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.pdfgen import canvas

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.pdf import PdfFileReader, PdfFileWriter

#: Distance of the page number from the lower edge, in points.
NUMBER_HEIGHT = 17
#: The texts of a page; what no reader sees stands first, to be left alone.
_TEXT = re.compile(
    r"<style.*?</style>|<script.*?</script>|(?<=>)[^<>]+(?=<)", re.DOTALL
)
#: As much of a word as every column can hold, where the word goes on.
_PIECE = re.compile(r"((?:&[#\w]+;|[!-%'-;=?-~]){20})(?=[!-;=?-~])")


class IrActionsReport(models.Model):
    """The papers of the dealership: each on its own, complete in itself, numbered.

    A paper carries its styles and pictures inside. Nothing is fetched while it is
    printed, so it prints with one worker, behind any proxy and without a network; and
    it needs nothing of wkhtmltopdf that only its patched build can do.
    """

    _name = "ir.actions.report"
    _inherit = "ir.actions.report"

    is_dealer_paper = fields.Boolean(
        "Dealership Document",
        help="Each record is printed separately, with its own page numbers.",
    )

    def _render_qweb_html(self, report_ref, docids, data=None):
        report = self._get_report(report_ref)
        if report.is_dealer_paper:
            self._check_paper_access(report)
            self._check_paper_exists(report, docids)
        html, kind = super()._render_qweb_html(report_ref, docids, data=data)
        if report.is_dealer_paper:
            html = with_breaks(html.decode()).encode()
        return html, kind

    def _check_paper_access(self, report_sudo):
        """The menu hides a paper, the address of the report does not: refuse here.

        :raise AccessError: for a user outside the groups of the paper
        """
        if self.env.su or not report_sudo.group_ids:
            return
        if not report_sudo.group_ids & self.env.user.all_group_ids:
            raise AccessError(
                self.env._(
                    "“%(paper)s” shows prices or personal data that your role may "
                    "not see.",
                    paper=report_sudo.name,
                )
            )

    def _check_paper_exists(self, report_sudo, docids):
        """Likewise for a record that has no such paper.

        :raise UserError: naming it
        """
        if self.env.su or not report_sudo.domain:
            return
        records = self.env[report_sudo.model].browse(docids)
        records.check_access("read")
        # what the paper goes by may be hidden from who prints it
        without = records.sudo() - records.sudo().filtered_domain(
            literal_eval(report_sudo.domain)
        )
        if without:
            raise UserError(
                self.env._(
                    "%(record)s has no “%(paper)s”: nothing of it took place.",
                    record=without[:1].display_name,
                    paper=report_sudo.name,
                )
            )

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        report_sudo = self._get_report(report_ref)
        if not report_sudo.is_dealer_paper or not res_ids:
            return super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids)
        if self.get_wkhtmltopdf_state() == "install":
            raise UserError(
                self.env._("This server cannot print: wkhtmltopdf is not installed.")
            )
        papers = self.with_context(debug=False, dealer_paper=True)
        streams = OrderedDict()
        for record in self.env[report_sudo.model].browse(res_ids):
            stream = papers._paper_stream(report_sudo, record, data)
            streams[record.id] = {"stream": stream, "attachment": None}
        return streams

    def _paper_stream(self, report_sudo, record, data=None):
        """The paper of one record, numbered.

        :rtype: io.BytesIO
        """
        name = report_sudo.report_name
        html = self._render_qweb_html(name, record.ids, data=data)[0]
        pdf = self._run_wkhtmltopdf([html.decode()], report_ref=name)
        foot = getattr(record, "_paper_foot", None)
        return self._number_pages(pdf, foot() if foot else record.display_name)

    def _build_wkhtmltopdf_args(self, *args, **kwargs):
        """A paper has no script to wait for."""
        command = super()._build_wkhtmltopdf_args(*args, **kwargs)
        if self.env.context.get("dealer_paper"):
            place = command.index("--javascript-delay")
            command[place : place + 2] = ["--disable-javascript"]
        return command

    def _number_pages(self, pdf, label):
        """``pdf`` with number and page at the foot of each page: "JD00012  1 / 2".

        The built-in font of PDF has no Chinese: words with other letters are left out
        of the label.

        :param bytes pdf: a document
        :param str label: what the document is about
        :rtype: io.BytesIO
        """
        label = " ".join(word for word in label.split() if word.isascii())
        reader, writer = PdfFileReader(io.BytesIO(pdf)), PdfFileWriter()
        count = len(reader.pages)
        for number, page in enumerate(reader.pages, 1):
            width = float(page.mediabox.width)
            overlay = io.BytesIO()
            pen = canvas.Canvas(overlay, pagesize=(width, float(page.mediabox.height)))
            pen.setFont("Helvetica", 8)
            pen.setFillGray(0.35)
            pen.drawString(34, NUMBER_HEIGHT, label)
            pen.drawRightString(width - 34, NUMBER_HEIGHT, f"{number} / {count}")
            pen.save()
            page.merge_page(PdfFileReader(io.BytesIO(overlay.getvalue())).pages[0])
            writer.add_page(page)
        stream = io.BytesIO()
        writer.write(stream)
        return stream

    def _paper_image(self, content, mimetype="image/png"):
        """Bytes of an image as the address of a picture inside the paper."""
        return f"data:{mimetype};base64,{base64.b64encode(content).decode()}"

    def _paper_qr(self, url):
        """The QR code of ``url`` as an SVG element, one unit for each module."""
        code = QrCodeWidget(url, barLevel="M").qr
        code.make()
        path = "".join(
            f"M{x},{y}h1v1h-1z"
            for y, row in enumerate(code.modules)
            for x, is_dark in enumerate(row)
            if is_dark
        )
        size = code.getModuleCount()
        # numbers only, nothing of the address itself
        return Markup(
            f'<svg class="qr" width="100" height="100" viewBox="0 0 {size} {size}">'
            f'<path d="{path}" fill="#000000"/></svg>'
        )


def with_breaks(html):
    """A page in which long words may be broken: links, and numbers of catalogues.

    They would push the columns behind them off the paper.

    >>> with_breaks(f"<td class='{'a' * 25}'>{'9' * 25}</td>")
    "<td class='aaaaaaaaaaaaaaaaaaaaaaaaa'>99999999999999999999<wbr>99999</td>"
    """
    return _TEXT.sub(
        lambda text: text[0] if text[0][0] == "<" else _PIECE.sub(r"\1<wbr>", text[0]),
        html,
    )
