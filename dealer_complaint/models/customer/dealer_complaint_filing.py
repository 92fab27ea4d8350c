from datetime import timedelta
from uuid import UUID

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import LazyTranslate, plaintext2html

from odoo.addons.dealer_service.tools.inspection.photo import PhotoTooLarge, clean_photo
from odoo.addons.dealer_service.tools.refusal import NamedRefusal

_lt = LazyTranslate(__name__)

#: Longest text of a field that a visitor fills in.
MAX_TEXT = 4000
#: Length of a subject made of the customer's first words.
MAX_SUBJECT = 60
MAX_PHOTOS = 5
#: Bytes of one photo as it is sent; what is kept is smaller.
MAX_PHOTO = 12 * 1024 * 1024
#: Bytes of one request: photos and text together.
MAX_REQUEST = MAX_PHOTOS * MAX_PHOTO + 1024 * 1024
#: Complaints of one customer on the pages within a day, and about one visit.
MAX_A_DAY = 5
MAX_A_VISIT = 3
#: Fields that hold the words of who filed the complaint.
_WRITTEN_FIELDS = {"description", "remedy_sought"}
#: Messages of a customer on one complaint within an hour.
MAX_MESSAGES = 10


class FilingRefused(NamedRefusal):
    """Why a complaint or message cannot be taken, in words for the customer."""


class DealerComplaint(models.Model):
    """Complaints and messages that customers write themselves, on the pages."""

    _name = "dealer.complaint"
    _inherit = "dealer.complaint"

    @api.model
    def _file_by_customer(self, key, partner, company, words, photos=(), **known):
        """Make a complaint of what a customer wrote; the same form makes it once.

        :param str key: UUID of the form that was filled in
        :param words: ``text``, ``wish`` and ``is_safety`` as the customer entered them
        :param list photos: (name, bytes)
        :param known: values of the complaint: car, visit, category
        :raise FilingRefused: without a text, for too much of anything
        :return: the complaint (``dealer.complaint``) with all rights
        """
        text = (words.get("text") or "").strip()
        if not text:
            raise FilingRefused(self.env._("Please tell us what happened."))
        # the customer has no rights on the model; the page has checked whose car and
        # visit they are
        desk = self.sudo().with_company(company)
        # as above: the page has checked who it is
        partner = partner.sudo()
        # one form of one customer at a time: the second tap finds the first one's
        self.env.cr.execute(
            "UPDATE res_partner SET id = id WHERE id = %s", (partner.id,)
        )
        origin = f"portal:{partner.id}:{self._form_key(key)}"
        filed = desk.with_context(active_test=False).search(
            [("company_id", "=", company.id), ("origin_key", "=", origin)]
        )
        if filed:
            return filed
        desk._check_not_too_many(partner, company, known.get("reception_id"))
        pictures = self._clean_photos(photos)
        complaint = desk._raise_once(
            origin,
            company,
            partner_id=partner.id,
            subject=self._subject_of(text),
            description=text[:MAX_TEXT],
            remedy_sought=(words.get("wish") or "").strip()[:MAX_TEXT] or False,
            is_safety=bool(words.get("is_safety")),
            source="portal",
            user_id=False,
            **known,
        )
        if pictures:
            complaint._post_of_customer("", pictures)
        complaint._portal_ensure_token()
        complaint._ask_responsible(
            _lt("A customer has complained: take it up"), text[:MAX_TEXT]
        )
        return complaint

    def _write_of_customer(self, text, photos=()):
        """A message of the customer in the thread of the complaint.

        :raise FilingRefused: without text and photo, or for too much of either
        """
        self.ensure_one()
        text = (text or "").strip()[:MAX_TEXT]
        if self.state in ("cancelled", "merged"):
            raise FilingRefused(self.env._("This complaint is no longer open."))
        # one message of a complaint at a time: the second tap finds the first one's
        self.env.cr.execute(
            "UPDATE dealer_complaint SET id = id WHERE id = %s", (self.id,)
        )
        since = fields.Datetime.now() - timedelta(hours=1)
        written = self._portal_messages_of_customer(since)
        if len(written) >= MAX_MESSAGES:
            raise FilingRefused(
                self.env._(
                    "You have sent many messages within the last hour. Please call "
                    "us, or write again later."
                )
            )
        if any(text and message.body == plaintext2html(text) for message in written):
            # the second tap
            return
        # unpacking photos costs something: only for what is taken
        pictures = self._clean_photos(photos)
        if not text and not pictures:
            raise FilingRefused(self.env._("Please write something."))
        self._post_of_customer(text, pictures)
        self._ask_responsible(_lt("The customer has written"), text)

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def _check_customers_words(self, vals):
        """What customers wrote themselves, on the page or by mail, stays as it is."""
        for complaint in self.browse() if self.env.su else self:
            for name in complaint._customers_words() & set(vals):
                if (vals[name] or "") != complaint[name]:
                    raise UserError(
                        self.env._(
                            "%(complaint)s: “%(field)s” contains the customer's own "
                            "words. Record anything else you learn as a contact or "
                            "a note.",
                            complaint=complaint.name,
                            field=self._field_label(name),
                        )
                    )

    def _customers_words(self):
        """The fields that hold what the customer wrote himself."""
        if self.source not in ("portal", "email"):
            return set()
        return {name for name in _WRITTEN_FIELDS if self[name]}

    def _fixed_names(self):
        return super()._fixed_names() | self._customers_words()

    # ------------------------------------------------------------------
    # HELPERS
    # ------------------------------------------------------------------

    def _post_of_customer(self, text, pictures):
        self.message_post(
            body=plaintext2html(text) if text else "",
            author_id=self.partner_id.id,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            attachments=pictures,
        )

    def _portal_messages_of_customer(self, since):
        messages = [
            message for message, mine in self._portal_messages() if message in mine
        ]
        return [message for message in messages if message.date >= since]

    @api.model
    def _form_key(self, key):
        """:raise FilingRefused: for a key that no form of ours has"""
        try:
            return str(UUID(key or ""))
        except ValueError:
            raise FilingRefused(
                self.env._("Please open the form again and fill it in.")
            ) from None

    @api.model
    def _check_not_too_many(self, partner, company, visit_id):
        since = fields.Datetime.now() - timedelta(days=1)
        recent = [
            ("company_id", "=", company.id),
            ("source", "=", "portal"),
            ("origin_key", "=like", "portal:%"),
        ]
        own = [("partner_id", "=", partner.id), ("date_received", ">=", since)]
        limits = [(own, MAX_A_DAY)]
        if visit_id:
            limits.append(([("reception_id", "=", visit_id)], MAX_A_VISIT))
        for domain, limit in limits:
            if self.search_count(recent + domain, limit=limit) >= limit:
                raise FilingRefused(
                    self.env._(
                        "We already have several complaints from you. Please write "
                        "to us on the page of one of them, or call us."
                    )
                )

    @api.model
    def _subject_of(self, text):
        """The first line, or as much of it as makes a subject."""
        line = text.strip().splitlines()[0].strip()
        return line if len(line) <= MAX_SUBJECT else f"{line[: MAX_SUBJECT - 1]}…"

    @api.model
    def _clean_photos(self, photos):
        """Photos as they are kept: pictures and nothing else, without the place where
        they were taken, not larger than a screen shows.

        :param list photos: (name, bytes)
        :raise FilingRefused: for too many, too large ones, or other files
        """
        photos = [(name, content) for name, content in photos if content]
        if len(photos) > MAX_PHOTOS:
            raise FilingRefused(
                self.env._("Please send %(count)s photos at most.", count=MAX_PHOTOS)
            )
        cleaned = []
        for number, (_name, content) in enumerate(photos, 1):
            try:
                if len(content) > MAX_PHOTO:
                    raise PhotoTooLarge
                picture = clean_photo(content)
            except PhotoTooLarge:
                raise FilingRefused(
                    self.env._("One of the photos is too large.")
                ) from None
            except ValueError:
                raise FilingRefused(
                    self.env._("Only photos can be sent here: JPEG, PNG or WebP.")
                ) from None
            cleaned.append((f"photo_{number}.jpg", picture))
        return cleaned
