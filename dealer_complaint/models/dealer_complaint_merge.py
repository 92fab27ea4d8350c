from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class DealerComplaint(models.Model):
    """Others like it: group complaints (群诉), duplicates, merging."""

    _name = "dealer.complaint"
    _inherit = "dealer.complaint"

    parent_id = fields.Many2one(
        "dealer.complaint",
        "Group Complaint",
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
    )
    child_ids = fields.One2many("dealer.complaint", "parent_id", "In the Group")
    duplicate_of_id = fields.Many2one(
        "dealer.complaint",
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
        readonly=True,
        copy=False,
    )

    @api.constrains("parent_id")
    def _check_parent(self):
        if self._has_cycle():
            raise ValidationError(
                self.env._("A complaint cannot be in a group below itself.")
            )

    def action_merge(self, target=None):
        """The same thing told twice: ``target`` goes on alone.

        :param target: ``dealer.complaint`` record or id; the parent of the merged ones
        :raise UserError: without a target of the same company that is not merged itself
        """
        target = self.browse(getattr(target, "id", target) or ()).exists()
        target.check_access("write")
        for complaint in self:
            complaint._check_move("merged")
            if (
                not target
                or target == complaint
                or target.state in ("merged", "cancelled")
                or target.company_id != complaint.company_id
            ):
                raise UserError(
                    self.env._(
                        "%(complaint)s: choose another complaint of the same company"
                        " that is still its own.",
                        complaint=complaint.name,
                    )
                )
        self._write_by_method({"duplicate_of_id": target.id})
        self._set_state("merged")
        for complaint in self:
            target.message_post(
                body=self.env._(
                    "%(complaint)s was merged into this one.",
                    complaint=complaint.display_name,
                )
            )
        return True
