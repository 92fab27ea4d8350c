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
        "security/dealer_followup_groups.xml",
        "views/dealer_followup_menus.xml",
    ],
}
