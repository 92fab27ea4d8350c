"""Papers as they come out of the printer: made by the real wkhtmltopdf, then read."""

import io
import shutil
import subprocess
import tempfile
import unicodedata
import unittest
from pathlib import Path

from odoo.tools.pdf import PdfFileReader

from .common import DealerServiceCase

#: Where two characters share a glyph, wkhtmltopdf writes the radical into the text.
RADICALS = str.maketrans(
    "⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻥⻦⻨⻩⻬⻮⻰戶",
    "虎西见角贝车长门青韦页风飞食马鱼鸟麦黄齐齿龙户",
)


def skip_without(program, package):
    """Skip without a program of the machine, for the reason that the suite knows."""
    if not shutil.which(program):
        raise unittest.SkipTest(f"{package} is not installed")


class PaperCase(DealerServiceCase):
    """Prints papers and reads them back with poppler."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        skip_without("wkhtmltopdf", "wkhtmltopdf")
        skip_without("pdftotext", "poppler-utils")
        cls.company.partner_id.write(
            {"city": "芜湖市", "street": "长江路 88 号", "country_id": False}
        )
        cls.company.partner_id.country_id = cls.env.ref("base.cn")

    def print_paper(self, report, records, user=None):
        """The PDF of a paper, as bytes.

        :param str report: XML id of the report
        """
        reports = self.env["ir.actions.report"].with_user(user or self.advisor)
        content, kind = reports.with_context(
            force_report_rendering=True
        )._render_qweb_pdf(report, records.ids)
        self.assertEqual(kind, "pdf")
        return content

    def print_anew(self, report, record):
        """The paper as it would be made now, whatever was kept of it."""
        visit, order = record._kept_for()
        self.env.cr.execute(
            "DELETE FROM dealer_kept_paper WHERE reception_id = %s"
            " AND order_id IS NOT DISTINCT FROM %s",
            (visit.id, order.id or None),
        )
        self.env.invalidate_all()
        return self.print_paper(report, record)

    def run_poppler(self, program, pdf, *args):
        return subprocess.run(
            [program, *args], input=pdf, capture_output=True, check=True
        ).stdout.decode()

    def read_text(self, pdf, order="-layout"):
        """The text of a PDF, in the layout of the page, or ``-raw``, as written."""
        text = self.run_poppler("pdftotext", pdf, order, "-", "-")
        return unicodedata.normalize("NFKC", text).translate(RADICALS)

    def read_codes(self, pdf):
        """What a phone reads from the codes on a paper, at the sharpness of an office
        printer."""
        skip_without("zbarimg", "zbar-tools")
        codes = []
        with tempfile.TemporaryDirectory() as folder:
            self.run_poppler(
                "pdftoppm", pdf, "-r", "300", "-png", "-", f"{folder}/page"
            )
            for page in sorted(Path(folder).glob("*.png")):
                found = subprocess.run(
                    ["zbarimg", "--quiet", "--raw", str(page)],
                    capture_output=True,
                    check=False,
                )
                codes += found.stdout.decode().splitlines()
        return codes

    def count_pages(self, pdf):
        return len(PdfFileReader(io.BytesIO(pdf)).pages)

    def assertNoEmptyPage(self, pdf):  # noqa: N802
        """Each page says something besides its foot: number of the paper and page."""
        *pages, after = self.read_text(pdf).split("\f")
        self.assertFalse(after.strip())
        for number, page in enumerate(pages, 1):
            self.assertGreater(len(page.split()), 6, f"page {number} of {len(pages)}")

    def assertHeadOnEachPage(self, pdf, row, head, count):  # noqa: N802
        """A long table has its head on each of its pages, and each row once.

        :param str row: what begins the rows, which are numbered from 00 to ``count``
        """
        text = self.read_text(pdf)
        pages = [page for page in text.split("\f") if row in page]
        self.assertGreater(len(pages), 1)
        for page in pages:
            self.assertIn(head, page[: page.index(row)])
        for number in range(count):
            self.assertEqual(text.count(f"{row}{number:02}-"), 1)

    def assertNotSignedAlone(self, pdf, signature, above):  # noqa: N802
        """What is signed stands on the page of the signature, at least its end."""
        pages = self.read_text(pdf).split("\f")
        [signed] = (page for page in pages if signature in page)
        self.assertIn(above, signed[: signed.index(signature)])

    def assertOnPaper(self, pdf, *strings):  # noqa: N802
        """Every string is on the paper, wherever its lines break."""
        # along the lines of the page, and cell by cell
        read = (self.read_text(pdf), self.read_text(pdf, "-raw"))
        line_by_line, cell_by_cell = ("".join(text.split()) for text in read)
        for string in strings:
            wanted = unicodedata.normalize("NFKC", "".join(string.split()))
            if wanted not in cell_by_cell:
                self.assertIn(wanted, line_by_line)
