"""The one box for cars at a million cars, beside core's search for a contact."""

from odoo.tools import SQL

from tests.common import DealerServiceCase

from .generator import ROWS
from .ratios import measure, table

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国文玉兰志"
#: Base-36 digits of plates, without I and O.
DIGITS = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def fill(env):
    """:data:`ROWS` owners and cars with plates, VINs, names and phones.

    Names repeat as they do in life, and nine plates of ten start alike: that is what
    makes a search slow.
    """
    cr = env.cr
    brand = env["fleet.vehicle.model.brand"].create({"name": "Chery"})
    model = env["fleet.vehicle.model"].create({"name": "Tiggo", "brand_id": brand.id})
    env.flush_all()
    cr.execute("SELECT COALESCE(MAX(id), 0) FROM res_partner")
    [[last]] = cr.fetchall()
    cr.execute(
        SQL(
            """
            INSERT INTO res_partner (id, name, complete_name, name_pieces, phone,
                phone_key, active, type, autopost_bills, commercial_partner_id, lang)
            SELECT %(last)s + i, name, name,
                substr(name, 1, 2) || ' ' || substr(name, 2, 2),
                '13' || phone, '+8613' || phone, TRUE, 'contact', 'ask', %(last)s + i,
                'zh_CN'
            FROM (
                SELECT i,
                    lpad(((i::bigint * 7919) %% 1000000000)::text, 9, '0') AS phone,
                    substr(%(surnames)s, 1 + (i * 31) %% 20, 1)
                    || substr(%(given)s, 1 + (i / 20) %% 30, 1)
                    || substr(%(given)s, 1 + (i / 600) %% 30, 1) AS name
                FROM generate_series(1, %(rows)s) i
            ) people
            """,
            last=last,
            surnames=SURNAMES,
            given=GIVEN,
            rows=ROWS,
        )
    )
    serial = SQL(" || ").join(
        SQL("substr(%s, 1 + (n / %s)::int %% 34, 1)", DIGITS, 34**place)
        for place in range(4, -1, -1)
    )
    cr.execute(
        SQL(
            """
            INSERT INTO fleet_vehicle (active, is_customer_vehicle, model_id, brand_id,
                owner_id, license_plate, plate_key, vin_sn, vin_key, name,
                odometer_unit, power_unit, co2_emission_unit, range_unit)
            SELECT TRUE, TRUE, %(model)s, %(brand)s, %(last)s + i,
                city || '·' || serial, city || serial, vin, vin,
                'Chery/Tiggo/' || serial,
                'kilometers', 'power', 'g/km', 'km'
            FROM (
                SELECT i, %(serial)s AS serial,
                    CASE i %% 10 WHEN 0 THEN '苏A' ELSE '皖B' END AS city,
                    'LVVDB11B5R' || lpad(i::text, 7, '0') AS vin
                FROM (
                    SELECT i, (i::bigint * 48271) %% 45435424 AS n
                    FROM generate_series(1, %(rows)s) i
                ) numbers
            ) cars
            """,
            model=model.id,
            brand=brand.id,
            last=last,
            serial=serial,
            rows=ROWS,
        )
    )
    cr.execute("SELECT setval('res_partner_id_seq', %s)", (last + ROWS,))
    # what autovacuum does in the night after such an import
    cr.execute("SELECT gin_clean_pending_list('res_partner_name_pieces_idx')")
    cr.execute("ANALYZE res_partner")
    cr.execute("ANALYZE fleet_vehicle")


class BenchVehicleSearch(DealerServiceCase):
    """Eight suggestions while an advisor types, as the web client asks for them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        fill(cls.env)

    def search(self, model, text, domain=()):
        records = self.env[model].with_user(self.advisor)
        return measure(
            self.env,
            lambda _: records.name_search(text, domain=list(domain), limit=8),
        )

    def test_one_box(self):
        cars = [("is_customer_vehicle", "=", True)]
        middle = self.env["fleet.vehicle"].search(cars, offset=ROWS // 2, limit=1)
        plate, vin, owner = middle.plate_key, middle.vin_key, middle.owner_id
        texts = {
            "whole plate": plate,
            "beginning of a plate": plate[:4],
            "last five of the plate": plate[-5:],
            "last four of the plate": plate[-4:],
            "VIN": vin,
            "last six of the VIN": vin[-6:],
            "phone": owner.phone,
            "last four of the phone": owner.phone[-4:],
            "owner": owner.name,
            "given name": owner.name[1:],
            "nothing there": "皖B·IIIII",
        }
        peer = self.search("res.partner", owner.name)
        table(
            f"One box for {ROWS:,} cars, beside core's contacts by name",
            [
                (what, self.search("fleet.vehicle", text, cars), peer)
                for what, text in texts.items()
            ],
        )
