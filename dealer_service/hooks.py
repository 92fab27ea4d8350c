"""What Odoo calls when the addon is installed, and when it is uninstalled."""

from odoo.fields import Command

from .tools.upgrade.shipped_rows import give_back


def enter_holidays(env):
    """The public holidays are known from the first day on, not from the first night;
    and what is done for first visitors."""
    companies = env["res.company"].search([])
    companies._forget_foreign_zone()
    env["dealer.workday"]._fill_published(companies)
    env["res.company"]._plan_first_visits()


def give_fleet_back(env):
    """Without the field that they ask for, Fleet's own screens would not open."""
    give_back(
        env,
        "fleet",
        "fleet_vehicle_action",
        "fleet_vehicle_odometer_action",
        "fleet_vehicle_odometer_reporting_action",
        "fleet_vehicle_log_contract_action",
        "fleet_vehicle_log_services_action",
        "fleet_costs_reporting_action",
        domain=False,
        context="{}",
    )
    give_back(
        env,
        "fleet",
        "action_fleet_vehicle_send_mail",
        group_ids=[Command.clear()],
    )
