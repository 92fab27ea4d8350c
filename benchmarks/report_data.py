"""Ten years of a busy shop for its reports, written by SQL on top of the visits."""

from odoo.tools import SQL

from . import generator
from .generator import CARS, ROWS, _insert

#: So many days the past reaches back: a month is some 8,200 visits, with a million of
#: them it is ten years.
DAYS = max(ROWS * 3650 // 1_000_000, 60)
#: A questionnaire was answered after every fifth visit.
ANSWERED = 5
#: Every fiftieth visit ended in a complaint, with three time limits.
COMPLAINED = 50
#: Two a month.
ACTIVITIES = max(DAYS * 24 // 365, 1)
INVITED = 100


def _first(cr, table):
    cr.execute(f"SELECT COALESCE(MAX(id), 0) + 1 FROM {table}")
    return cr.fetchone()[0]


def _done(cr, *tables):
    for table in tables:
        cr.execute(f"SELECT setval('{table}_id_seq', (SELECT MAX(id) FROM {table}))")
        cr.execute(f"ANALYZE {table}")


def fill(env):
    """Visits with their standards, answers, calls, complaints and activities.

    :return: what :func:`generator.fill` returned
    """
    cr = env.cr
    company, user = str(env.company.id), str(env.user.id)
    activity = _first(cr, "dealer_activity")
    begins = f"now() - i * interval '1 day' * {DAYS} / {ACTIVITIES}"
    _insert(
        cr,
        "dealer_activity",
        ACTIVITIES,
        id=f"{activity} + i - 1",
        name="'活动' || i",
        active="TRUE",
        company_id=company,
        kind="'lecture'",
        has_seats="TRUE",
        state="'done'",
        user_id=user,
        date_start=begins,
        date_end=f"{begins} + interval '3 hours'",
        effect_days="30",
        effect_end=f"({begins})::date + 30",
        cost_planned="3000",
        cost_actual="2800",
    )
    _done(cr, "dealer_activity")
    first = generator.fill(
        env,
        days=DAYS,
        cars={
            "sale_date": f"CURRENT_DATE - (i * {DAYS}::bigint / {CARS})::int",
            "home_company_id": company,
            "life_cycle": "'active'",
        },
        visits={
            "is_maintenance": "i % 3 != 0",
            "is_first_promise_kept": "i % 7 != 0",
            "is_comeback": "i % 40 = 0",
            "date_appointment": "CASE WHEN i % 2 = 0 THEN now() - interval '1 day'"
            f" - (i * interval '1 day' / {ROWS}) * {DAYS} END",
            "settled_total": "300 + i % 900",
            # an activity brings what comes in its half month
            "activity_id": "CASE WHEN i % 20 = 0 THEN"
            f" {activity} + (i::bigint * {ACTIVITIES} / ({ROWS} + 1))::int END",
        },
    )
    # as autovacuum does
    cr.execute("SELECT brin_summarize_new_values('dealer_reception_moments_idx')")
    generator.fill_checks(env, first)
    cr.execute(
        SQL(
            """INSERT INTO dealer_activity_invitee (activity_id, company_id,
                vehicle_id, partner_id, contact_name, state, persons, date_invited)
            SELECT %(activity)s + n %% %(activities)s, %(company)s, %(car)s + n - 1,
                %(partner)s + n - 1, '客户' || n,
                CASE WHEN n %% 3 = 0 THEN 'attended' ELSE 'listed' END, 1, now()
            FROM generate_series(1, %(rows)s) n""",
            activity=activity,
            activities=ACTIVITIES,
            company=env.company.id,
            car=first["fleet_vehicle"],
            partner=first["res_partner"],
            rows=min(ACTIVITIES * INVITED, CARS),
        )
    )
    cr.execute("ANALYZE dealer_activity_invitee")
    _fill_answers(env, first)
    _fill_complaints(env, first)
    env.invalidate_all()
    return first


def _fill_answers(env, first):
    """A call after each visit; after every fifth of them a questionnaire."""
    cr = env.cr
    rule = env["dealer.care.rule"].create(
        {
            "name": "Call after the visit",
            "code": "bench_reports",
            "source": "visit",
            "purpose": "service",
            "offset_days": 3,
            "expire_days": 12,
        }
    )
    model = env["dealer.csi.model"].search([("kind", "=", "service")], limit=1)
    survey = env["survey.survey"].search([], limit=1)
    env.flush_all()
    answer = _first(cr, "survey_user_input")
    values = {
        "visit": first["dealer_reception"],
        "answer": answer,
        "every": ANSWERED,
        "survey": survey.id,
        "model": model.id,
        "rule": rule.id,
    }
    cr.execute("DISCARD PLANS")
    cr.execute(
        SQL(
            """INSERT INTO survey_user_input (id, survey_id, access_token, state,
                start_datetime, end_datetime, dealer_company_id, dealer_csi_model_id,
                dealer_has_index, dealer_index, dealer_has_nps, dealer_nps,
                create_date, test_entry)
            SELECT %(answer)s + (r.id - %(visit)s) / %(every)s, %(survey)s,
                'bench' || r.id, 'done', r.date_delivered + interval '3 days',
                r.date_delivered + interval '3 days', r.company_id, %(model)s,
                TRUE, 600 + r.id %% 400, TRUE, r.id %% 11, now(), FALSE
            FROM dealer_reception r
            WHERE r.id >= %(visit)s AND (r.id - %(visit)s) %% %(every)s = 0
            ORDER BY r.id""",
            **values,
        )
    )
    _done(cr, "survey_user_input")
    cr.execute(
        SQL(
            """INSERT INTO dealer_csi_score (user_input_id, company_id, factor_id,
                score, question_count)
            SELECT a.id, a.dealer_company_id, f.id, (a.id * 7 + f.id * 3) %% 11, 2
            FROM survey_user_input a JOIN dealer_csi_factor f ON f.model_id = %(model)s
            WHERE a.id >= %(answer)s ORDER BY a.id""",
            **values,
        )
    )
    _done(cr, "dealer_csi_score")
    cr.execute(
        SQL(
            """INSERT INTO dealer_followup (rule_id, priority, channel, state,
                vehicle_id, partner_id, contact_name, anchor_key, anchor_date,
                visit_id, company_id, due_date, expire_date, next_try_at,
                is_promised, date_closed, survey_input_id)
            SELECT %(rule)s, 10, 'call',
                CASE WHEN r.id %% 3 = 0 THEN 'expired' ELSE 'done' END,
                r.vehicle_id, r.partner_id, '客户', 'visit:' || r.id,
                r.date_delivered::date, r.id, r.company_id,
                r.date_delivered::date + 3, r.date_delivered::date + 15,
                r.date_delivered + interval '3 days', FALSE,
                r.date_delivered + interval '3 days',
                CASE WHEN (r.id - %(visit)s) %% %(every)s = 0
                    THEN %(answer)s + (r.id - %(visit)s) / %(every)s END
            FROM dealer_reception r WHERE r.id >= %(visit)s ORDER BY r.id""",
            **values,
        )
    )
    _done(cr, "dealer_followup")


def _fill_complaints(env, first):
    """Closed complaints with three time limits each, one of four paused once."""
    cr = env.cr
    complaint, timer = (
        _first(cr, table) for table in ("dealer_complaint", "dealer_sla_timer")
    )
    values = {
        "complaint": complaint,
        "timer": timer,
        "visit": first["dealer_reception"],
        "every": COMPLAINED,
        "user": env.user.id,
    }
    cr.execute("DISCARD PLANS")
    cr.execute(
        SQL(
            """INSERT INTO dealer_complaint (id, name, subject, active, company_id,
                level, grade, source, cause, partner_id, vehicle_id, reception_id,
                user_id, state, cycle, handover_state, sla_state, date_received,
                date_resolved, date_closed)
            SELECT %(complaint)s + (r.id - %(visit)s) / %(every)s, 'T' || r.id,
                '刹车异响', TRUE, r.company_id, 'complaint', 'general', 'counter',
                'unknown', r.partner_id, r.vehicle_id, r.id, %(user)s, 'closed', 1,
                'none', 'none',
                r.date_delivered + interval '1 day',
                r.date_delivered + interval '4 days',
                r.date_delivered + interval '5 days'
            FROM dealer_reception r
            WHERE r.id >= %(visit)s AND (r.id - %(visit)s) %% %(every)s = 0
            ORDER BY r.id""",
            **values,
        )
    )
    _done(cr, "dealer_complaint")
    cr.execute(
        SQL(
            """INSERT INTO dealer_sla_timer (id, complaint_id, company_id, metric,
                origin, cycle, state, unit, date_start, date_run, date_deadline,
                date_stop, used_seconds, responsible_id)
            SELECT %(timer)s + (c.id - %(complaint)s) * 3 + m.number, c.id,
                c.company_id, m.name, '', 1, 'met', 'clock_hours', c.date_received,
                c.date_received, c.date_received + interval '20 hours',
                c.date_received + m.number * interval '9 hours'
                    + (c.id %% 5) * interval '1 hour',
                3600, c.user_id
            FROM dealer_complaint c
            CROSS JOIN (VALUES (0, 'contact'), (1, 'feedback'), (2, 'resolve'))
                AS m(number, name)
            WHERE c.id >= %(complaint)s ORDER BY c.id""",
            **values,
        )
    )
    _done(cr, "dealer_sla_timer")
    cr.execute(
        SQL(
            """INSERT INTO dealer_sla_segment (timer_id, complaint_id, company_id,
                kind, date_from, date_to, seconds, reason)
            SELECT t.id, t.complaint_id, t.company_id, 'pause', t.date_start,
                t.date_start + interval '1 hour', 3600, 'parts'
            FROM dealer_sla_timer t WHERE t.id >= %(timer)s AND t.id %% 4 = 0
            ORDER BY t.id""",
            **values,
        )
    )
    _done(cr, "dealer_sla_segment")
