"""A million customers' cars whose owners are to be called, written by SQL."""

from odoo.tools import SQL

from .generator import ROWS, _insert

#: Cars; each has one owner and one past visit.
CARS = ROWS


def fill(env):
    """Owners, cars with all their dates, a visit of each, and some consents.

    Dates are spread evenly: sales over five years, everything that recurs over one.
    Two of seven owners have agreed to marketing.

    :return: the first generated id of partners, cars and visits
    """
    cr = env.cr
    company = env.company.id
    brand = env["fleet.vehicle.model.brand"].create({"name": "Chery"})
    model = env["fleet.vehicle.model"].create({"name": "Tiggo 8", "brand_id": brand.id})
    env.flush_all()
    first = {}
    for table in ("res_partner", "fleet_vehicle", "dealer_reception"):
        cr.execute(f"SELECT COALESCE(MAX(id), 0) + 1 FROM {table}")
        [first[table]] = cr.fetchone()
    partner, car, visit = first.values()
    _insert(
        cr,
        "res_partner",
        CARS,
        id=f"{partner} + i - 1",
        name="'客户' || i",
        complete_name="'客户' || i",
        active="TRUE",
        type="'contact'",
        autopost_bills="'ask'",
        commercial_partner_id=f"{partner} + i - 1",
        partner_share="TRUE",
        lang="'zh_CN'",
        phone="'13' || lpad(i::text, 9, '0')",
        phone_key="'+8613' || lpad(i::text, 9, '0')",
        no_care="i % 500 = 0",
        is_phone_wrong="i % 100 = 1",
        birthday="DATE '1980-01-01' + i % 366",
        birthday_key="to_char(DATE '1980-01-01' + i % 366, 'MMDD')::int",
    )
    _insert(
        cr,
        "fleet_vehicle",
        CARS,
        id=f"{car} + i - 1",
        name="'奇瑞/瑞虎8/皖' || i",
        active="TRUE",
        model_id=str(model.id),
        brand_id=str(brand.id),
        license_plate="'皖Z·' || lpad(to_hex(i), 5, '0')",
        is_customer_vehicle="TRUE",
        owner_id=f"{partner} + i - 1",
        sale_date="CURRENT_DATE - i % 1826",
        last_reception_date="CURRENT_DATE - 1 - i % 1200",
        service_due_date="CURRENT_DATE - 182 + i % 365",
        insurance_expiry="CURRENT_DATE - 30 + i % 365",
        inspection_expiry="CURRENT_DATE - 30 + i % 730",
        warranty_end_date="CURRENT_DATE - 30 + i % 1095",
        insurance_period="1",
        inspection_period="1",
        odometer_unit="'kilometers'",
        power_unit="'power'",
        co2_emission_unit="'g/km'",
        range_unit="'km'",
    )
    arrived = "now() - interval '1 day' * (1 + i % 1200)"
    _insert(
        cr,
        "dealer_reception",
        CARS,
        id=f"{visit} + i - 1",
        name="'H' || i",
        active="TRUE",
        company_id=str(company),
        state="'delivered'",
        vehicle_id=f"{car} + i - 1",
        partner_id=f"{partner} + i - 1",
        contact_id=f"{partner} + i - 1",
        advisor_id=str(env.user.id),
        odometer="10000 + i % 90000",
        is_maintenance="i % 3 != 0",
        promise_state="'kept'",
        is_waiting="FALSE",
        date_planned=arrived,
        date_arrived=arrived,
        date_delivered=f"{arrived} + interval '4 hours'",
    )
    cr.execute(
        SQL(
            """INSERT INTO dealer_consent (phone, company_id, purpose, channel,
                decision, date, evidence, user_id)
            SELECT '+8613' || lpad(i::text, 9, '0'), %(company)s, 'marketing', 'any',
                'given', now() - interval '10 days', 'Form', %(user)s
            FROM generate_series(1, %(cars)s) i WHERE i %% 7 < 2""",
            company=company,
            user=env.user.id,
            cars=CARS,
        )
    )
    for table in (*first, "dealer_consent"):
        cr.execute(f"SELECT setval('{table}_id_seq', (SELECT MAX(id) FROM {table}))")
        cr.execute(f"ANALYZE {table}")
    env.invalidate_all()
    return first


#: (source, values): thirty rules, the shipped figures and variations of them.
RULES = [
    *(("sale", {"offset_days": days, "expire_days": 14}) for days in (3, 7, 30, 90)),
    ("sale", {"offset_months": 6, "expire_days": 14}),
    *(("visit", {"offset_days": days, "expire_days": 12}) for days in (1, 3, 30)),
    ("next_service", {"service_cycle": "first", "offset_days": -14}),
    ("next_service", {"service_cycle": "regular", "offset_days": -14}),
    ("next_service", {"service_cycle": "any", "offset_days": 30}),
    ("next_service", {"service_cycle": "regular", "offset_days": 60}),
    *(("inspection", {"offset_days": days}) for days in (-60, -30, -10)),
    *(("warranty_end", {"offset_days": days}) for days in (-90, -30, 0)),
    *(
        ("insurance", {"offset_days": days, "purpose": "marketing"})
        for days in (-45, -30, -10, 0)
    ),
    ("birthday", {"purpose": "greeting", "expire_days": 1}),
    *(
        ("inactive", {"offset_months": months, "purpose": "marketing"})
        for months in (6, 9, 12, 18, 24)
    ),
    ("declined_work", {"is_safety_only": True}),
    ("declined_work", {"is_safety_only": False, "offset_days": 14}),
]


def make_rules(env):
    """:data:`RULES` instead of all others."""
    rules = env["dealer.care.rule"]
    rules.search([]).active = False
    return rules.create(
        [
            {
                "name": f"Rule {number}",
                "code": f"bench_{number}",
                "source": source,
                "purpose": "service",
                "expire_days": 30,
                "avoid_closed_days": False,
                **values,
            }
            for number, (source, values) in enumerate(RULES)
        ]
    )
