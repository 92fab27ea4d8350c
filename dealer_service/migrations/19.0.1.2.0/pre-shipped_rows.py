"""The job that erases personal data is the shop's from now on: it may be changed."""


def migrate(cr, version):
    """Upgrades no longer write it anew."""
    cr.execute(
        """UPDATE ir_model_data SET noupdate = true
            WHERE (module, name) = ('dealer_service', 'ir_cron_dealer_service_forget')
        """
    )
