from importlib.util import find_spec
from ipaddress import ip_address
from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.sms.tools.sms_api import SmsApi

from .sms_aliyun import SmsApiAliyun
from .sms_provider import SmsApiNone
from .sms_tencent import SmsApiTencent

ADMIN = "base.group_system"
APIS = {api.provider: api for api in (SmsApiAliyun, SmsApiTencent)}
#: The modules of the providers' own libraries.
LIBRARIES = {
    "aliyun": "alibabacloud_dysmsapi20170525",
    "tencent": "tencentcloud.sms",
}


class ResCompany(models.Model):
    """Who sends the text messages of a shop, and with which keys."""

    _name = "res.company"
    _inherit = "res.company"

    dealer_sms_provider = fields.Selection(
        selection_add=[("aliyun", "Aliyun"), ("tencent", "Tencent Cloud")]
    )
    dealer_sms_sign_name = fields.Char(
        "Signature", help="As the provider has approved it, without the brackets."
    )
    dealer_sms_key_id = fields.Char(
        "Key ID", groups=ADMIN, copy=False, exportable=False
    )
    dealer_sms_key_secret = fields.Char(
        "Key Secret", groups=ADMIN, copy=False, exportable=False
    )
    dealer_sms_app_id = fields.Char(
        "SDK App ID",
        groups=ADMIN,
        copy=False,
        help="Tencent Cloud: of the application.",
    )
    dealer_sms_region = fields.Char(
        "Region", default="ap-guangzhou", groups=ADMIN, help="Tencent Cloud."
    )
    dealer_sms_endpoint = fields.Char(
        "Address of the Service",
        groups=ADMIN,
        help="Empty: the provider's public one. It begins with https://",
    )
    dealer_sms_callback_key = fields.Char(
        "Key of the Receipts", groups=ADMIN, copy=False, exportable=False
    )
    dealer_sms_receipt_url = fields.Char(
        "Address for Receipts",
        compute="_compute_dealer_sms_urls",
        groups=ADMIN,
        exportable=False,
        help="Enter it in the provider's console, for the receipts of messages.",
    )
    dealer_sms_reply_url = fields.Char(
        "Address for Replies",
        compute="_compute_dealer_sms_urls",
        groups=ADMIN,
        exportable=False,
        help="Enter it in the provider's console, for what customers write back.",
    )

    _dealer_sms_callback_key_uniq = models.UniqueIndex(
        "(dealer_sms_callback_key) WHERE dealer_sms_callback_key IS NOT NULL"
    )

    @api.depends("dealer_sms_callback_key", "dealer_sms_provider")
    def _compute_dealer_sms_urls(self):
        for company in self:
            urls = [
                company._key_url(
                    "dealer_sms_callback_key",
                    f"/dealer/sms/{company.dealer_sms_provider}/{what}/",
                )
                if company.dealer_sms_provider in APIS
                else False
                for what in ("receipts", "replies")
            ]
            company.dealer_sms_receipt_url, company.dealer_sms_reply_url = urls

    @api.constrains("dealer_sms_endpoint")
    def _check_dealer_sms_endpoint(self):
        for company in self:
            company._dealer_sms_endpoint("https://example.com")

    # ------------------------------------------------------------------
    # THE PROVIDER
    # ------------------------------------------------------------------

    def _get_sms_api_class(self):
        """The service of the shop; none for a shop in China that has chosen none."""
        self.ensure_one()
        # whoever sends a message reads no settings
        provider = self.sudo().dealer_sms_provider
        if provider in APIS:
            return APIS[provider]
        chosen = super()._get_sms_api_class()
        if chosen is SmsApi and provider != "iap" and self.country_id.code == "CN":
            return chosen if self._dealer_has_account() else SmsApiNone
        return chosen

    def _dealer_sms_api(self):
        """The service of this shop, ready to be called."""
        self.ensure_one()
        service = self._get_sms_api_class()(self.env)
        service._set_company(self)
        return service

    def _dealer_can_text(self):
        """Whether words of one's own leave this shop: a provider in China takes
        approved texts and nothing else."""
        self.ensure_one()
        service = self._get_sms_api_class()
        if service is SmsApiNone or service in APIS.values():
            return False
        return super()._dealer_can_text()

    def _dealer_has_account(self):
        """Whether somebody has opened an account at Odoo's own service, by hand."""
        self.ensure_one()
        # whoever sends a message knows nothing of accounts
        accounts = self.env["iap.account"].sudo()
        domain = [
            ("service_id.technical_name", "=", "sms"),
            ("state", "=", "registered"),
        ]
        shops = ["|", ("company_ids", "=", False), ("company_ids", "in", self.ids)]
        return bool(accounts.search_count(domain + shops, limit=1))

    def _dealer_sms_lacks(self):
        """What is still to be entered before messages can be sent, in words."""
        self.ensure_one()
        names = ["dealer_sms_sign_name", "dealer_sms_key_id", "dealer_sms_key_secret"]
        if self.dealer_sms_provider == "tencent":
            names += ["dealer_sms_app_id", "dealer_sms_region"]
        return [
            self._fields[name]._description_string(self.env)
            for name in names
            if not self[name]
        ]

    def _dealer_sms_endpoint(self, default):
        """Protocol and host of the service.

        :raise ValidationError: for one that keys and numbers would reach in clear
        """
        self.ensure_one()
        # whoever sends a message reads no settings
        address = is_safe_address(self.env, self.sudo().dealer_sms_endpoint or default)
        return address.scheme, address.netloc

    def _dealer_sms_library(self):
        """The package that is missing on the server, as pip knows it."""
        self.ensure_one()
        library = LIBRARIES.get(self.dealer_sms_provider)
        try:
            is_there = not library or find_spec(library)
        except ModuleNotFoundError:
            is_there = False
        return None if is_there else APIS[self.dealer_sms_provider].package

    # ------------------------------------------------------------------
    # ITS ADDRESSES
    # ------------------------------------------------------------------

    def action_renew_sms_addresses(self):
        """Make new addresses for receipts and replies; the old ones are dead."""
        self._check_sms_keeper()
        for company in self:
            company.dealer_sms_callback_key = self._new_key()
        return True

    def action_check_sms_provider(self):
        """Say what is missing, before the first customer finds out."""
        self.ensure_one()
        self._check_sms_keeper()
        if package := self._dealer_sms_library():
            raise UserError(
                self.env._(
                    "The library of the provider is not installed on the server: "
                    "pip install %(package)s",
                    package=package,
                )
            )
        if lacks := self._dealer_sms_lacks():
            raise UserError(
                self.env._(
                    "Text messages of %(shop)s are not set up: %(fields)s",
                    shop=self.name,
                    fields=", ".join(lacks),
                )
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("Keys and library are there."),
            },
        }

    def _check_sms_keeper(self):
        """:raise AccessError: for everybody but administrators"""
        if not (self.env.su or self.env.user.has_group(ADMIN)):
            raise AccessError(
                self.env._("Only an administrator may manage text messages.")
            )

    @api.model
    def _dealer_sms_company(self, key):
        """The shop whose addresses these are; empty for a wrong or old key."""
        return self._by_key("dealer_sms_callback_key", key)


def is_safe_address(env, address):
    """The parts of the address of a service; an empty one is left to the program.

    :raise ValidationError: for one that keys and numbers would reach in clear
    """
    parts = urlsplit(address or "https://empty")
    is_local = parts.scheme == "http" and _is_this_machine(parts.hostname)
    if not parts.netloc or not (parts.scheme == "https" or is_local):
        raise ValidationError(env._("The address of a service begins with https://"))
    return parts


def _is_this_machine(host):
    try:
        return host == "localhost" or ip_address(host or "").is_loopback
    except ValueError:
        return False
