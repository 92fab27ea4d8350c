"""The words of the shipped plans, which Odoo keeps in one language only."""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

#: Tasks of preparation, as they are given out.
PREPARATION = (
    _lt("Book the place, confirm budget and subsidy"),
    _lt("Choose the audience, write the invitation"),
    _lt("Invite: call list, messages, mail"),
    _lt("Material, gifts, roles; remind those who come"),
    _lt("Thank the guests, enter receipts and leads"),
    _lt("Order the launch car, its papers and the display material"),
    _lt("Choose owners of older cars, write the invitation"),
    _lt("Plan test drives: route, insurance, who accompanies"),
    _lt("Brief the sales staff: who takes which lead"),
    _lt("Hand every lead to a sales consultant, with a date"),
    _lt("Agree the budget, the offers of the day and the manufacturer's share"),
    _lt("Collect the story of the shop and its most loyal customers"),
    _lt("Invite: loyal customers personally, the rest by message"),
    _lt("Gifts, draw, catering; plan where guests park"),
    _lt("Thank the guests, call those who were given a voucher"),
    _lt("Go through the list of class A customers with the advisors"),
    _lt("Book a place with a host; one advisor for each guest"),
    _lt("The general manager invites by phone, the card follows"),
    _lt("Ask for companions, meals and who is to be collected"),
    _lt("Personal thanks by the advisor; enter wishes and leads"),
    _lt("Drive the route: stops, fuel and charging, places to park"),
    _lt("Invite the members of the club, note companions"),
    _lt("Check every car before the tour, free of charge"),
    _lt("Numbers, radios, insurance; lead car and service car"),
    _lt("Send the pictures, enter new members"),
    _lt("Agree the pitch and the days with the scenic spot"),
    _lt("Tent, power, tools, wear parts and fluids"),
    _lt("Team and shifts; how cars are towed from there"),
    _lt("Put up signs at the entrance, tell the customers"),
    _lt("Call the owners of cars with findings"),
    _lt("Fix the stops: place, time, who is in charge there"),
    _lt("Invite the customers along the route"),
    _lt("Load the service car: diagnosis, tyres, fluids, wear parts"),
    _lt("Print the route sheet, call the hosts of the stops"),
    _lt("Book what the cars that were met need"),
    _lt("Choose the households, ask which day suits them"),
    _lt("Divide the households among the teams, plan the times"),
    _lt("Read history, complaints and wishes of each household"),
    _lt("Print the route sheet, pack small gifts"),
    _lt("Check the reports, book what was promised"),
    _lt("Fix what is checked, the offer and the parts in stock"),
    _lt("Train advisors and technicians in the check"),
    _lt("Invite by message; call who is due anyway"),
    _lt("Keep bays free at the busy hours"),
    _lt("Call the owners of cars with work that was put off"),
    _lt("Within 1 hour: list the cars in the area, give out the safety notice"),
    _lt(
        "Within 2 hours: agree towing and yard space, tell the manufacturer "
        "and insurers"
    ),
    _lt("Within 4 hours: call everybody in the area, the towing list first"),
    _lt("Within 6 hours: team, pumps, insulated tools and spare cars on the way"),
    _lt("Call again: who still waits for the car or the insurer"),
)
