"""A car in the workshop keeps from every shipped call but those about an activity."""


def migrate(cr, version):
    """Tick it on the shipped rules that are in use."""
    if not version:
        return
    cr.execute(
        """
        UPDATE dealer_care_rule r
           SET suppress_in_house = TRUE
          FROM ir_model_data d
         WHERE d.module = 'dealer_followup'
           AND d.model = 'dealer.care.rule'
           AND d.res_id = r.id
           AND r.active
           AND d.name IN (
               'care_rule_complaint', 'care_rule_hand', 'care_rule_unhappy',
               'care_rule_recall', 'care_rule_birthday'
           )
        """
    )
