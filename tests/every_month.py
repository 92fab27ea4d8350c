"""The months of the people, in every state: for :class:`EveryStateCase`."""

from datetime import timedelta


class EveryMonth:
    @classmethod
    def make_months(cls):
        """A month's sheet in each state, of each person who worked."""
        sheets = cls.env["dealer.staff.sheet"]
        first = cls.company._dealer_today().replace(day=1)
        last = first - timedelta(days=1)
        for role, person in (
            ("advisor", cls.advisor),
            ("handler", cls.handler),
            ("caller", cls.caller),
        ):
            for ago, (state, _label) in enumerate(sheets._fields["state"].selection):
                day = (last.replace(day=1) - timedelta(days=28 * ago)).replace(day=1)
                sheet = sheets._create_by_method(
                    [
                        {
                            "company_id": cls.company.id,
                            "role": role,
                            "user_id": person.id,
                            "date_from": day,
                            "date_to": day + timedelta(days=27),
                            "state": state,
                        }
                    ]
                )
                sheet._remeasure()
                cls.keep(f"{role} {state}", sheet)
        cls.keep("shipped", cls.env.ref("dealer_service.dealer_staff_measure_promise"))
        required = cls.env["dealer.certification"].create(
            {
                "survey_id": cls.env.ref("dealer_followup.survey_exam").id,
                "role": "advisor",
                "company_id": cls.company.id,
            }
        )
        cls.keep("certification", required)
        cls.keep(
            "not held",
            cls.env["dealer.certificate.report"].search(
                [("user_id", "=", cls.advisor.id)]
            ),
        )
