{
    "name": "Dealer Service",
    "summary": "After-sales visits of a car dealership, from booked slot to handed-over key",
    "version": "19.0.1.0.0",
    "category": "Services/Dealership",
    "author": "Dealer Suite contributors",
    "license": "LGPL-3",
    "application": True,
    "depends": ["fleet", "sale_management", "portal", "rating", "resource"],
    "external_dependencies": {"python": ["phonenumbers"]},
    "data": [
        # rights
        "security/dealer_service_groups.xml",
        "security/ir.model.access.csv",
        "security/dealer_service_rules.xml",
        # data records
        "data/ir_sequence_data.xml",
        "data/ir_cron_data.xml",
        "data/dealer_vehicle_system_data.xml",
        "data/dealer_warning_lamp_data.xml",
        "data/mail_template_rating_data.xml",
        "data/dealer_service_step_data.xml",
        # screens
        "views/dealer_reception_views.xml",
        "views/dealer_reception_inspection_views.xml",
        "views/dealer_signature_views.xml",
        "views/dealer_service_step_views.xml",
        "views/dealer_vehicle_system_views.xml",
        "views/res_config_settings_views.xml",
        "views/dealer_reception_report_views.xml",
        # papers
        "report/paper_layout.xml",
        "report/paper_inspection.xml",
        "report/paper_delivery.xml",
        "report/paper_actions.xml",
        # menus come last: they name the actions above
        "views/dealer_service_menus.xml",
    ],
    "demo": [],
}
