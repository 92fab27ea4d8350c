"""The roles of dealer_service, as code asks for them. See its security/ folder."""

#: Works on cars: own jobs, no prices, no customers' data.
TECHNICIAN = "dealer_service.group_dealer_service_technician"
#: Looks after visits from booking to delivery.
ADVISOR = "dealer_service.group_dealer_service_user"
#: Runs the service department of a shop.
MANAGER = "dealer_service.group_dealer_service_manager"
#: Writes what belongs to all shops of the group.
GROUP_MANAGEMENT = "dealer_service.group_dealer_group"
#: Keeps the books, in Odoo's accounting. Who only bills and collects is no such person.
ACCOUNTANT = "account.group_account_user,account.group_account_manager"


def keeps_books(env):
    """Whether money that was taken may be given or taken back by the user of ``env``:
    accounting, a service manager, and programs with all rights."""
    return env.su or env.user.has_groups(f"{ACCOUNTANT},{MANAGER}")
