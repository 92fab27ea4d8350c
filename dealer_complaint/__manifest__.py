{
    "name": "Dealer Complaint",
    "summary": "Customer complaints of a car dealership, with timers that cannot be missed",
    "version": "19.0.1.0.0",
    "category": "Services/Dealership",
    "author": "Dealer Suite contributors",
    "license": "LGPL-3",
    "application": True,
    "depends": ["dealer_service"],
    "data": [
        "security/dealer_complaint_groups.xml",
        "views/dealer_complaint_menus.xml",
    ],
}
