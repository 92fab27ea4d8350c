"""A dealership with a long past, written by a few SQL statements."""

import os

ROWS = int(os.environ.get("BENCH_ROWS", 1_000_000))
#: A customer comes about five times.
CARS = max(ROWS // 5, 1)


def _insert(cr, table, rows, **columns):
    """Insert ``rows`` generated rows; each column is an SQL expression of ``i``."""
    # how foreign keys are looked up was planned when the tables were empty
    cr.execute("DISCARD PLANS")
    cr.execute(
        f"INSERT INTO {table} ({', '.join(columns)})"
        f" SELECT {', '.join(columns.values())} FROM generate_series(1, {rows}) i"
    )


def fill(env, *, days=1825, cars=None, visits=None):
    """Cars, owners, and :data:`ROWS` past visits, orders of ``sale`` beside them.

    :param int days: how far the past reaches back
    :param dict cars: further columns of the cars; as of the visits: each an SQL
        expression of ``i``
    :return: the first generated ids of partners, cars and visits
    """
    cr = env.cr
    company = env.company.id
    orders = env["sale.order"]._fields
    first = {}
    for table in ("res_partner", "fleet_vehicle", "dealer_reception", "sale_order"):
        cr.execute(f"SELECT COALESCE(MAX(id), 0) + 1 FROM {table}")
        [first[table]] = cr.fetchone()
    model = env["fleet.vehicle.model"].create(
        {
            "name": "Tiggo 8",
            "brand_id": env["fleet.vehicle.model.brand"].create({"name": "Chery"}).id,
        }
    )
    env.flush_all()
    _insert(
        cr,
        "res_partner",
        CARS,
        id=f"{first['res_partner']} + i - 1",
        name="'客户' || i",
        complete_name="'客户' || i",
        active="TRUE",
        type="'contact'",
        autopost_bills="'ask'",
        commercial_partner_id=f"{first['res_partner']} + i - 1",
        lang="'zh_CN'",
    )
    _insert(
        cr,
        "fleet_vehicle",
        CARS,
        id=f"{first['fleet_vehicle']} + i - 1",
        name="'奇瑞/瑞虎8/皖' || i",
        active="TRUE",
        model_id=str(model.id),
        brand_id=str(model.brand_id.id),
        license_plate="'皖Z·' || lpad(to_hex(i), 5, '0')",
        is_customer_vehicle="TRUE",
        plate_key="'皖Z' || upper(lpad(to_hex(i), 5, '0'))",
        owner_id=f"{first['res_partner']} + i - 1",
        odometer_unit="'kilometers'",
        power_unit="'power'",
        co2_emission_unit="'g/km'",
        range_unit="'km'",
        **(cars or {}),
    )
    # the past ends yesterday; a visit takes four hours
    arrived = f"now() - interval '1 day' - (i * interval '1 day' / {ROWS}) * {days}"
    steps = {
        "date_arrived": 0,
        "date_greeted": 2,
        "date_consulted": 7,
        "date_walk_begun": 8,
        "date_walk_signed": 14,
        "date_inspected": 15,
        "date_authorized": 30,
        "date_started": 40,
        "date_finished": 200,
        "date_passed": 210,
        "date_ready": 220,
        "date_settlement_opened": 224,
        "date_settled": 230,
        "date_delivered": 240,
    }
    _insert(
        cr,
        "dealer_reception",
        ROWS,
        id=f"{first['dealer_reception']} + i - 1",
        name="'H' || i",
        active="TRUE",
        company_id=str(company),
        state="'delivered'",
        vehicle_id=f"{first['fleet_vehicle']} + i % {CARS}",
        partner_id=f"{first['res_partner']} + i % {CARS}",
        contact_id=f"{first['res_partner']} + i % {CARS}",
        advisor_id=str(env.user.id),
        license_plate="'皖Z·' || lpad(to_hex(i), 5, '0')",
        car_name="'皖Z·' || lpad(to_hex(i), 5, '0') || ' Tiggo 8'",
        odometer="10000 + i % 90000",
        promise_state="'kept'",
        is_waiting="FALSE",
        date_planned=arrived,
        date_promised=f"{arrived} + interval '240 min'",
        date_promised_first=f"{arrived} + interval '240 min'",
        **{
            stamp: f"{arrived} + interval '{minutes} min'"
            for stamp, minutes in steps.items()
        },
        **(visits or {}),
    )
    _insert(
        cr,
        "sale_order",
        ROWS,
        id=f"{first['sale_order']} + i - 1",
        name="'S' || i",
        state="'sale'",
        invoice_status="'invoiced'",
        company_id=str(company),
        currency_id=str(env.company.currency_id.id),
        partner_id=f"{first['res_partner']} + i % {CARS}",
        partner_invoice_id=f"{first['res_partner']} + i % {CARS}",
        partner_shipping_id=f"{first['res_partner']} + i % {CARS}",
        user_id=str(env.user.id),
        date_order=arrived,
        amount_total="100",
        # required when the warehouse is installed beside
        **({"picking_policy": "'direct'"} if "picking_policy" in orders else {}),
    )
    for table, start in first.items():
        cr.execute(
            f"SELECT setval('{table}_id_seq', GREATEST(%s, last_value))"
            f" FROM {table}_id_seq",
            [start + max(ROWS, CARS)],
        )
        cr.execute(f"ANALYZE {table}")
    env.invalidate_all()
    return first


def fill_checks(env, first):
    """The standards of each generated visit; one in nine was missed.

    :param first: what :func:`fill` returned
    """
    cr = env.cr
    cr.execute("DISCARD PLANS")
    cr.execute(
        """
        INSERT INTO dealer_reception_check (
            reception_id, company_id, standard_id, step_id, sequence, is_mandatory,
            is_blocking, evidence, is_done, is_lapse, is_proven, user_id, date_done
        )
        SELECT r.id, r.company_id, s.id, s.step_id, s.sequence, s.is_mandatory,
            s.is_blocking, s.evidence, NOT missed, missed AND s.is_mandatory,
            s.evidence IS NOT NULL AND NOT missed, r.advisor_id, r.date_delivered
        FROM dealer_reception r
        CROSS JOIN dealer_service_standard s
        CROSS JOIN LATERAL (SELECT (r.id * 31 + s.id * 17) %% 9 = 0 AS missed) dice
        WHERE r.id >= %s AND s.active
            AND (s.applies_to = 'all'
                OR s.applies_to = 'appointment' AND r.id %% 2 = 0
                OR s.applies_to = 'waiting' AND r.id %% 3 = 0)
        ORDER BY r.id
        """,
        [first["dealer_reception"]],
    )
    cr.execute("ANALYZE dealer_reception_check")
    env.invalidate_all()
