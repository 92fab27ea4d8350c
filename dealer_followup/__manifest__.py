{
    "name": "Dealer Follow-up",
    "summary": "Callbacks, care, satisfaction and customer activities of a dealership",
    "version": "19.0.1.0.0",
    "category": "Services/Dealership",
    "author": "Dealer Suite contributors",
    "license": "LGPL-3",
    "application": True,
    "depends": ["dealer_complaint", "survey"],
    "data": [
        # rights
        "security/dealer_followup_groups.xml",
        "security/ir.model.access.csv",
        "security/dealer_followup_rules.xml",
        # data records
        "data/dealer_followup_result_data.xml",
        "data/dealer_care_rule_data.xml",
        "data/ir_cron_data.xml",
        "data/ir_actions_server_data.xml",
        # views
        "views/dealer_followup_call_templates.xml",
        "views/dealer_followup_call_views.xml",
        "views/dealer_followup_attempt_views.xml",
        "views/dealer_followup_views.xml",
        "views/dealer_care_rule_views.xml",
        "views/dealer_followup_result_views.xml",
        "views/dealer_consent_views.xml",
        "views/dealer_followup_extension_views.xml",
        "views/res_config_settings_views.xml",
        "views/dealer_followup_menus.xml",
    ],
}
