import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.messages import wecom
from .dealer_customer_message_tell import CONCURRENCY_ERRORS
from .res_company_sms import ADMIN, is_safe_address

_logger = logging.getLogger(__name__)

#: A token is asked for anew a little before it ends.
EARLY = timedelta(minutes=5)
#: Answers that mean that the token is no more, or never was.
TOKEN_ENDED = {40001, 40014, 42001}


class ResCompany(models.Model):
    """How colleagues of a shop are told in WeCom (企业微信)."""

    _name = "res.company"
    _inherit = "res.company"

    dealer_wecom_corp_id = fields.Char("Corp ID", groups=ADMIN)
    dealer_wecom_agent_id = fields.Char(
        "Agent ID", groups=ADMIN, help="Of the application that writes."
    )
    dealer_wecom_secret = fields.Char(
        "Application Secret", groups=ADMIN, copy=False, exportable=False
    )
    dealer_wecom_robot_key = fields.Char(
        "Key of the Group Robot",
        groups=ADMIN,
        copy=False,
        exportable=False,
        help="What stands behind key= in the robot's address. The group is told "
        "neither names nor numbers nor whole plates of customers.",
    )
    dealer_wecom_endpoint = fields.Char(
        "Address of WeCom",
        groups=ADMIN,
        help="Empty: the public one. It begins with https://",
    )
    dealer_wecom_problem = fields.Char(
        "Last Problem of WeCom", groups=ADMIN, readonly=True, copy=False
    )
    # shared by all workers, and read by the program only
    dealer_wecom_token = fields.Char(
        "Token of WeCom", groups=fields.NO_ACCESS, copy=False, exportable=False
    )
    dealer_wecom_token_until = fields.Datetime(
        "Token of WeCom Valid Until",
        groups=fields.NO_ACCESS,
        copy=False,
        exportable=False,
    )

    @api.constrains("dealer_wecom_endpoint")
    def _check_dealer_wecom_endpoint(self):
        for company in self:
            is_safe_address(self.env, company.dealer_wecom_endpoint)

    def _wecom_writes(self):
        """Whether colleagues are told in WeCom. A shop that only has the outbox sees
        there what they would be told."""
        self.ensure_one()
        # whoever causes a message reads no settings
        return self.sudo().dealer_sms_provider == "outbox" or self._wecom_is_set_up()

    def _wecom_is_set_up(self):
        """Whether the application of the shop can write to its colleagues."""
        self.ensure_one()
        # as above
        company = self.sudo()
        return bool(
            company.dealer_wecom_corp_id
            and company.dealer_wecom_agent_id
            and company.dealer_wecom_secret
        )

    def _wecom_url(self):
        return (self.dealer_wecom_endpoint or wecom.ENDPOINT).rstrip("/")

    # ------------------------------------------------------------------
    # THE TOKEN
    # ------------------------------------------------------------------

    def _wecom_token(self, ended=None):
        """The token of the application, from the last worker that has asked for it.

        :param str ended: one that WeCom has refused
        """
        self.ensure_one()
        kept, until = self._wecom_kept_token()
        if kept and kept != ended and until > fields.Datetime.now():
            return kept
        query = {
            "corpid": self.dealer_wecom_corp_id,
            "corpsecret": self.dealer_wecom_secret,
        }
        said = wecom.call(self._wecom_url(), "/cgi-bin/gettoken", query)
        lasts = timedelta(seconds=int(said.get("expires_in") or 0))
        until = fields.Datetime.now() + max(lasts - EARLY, lasts / 2)
        self._wecom_keep_token(said["access_token"], until)
        return said["access_token"]

    def _wecom_kept_token(self):
        self.invalidate_recordset(["dealer_wecom_token", "dealer_wecom_token_until"])
        return self.dealer_wecom_token, self.dealer_wecom_token_until

    def _wecom_keep_token(self, token, until):
        """Keep it for the others, unless one of them keeps one just now: no worker
        waits for the request of another."""
        vals = {"dealer_wecom_token": token, "dealer_wecom_token_until": until}
        try:
            with self.env.cr.savepoint():
                if self.try_lock_for_update(allow_referencing=True):
                    self.write(vals)
        except CONCURRENCY_ERRORS:
            # whoever was faster has kept it
            _logger.info("the token of WeCom of shop %s is kept already", self.id)

    # ------------------------------------------------------------------
    # WRITING
    # ------------------------------------------------------------------

    def _wecom_write(self, user_id, text):
        """Write to one colleague, who gets the same words once.

        :raise WecomError: for a refusal
        """
        payload = {
            "touser": user_id,
            "msgtype": "text",
            "agentid": int(self.dealer_wecom_agent_id),
            "text": {"content": wecom.shortened(text)},
            "enable_duplicate_check": 1,
            "duplicate_check_interval": wecom.SAME_WITHIN,
        }
        token = self._wecom_token()
        try:
            said = self._wecom_send(token, payload)
        except wecom.WecomError as error:
            if error.code not in TOKEN_ENDED:
                raise
            said = self._wecom_send(self._wecom_token(ended=token), payload)
        missing = said.get("invaliduser") or said.get("unlicenseduser")
        if missing:
            raise wecom.WecomError(81013, missing)
        return said.get("msgid")

    def _wecom_send(self, token, payload):
        query = {"access_token": token}
        return wecom.call(self._wecom_url(), "/cgi-bin/message/send", query, payload)

    def _wecom_write_group(self, text):
        """Write to the group of the shop, by its robot.

        :raise WecomError: for a refusal
        """
        payload = {"msgtype": "text", "text": {"content": wecom.shortened(text)}}
        query = {"key": self.dealer_wecom_robot_key}
        wecom.call(self._wecom_url(), "/cgi-bin/webhook/send", query, payload)

    # ------------------------------------------------------------------
    # WHAT THE ADMINISTRATOR SEES
    # ------------------------------------------------------------------

    def _wecom_tell_problem(self, words):
        """Keep what is wrong where the keys are entered; empty once it works again."""
        if (self.dealer_wecom_problem or "") != (words or ""):
            self.dealer_wecom_problem = words

    def action_check_wecom(self):
        """Ask WeCom for a token: whether keys and trusted address are right."""
        self.ensure_one()
        self._check_sms_keeper()
        if not self._wecom_is_set_up():
            raise UserError(
                self.env._("Enter corp ID, agent ID and secret of the application.")
            )
        try:
            # the token is nobody's to read
            self._wecom_token(ended=self.sudo().dealer_wecom_token)
        except wecom.WecomError as error:
            words = self.env["dealer.customer.message"]._wecom_words(error)
            raise UserError(words) from error
        except wecom.requests.RequestException as error:
            raise UserError(self.env._("WeCom cannot be reached.")) from error
        self._wecom_tell_problem(False)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("WeCom has accepted the application."),
            },
        }
