import io

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools.pdf import PdfFileReader, PdfFileWriter

from ..models.gate.dealer_kept_paper import KEPT_PAPERS

#: Where the mark of a copy stands: in the upper margin, above the head (mm).
MARK_MARGIN = {"data-report-margin-top": 2}


class IrActionsReport(models.Model):
    """What was printed is kept; printed again it is a copy of what is kept."""

    _name = "ir.actions.report"
    _inherit = "ir.actions.report"

    def _paper_stream(self, report_sudo, record, data=None):
        if report_sudo.model == "dealer.kept.paper":
            return self._copy_stream(report_sudo, record)
        kind = KEPT_PAPERS.get(report_sudo.report_name)
        if not kind:
            return super()._paper_stream(report_sudo, record, data)
        kept = self.env["dealer.kept.paper"]._of(record, kind)
        if kept and kept._content():
            # as for a paper that is made anew
            self._check_paper_access(report_sudo)
            self._check_paper_exists(report_sudo, record.ids)
            record.check_access("read")
            copies = self._get_report("dealer_service.action_paper_kept")
            return self._copy_stream(copies, kept)
        stream = super()._paper_stream(report_sudo, record, data)
        self.env["dealer.kept.paper"]._keep(record, kind, stream.getvalue())
        return stream

    def _copy_stream(self, report_sudo, kept):
        """The kept paper, each page marked as a copy.

        :raise UserError: when its file was erased after the retention period
        """
        self._check_paper_access(report_sudo)
        kept.check_access("read")
        content = kept._content()
        if not content:
            raise UserError(
                self.env._(
                    "%s was erased after its retention period.", kept.display_name
                )
            )
        html = self._render_qweb_html(report_sudo.report_name, kept.ids)[0]
        mark = self._run_wkhtmltopdf(
            [html.decode()],
            report_ref=report_sudo.report_name,
            specific_paperformat_args=MARK_MARGIN,
        )
        writer = PdfFileWriter()
        for page in PdfFileReader(io.BytesIO(content)).pages:
            # the mark lies below: wkhtmltopdf paints a white ground over all of its
            # page, and that of the paper begins under the upper margin
            marked = PdfFileReader(io.BytesIO(mark)).pages[0]
            marked.merge_page(page)
            writer.add_page(marked)
        stream = io.BytesIO()
        writer.write(stream)
        return stream


class DealerKeptPaper(models.Model):
    """The mark on a copy. Called by its template."""

    _name = "dealer.kept.paper"
    _inherit = ["dealer.kept.paper", "dealer.paper.mixin"]

    def _paper_lang(self):
        return self.reception_id._paper_lang()

    def _paper_mark(self):
        """What is printed above a copy: that it is one, of what, and since when."""
        return self.env._(
            "Copy, printed on %(now)s · version %(version)d as printed on %(date)s",
            now=self._paper_time(fields.Datetime.now()),
            version=self.version,
            date=self._paper_time(self.date),
        )
