"""Files of an imaginary old system, and the way they take into ours."""

import csv
import io
import random
from datetime import datetime, timedelta

from odoo.addons.dealer_service.models.past.dealer_takeover_row_file import COLUMNS

#: What its file calls the columns of ours.
HEADINGS = {
    "number": "工单号",
    "license_plate": "车牌号",
    "vin": "车架号",
    "customer_name": "客户",
    "customer_phone": "电话",
    "date_arrived": "进厂时间",
    "date_delivered": "交车时间",
    "odometer": "里程",
    "advisor": "服务顾问",
    "visit_kind": "维修类型",
    "concern": "客户描述",
    "line_kind": "类别",
    "code": "编码",
    "description": "名称",
    "quantity": "数量",
    "unit": "单位",
    "price": "单价",
    "amount": "金额",
    "payer": "付费方",
    "technician": "技师",
    "system": "系统",
    "is_declined": "未做",
    "reason": "未做原因",
}
OPTIONS = {
    "quoting": '"',
    "separator": ",",
    "has_headers": True,
    "date_format": "%Y-%m-%d",
    "datetime_format": "%Y-%m-%d %H:%M:%S",
    "float_decimal_separator": ".",
    "float_thousand_separator": ",",
}


class PastFiles:
    """For a case of any addon: loads, checks and takes over."""

    @classmethod
    def begin(cls, **values):
        return cls.env["dealer.takeover"].with_user(cls.manager).create(values)

    def load_rows(self, takeover, rows, name="visits.csv", dryrun=False, limit=None):
        """Load rows (dicts by our columns) as a file of the old system.

        :return: what the import says
        """
        used = [column for column in COLUMNS if any(column in row for row in rows)]
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow([HEADINGS[column] for column in used])
        writer.writerows([[row.get(column, "") for column in used] for row in rows])
        wizard = (
            self.env["base_import.import"]
            .with_user(self.manager)
            .create(
                {
                    "res_model": "dealer.takeover.row",
                    "file": text.getvalue().encode("gb18030"),
                    "file_name": name,
                    "file_type": "text/csv",
                }
            )
        )
        wizard = wizard.with_context(default_takeover_id=takeover.id)
        skip, result = 0, None
        while True:
            options = {**OPTIONS, "skip": skip, "limit": limit}
            result = wizard.execute_import(
                used, [HEADINGS[column] for column in used], options, dryrun=dryrun
            )
            skip = result.get("nextrow")
            if not skip or result["messages"]:
                return result

    def work(self, takeover, batch_size=500):
        """What the job does, until it has nothing left to do."""
        while takeover.state in ("checking", "taking", "returning"):
            # the job has all rights
            takeover.sudo()._work(batch_size)
        takeover.invalidate_recordset()

    def check(self, takeover, batch_size=500):
        takeover.action_check()
        self.work(takeover, batch_size)

    def take(self, takeover, batch_size=500):
        self.check(takeover, batch_size)
        takeover.action_take_over()
        self.work(takeover, batch_size)
        self.env.invalidate_all()

    def problems(self, takeover):
        """Why rows are refused, by their row in the file."""
        rows = self.env["dealer.takeover.row"].search(
            [("takeover_id", "=", takeover.id), ("state", "=", "refused")]
        )
        return {row.line: row.problem for row in rows}


class OldSystem:
    """Ten years of a shop, from a seed: what is in its files is known exactly."""

    PAYERS = {
        "自费": "customer",
        "厂家索赔": "warranty",
        "保险": "insurance",
        "内部": "internal",
    }

    def __init__(self, cars, until, seed=17, most=8, systems=()):
        """
        :param cars: plates
        :param until: the last day of the old system
        :param systems: names of vehicle systems; the first is the regular service
        """
        self.random = random.Random(seed)
        self.visits = []
        for plate in cars:
            self._drive(plate, until, most, systems)
        self.visits.sort(key=lambda visit: visit["arrived"])
        for number, visit in enumerate(self.visits, 1):
            visit["number"] = f"WX{visit['arrived']:%y%m%d}{number:05}"

    def _drive(self, plate, until, most, systems):
        pick = self.random
        km = pick.randint(2_000, 9_000)
        day = until - timedelta(days=pick.randint(20, 2_600))
        for _visit in range(pick.randint(1, most)):
            if day >= until:
                return
            arrived = datetime.combine(day, datetime.min.time()).replace(
                hour=pick.randint(8, 16), minute=pick.choice((0, 15, 30))
            )
            stays = pick.choice((0, 0, 0, 1, 3))
            is_service = pick.random() < 0.5
            lines = [
                self._line(systems, is_service, number)
                for number in range(pick.randint(1, 4))
            ]
            self.visits.append(
                {
                    "plate": plate,
                    "arrived": arrived,
                    "delivered": arrived + timedelta(days=stays, hours=2),
                    "km": km,
                    "is_service": is_service,
                    "lines": lines,
                }
            )
            day += timedelta(days=pick.randint(60, 400))
            km += pick.randint(1_000, 15_000)

    def _line(self, systems, is_service, number):
        pick = self.random
        payer = pick.choice(("自费", "自费", "自费", "厂家索赔", "保险", "内部"))
        others = systems[1:] or ("",)
        system = systems[0] if systems and is_service and not number else ""
        return {
            "kind": pick.choice(("工时", "配件")),
            "code": f"P{pick.randint(1, 60):03}",
            "name": f"项目{pick.randint(1, 99)}",
            "amount": pick.randint(0, 90_000) / 100,
            "payer": payer,
            "system": system or pick.choice(others),
        }

    def rows(self, visits=None):
        """The rows of its file: the head is repeated on each line, as it exports it."""
        for visit in self.visits if visits is None else visits:
            for line in visit["lines"]:
                yield {
                    "number": visit["number"],
                    "license_plate": visit["plate"],
                    "date_arrived": f"{visit['arrived']:%Y/%m/%d %H:%M}",
                    "date_delivered": f"{visit['delivered']:%Y/%m/%d %H:%M}",
                    "odometer": f"{visit['km']:,}",
                    "visit_kind": "定期保养" if visit["is_service"] else "一般维修",
                    "line_kind": line["kind"],
                    "code": line["code"],
                    "description": line["name"],
                    "quantity": "1",
                    "amount": f"{line['amount']:,.2f}",
                    "payer": line["payer"],
                    "system": line["system"],
                }

    def sums(self):
        """Amounts by (month, payer)."""
        sums = {}
        for visit in self.visits:
            for line in visit["lines"]:
                key = f"{visit['delivered']:%Y-%m}", self.PAYERS[line["payer"]]
                sums[key] = round(sums.get(key, 0) + line["amount"], 2)
        return sums


def a_row(number="WX1", **values):
    """A row of the old system: labour for 300 that the customer paid."""
    return {
        "number": number,
        "license_plate": "皖BA1234",
        "date_arrived": "2025-03-01 09:00",
        "date_delivered": "2025-03-01 11:30",
        "odometer": "20000",
        "visit_kind": "一般维修",
        "line_kind": "工时",
        "description": "四轮定位",
        "quantity": "1",
        "amount": "300",
        "payer": "自费",
        **values,
    }
