"""Base case and factories. Every test of the suite stands on them."""

from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user, tagged


@tagged("standard", "post_install", "-at_install")
class DealerServiceCase(TransactionCase):
    """A service department: an advisor, a technician, a manager, and customers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.advisor = cls.make_user("advisor", "user")
        cls.technician = cls.make_user("technician", "technician")
        cls.manager = cls.make_user("manager", "manager")
        cls.brand = cls.env["fleet.vehicle.model.brand"].create({"name": "Chery"})
        cls.model = cls.env["fleet.vehicle.model"].create(
            {"name": "Tiggo 8", "brand_id": cls.brand.id}
        )
        cls.customer = cls.make_partner(name="王建国", phone="138 0553 1234")
        cls.vehicle = cls.make_vehicle()

    @classmethod
    def make_user(cls, login, role, **values):
        """A user with one role of the service department.

        :param str role: ``technician``, ``user`` (advisor) or ``manager``
        """
        return new_test_user(
            cls.env,
            login=login,
            groups=f"dealer_service.group_dealer_service_{role}",
            company_ids=[Command.set(cls.env.company.ids)],
            tz="Asia/Shanghai",
            **values,
        )

    @classmethod
    def make_partner(cls, **values):
        return cls.env["res.partner"].create({"name": "Customer", **values})

    @classmethod
    def make_vehicle(cls, **values):
        """A customer's car; owner and plate unless given otherwise."""
        return cls.env["fleet.vehicle"].create(
            {
                "is_customer_vehicle": True,
                "model_id": cls.model.id,
                "license_plate": "皖B·A1234",
                "owner_id": cls.customer.id,
                "company_id": False,
                **values,
            }
        )

    @classmethod
    def make_reception(cls, **values):
        """A visit, booked unless ``state="arrived"`` is given."""
        return cls.env["dealer.reception"].create(
            {
                "vehicle_id": cls.vehicle.id,
                "partner_id": cls.customer.id,
                "advisor_id": cls.advisor.id,
                **values,
            }
        )

    @classmethod
    def tick(cls, reception):
        """Carry out every standard of the current step."""
        reception.check_ids.filtered(lambda check: not check.is_done).action_done()
