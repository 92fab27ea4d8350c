{
    "name": "Dealer Complaint",
    "summary": "Customer complaints of a dealership, with timers that cannot be missed",
    "version": "19.0.1.0.0",
    "category": "Services/Dealership",
    "author": "Dealer Suite contributors",
    "license": "LGPL-3",
    "application": True,
    "depends": ["base_import", "dealer_service"],
    "data": [
        # rights
        "security/dealer_complaint_groups.xml",
        "security/ir.model.access.csv",
        "security/dealer_complaint_rules.xml",
        "security/dealer_complaint_desk_rules.xml",
        # data records
        "data/ir_sequence_data.xml",
        "data/ir_cron_data.xml",
        "data/mail_activity_type_data.xml",
        "data/dealer_complaint_category_data.xml",
        "data/dealer_complaint_fault_code_data.xml",
        "data/res_partner_data.xml",
        "data/base_import_mapping_data.xml",
        "data/dealer_sla_policy_data.xml",
        "data/ir_actions_server_data.xml",
        "data/dealer_return_rate_data.xml",
        # screens
        "views/dealer_complaint_dialog_views.xml",
        "views/dealer_complaint_views.xml",
        "views/dealer_complaint_category_views.xml",
        "views/dealer_complaint_fault_code_views.xml",
        "views/dealer_sla_views.xml",
        "views/dealer_complaint_action_views.xml",
        "views/dealer_manufacturer_report_views.xml",
        "views/dealer_external_case_views.xml",
        "views/dealer_complaint_origin_views.xml",
        "views/dealer_complaint_report_views.xml",
        "views/dealer_complaint_value_views.xml",
        "views/res_config_settings_views.xml",
        # menus come last: they name the actions above
        "views/dealer_complaint_menus.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "dealer_complaint/static/src/sla_clock/**/*",
        ],
    },
}
