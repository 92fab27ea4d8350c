from odoo import api, fields, models
from odoo.exceptions import UserError

#: Whose complaint it is, about which car and visit.
_WHOSE = ("partner_id", "vehicle_id", "reception_id")


class DealerComplaint(models.Model):
    """Whose complaint it is, about which car, and whether somebody could be hurt.

    What was unknown is filled in by anybody. What was entered is corrected by a second
    person: whoever could give a complaint to somebody else could make it disappear, and
    put its words before a stranger.
    """

    _name = "dealer.complaint"
    _inherit = "dealer.complaint"

    # who handles complaints need not be allowed to open the car
    owner_line = fields.Char(compute="_compute_owner_line", compute_sudo=True)

    @api.depends("partner_id", "vehicle_id.owner_id")
    def _compute_owner_line(self):
        for complaint in self:
            complaint.owner_line = complaint.vehicle_id._owner_line(
                complaint.partner_id
            )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def _check_facts(self, vals):
        for complaint in self.browse() if self.env.su else self:
            rewritten = complaint._rewritten_facts(vals)
            if rewritten:
                raise UserError(
                    self.env._(
                        "%(complaint)s: “%(field)s” has already been entered. Only "
                        "an officer who is not responsible for the complaint may "
                        "change it, with a reason: press “Correct” beside the "
                        "customer.",
                        complaint=complaint.name,
                        field=self._field_label(rewritten[0]),
                    )
                )

    def _rewritten_facts(self, vals):
        """The fields whose known fact ``vals`` would replace."""
        self.ensure_one()
        unknown = self._unknown_partner()
        names = [
            name
            for name in _WHOSE
            if name in vals
            and self[name]
            and self[name] != unknown
            and self._would_change(vals, name)
        ]
        if self.is_safety and not vals.get("is_safety", True):
            names.append("is_safety")
        if self.category_id.is_safety and "category_id" in vals:
            category = self.category_id.browse(vals["category_id"] or ())
            if not category.is_safety:
                names.append("category_id")
        return names

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_correct_facts(self):
        """Ask whose it is, what it is about, and why that is corrected."""
        self.ensure_one()
        return self._correction_dialog("facts")

    def _correct_facts(self, vals, reason):
        """Replace what was entered about customer, car, visit and safety.

        :raise AccessError: for anybody but an officer who never was responsible
        """
        self.ensure_one()
        self.check_access("write")
        self._check_second_person(self.env._("Correct Customer, Car or Safety"), reason)
        self._write_by_method(vals)
        self._message_log(
            body=self.env._(
                "Customer, car or safety corrected: %(reason)s", reason=reason or "–"
            )
        )
