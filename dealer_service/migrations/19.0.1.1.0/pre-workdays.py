"""Make-up workdays were those of the complaint clocks: ``dealer.sla.workday``."""

from odoo.tools import sql


def migrate(cr, version):
    """Keep the days that were entered, under their new name."""
    if not version or not sql.table_exists(cr, "dealer_sla_workday"):
        return
    cr.execute("ALTER TABLE dealer_sla_workday RENAME TO dealer_workday")
    cr.execute(
        "ALTER SEQUENCE dealer_sla_workday_id_seq RENAME TO dealer_workday_id_seq"
    )
    cr.execute("ALTER INDEX dealer_sla_workday_pkey RENAME TO dealer_workday_pkey")
    cr.execute("DROP INDEX IF EXISTS dealer_sla_workday__day_uniq")
    for table in ("ir_model", "ir_model_fields", "ir_ui_view"):
        cr.execute(
            f"UPDATE {table} SET model = 'dealer.workday'"
            " WHERE model = 'dealer.sla.workday'"
        )
    cr.execute(
        """UPDATE ir_model_data
              SET module = 'dealer_service',
                  name = replace(name, 'dealer_sla_workday', 'dealer_workday')
            WHERE name IN ('model_dealer_sla_workday',
                          'dealer_sla_workday_rule_company',
                          'dealer_sla_workday_view_list',
                          'dealer_sla_workday_view_search',
                          'dealer_sla_workday_action')"""
    )
    cr.execute(
        "UPDATE ir_act_window SET res_model = 'dealer.workday'"
        " WHERE res_model = 'dealer.sla.workday'"
    )
