from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...tools import groups
from .dealer_multipoint_finding import BAD


class DealerMultipointSheet(models.Model):
    """What is amber or red comes on the estimate in one tap."""

    _name = "dealer.multipoint.sheet"
    _inherit = "dealer.multipoint.sheet"

    def _can_offer(self):
        self.ensure_one()
        # what the process asks of the visit, whoever inspects
        visit = self.sudo().reception_id
        return (
            self.state == "done"
            and bool(self.to_offer_count)
            and visit.state in visit._states_open_to_work()
            and self.has_access("write")
        )

    def action_offer(self):
        """Put the job of each amber and red item on the estimate of the visit.

        Before the work was authorized it is the estimate, afterwards a supplement. What
        the customer declined before, and comes back, is offered as the same declined
        work. Whoever writes no orders is told no price: the advisor gets them.

        :raise UserError: while the inspection goes on, or when all was offered
        """
        self.check_access("write")
        order = self.env["sale.order"]
        for sheet in self:
            findings = sheet.finding_ids._to_offer()
            if sheet.state != "done":
                raise UserError(
                    self.env._(
                        "%(sheet)s is not finished. Judge the other items first.",
                        sheet=sheet.display_name,
                    )
                )
            if not findings:
                raise UserError(
                    self.env._(
                        "%(sheet)s: nothing is left to offer.",
                        sheet=sheet.display_name,
                    )
                )
            # a technician writes no order: the right was checked on the sheet
            order = findings.sudo()._put_on_order()
            sheet._log_offer(order, findings)
        if len(self) == 1 and self.env.user.has_group(groups.ADVISOR):
            return self.reception_id._order_action(order.with_env(self.env))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("The advisor has it on the estimate."),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def action_view_order(self):
        """The estimates and supplements on which the findings stand."""
        self.ensure_one()
        self.check_access("read")
        orders = self.finding_ids.order_line_ids.order_id
        if len(orders) == 1:
            return self.reception_id._order_action(orders)
        return self.reception_id.action_view_orders()

    def _log_offer(self, order, findings):
        # the thread of the visit, which a technician does not write
        visit = self.sudo().reception_id
        visit._message_log(
            body=self.env._(
                "Inspection by item: %(count)s findings were put on %(order)s by "
                "%(person)s.",
                count=len(findings),
                order=order.name,
                person=self.env.user.name,
            ),
            author_id=self.env.user.partner_id.id,
        )

    def _tell_advisor(self):
        """Something is amber or red: the advisor is asked to talk to the customer."""
        self.ensure_one()
        # whoever inspects does not write the visit, but its advisor must be told
        visit = self.sudo().reception_id
        advisor = visit.advisor_id
        if not self.to_offer_count or not advisor or advisor == self.env.user:
            return
        told = visit._for_reader(advisor)
        summary = told.env._(
            "Inspection: %(red)s red, %(amber)s amber",
            red=self.red_count,
            amber=self.amber_count,
        )
        bad = self.finding_ids.filtered(lambda finding: finding.colour in BAD)
        words = bad.with_env(told.env)._plain_list()
        told.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=summary,
            note=Markup("<ul>%s</ul>")
            % Markup("").join(Markup("<li>%s</li>") % line for line in words),
            user_id=advisor.id,
        )
        advisor._bus_send(
            "simple_notification",
            {
                "type": "danger" if self.red_count else "warning",
                "title": f"{visit.display_name}: {summary}",
                "message": ", ".join(words[:4]),
                "sticky": True,
            },
        )


class DealerMultipointFinding(models.Model):
    """How a finding becomes lines of an order, and what the customer decides."""

    _name = "dealer.multipoint.finding"
    _inherit = "dealer.multipoint.finding"

    order_line_ids = fields.Many2many(
        "sale.order.line",
        "dealer_multipoint_finding_line_rel",
        "finding_id",
        "line_id",
        "Offered Work",
        readonly=True,
        copy=False,
        groups=groups.ADVISOR,
    )

    def _follow_decision(self):
        """What the customer has decided about the work that was offered."""
        for finding in self:
            decisions = set(finding.order_line_ids.mapped("dealer_decision"))
            # a job of labour and part is done when any of it is
            for decision in ("approved", "pending", "declined"):
                if decision in decisions:
                    finding._write_by_method({"decision": decision})
                    break

    def _plain_list(self):
        """One line each, in the language of the reader: what, the value, the words."""
        labels = dict(self._fields["colour"]._description_selection(self.env))
        return [
            " · ".join(
                filter(
                    None,
                    (
                        finding.item_id.name,
                        finding._value_text() or labels[finding.colour],
                        finding.note,
                    ),
                )
            )
            for finding in self.sorted(lambda row: (row.colour != "red", row.sequence))
        ]

    def _put_on_order(self):
        """Lines for these findings, one job each, on the order to be decided.

        :return: the order
        """
        visit = self.reception_id
        order = visit._draft_order()
        # the customer reads it: in the customer's words
        told = self.with_context(lang=order.partner_id.lang or self.env.lang)
        # each shop has its own packages
        told = told.with_company(order.company_id)
        if order.dealer_kind == "supplement" and not order._has_reason():
            order.dealer_reason = "\n".join(told._plain_list())
        sequence = max(order.order_line.mapped("sequence"), default=9)
        by_job = told.grouped(
            lambda finding: (
                finding.item_id.package_id,
                finding.item_id.work or finding.item_id.name,
            )
        )
        for (package, work), findings in by_job.items():
            values = findings._lines_of_job(order, package, work)
            for row in values:
                sequence += 1
                row.update(order_id=order.id, sequence=sequence)
            lines = self.env["sale.order.line"].create(values)
            findings._write_by_method(
                {
                    "date_offered": fields.Datetime.now(),
                    "decision": "pending",
                    "order_line_ids": [
                        Command.link(line.id)
                        for line in lines
                        if line.display_type != "line_section"
                    ],
                }
            )
        return order

    def _lines_of_job(self, order, package, work):
        """A section that says what was found, and below it the job with its parts."""
        heading = {
            "display_type": "line_section",
            "name": f"{work}: {'; '.join(self._plain_list())}",
        }
        if package:
            rows = [
                {**row._prepare_order_line_values(), "is_optional": False}
                for row in package.sale_order_template_line_ids
                if not row.display_type
            ]
        elif order.dealer_own_words_id:
            rows = [
                {
                    "product_id": order.dealer_own_words_id.id,
                    "product_uom_qty": 1,
                    "name": work,
                }
            ]
        else:
            # the shop sells nothing that is not in its catalogue
            rows = [{"display_type": "line_note", "name": work}]
        return [heading, *self._as_offered_again(order, rows)]

    def _as_offered_again(self, order, rows):
        """Work that was declined for these items before is the same declined work."""
        works = self.env["dealer.declined.work"].search(
            [
                ("vehicle_id", "in", self.vehicle_id.ids),
                ("company_id", "=", order.company_id.id),
                ("partner_id", "=", order.partner_id.id),
                ("state", "in", ("open", "offered")),
                ("item_code", "in", self.mapped("code")),
            ]
        )
        for row in rows:
            known = works.filtered(
                lambda work, row=row: work.product_id.id == row.get("product_id")
            )[:1]
            if known and row.get("product_id"):
                row["dealer_declined_work_id"] = known.id
                known._write_by_method({"state": "offered"})
                works -= known
        return rows
