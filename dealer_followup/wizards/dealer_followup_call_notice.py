from odoo import models


class DealerFollowupCall(models.TransientModel):
    """What came of a call is told to the caller, with the way there."""

    _name = "dealer.followup.call"
    _inherit = "dealer.followup.call"

    def _save_and_tell(self, go_on):
        """Record the call, name the complaint that came of it, and go on.

        :param go_on: the method that returns the next action
        """
        before = {
            complaint: complaint.cycle for complaint in self._complaints_of_call()
        }
        self._save()
        notices = self._complaint_notices(before)
        action = go_on()
        for notice in notices:
            notice["params"]["next"] = action
            action = notice
        return action

    def _complaints_of_call(self):
        # the caller is told of a complaint without the rights of those who handle it
        return self.sudo().followup_ids.complaint_id

    def _complaint_notices(self, before):
        """A notice for each complaint that was opened, opened again or told more.

        :param dict before: the cycle of each complaint there was before the call
        """
        # by now the call may be read by others only
        heard = self.sudo().attempt_id.result_id.opens_complaint
        return [
            self._complaint_notice(complaint, before.get(complaint))
            for complaint in self._complaints_of_call()
            if heard or before.get(complaint) != complaint.cycle
        ]

    def _complaint_notice(self, complaint, cycle):
        if not cycle:
            message = self.env._("Complaint %(name)s was opened.", name="%s")
        elif cycle != complaint.cycle:
            message = self.env._("Complaint %(name)s was reopened.", name="%s")
        else:
            message = self.env._(
                "What the customer said was added to complaint %(name)s.", name="%s"
            )
        # the sheet saves with all rights; the link is for who reads the complaint
        may_read = complaint.sudo(False).has_access("read")
        link = {"label": complaint.name, "url": f"/odoo/complaints/{complaint.id}"}
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "message": message if may_read else message % complaint.name,
                "links": [link] if may_read else [],
            },
        }
