"""An imaginary old program of a shop: what it knows, and the files it exports.

Everything comes from a seed, so that a test knows exactly what is in the files. They
look as such programs leave them: headings of their own, GBK, plates and telephone
numbers written in many ways, rows twice.
"""

import csv
import io
import random
from datetime import date, datetime, time, timedelta

import xlsxwriter

#: The last day of the old program: a Sunday; on Monday the shop opens with ours.
SWITCH = date(2026, 3, 1)
MODELS = [("奇瑞", "瑞虎8 PLUS"), ("奇瑞", "艾瑞泽8"), ("奇瑞", "小蚂蚁")]
FAMILIES = "赵钱孙李周吴郑冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔"
GIVEN = ["志强", "丽华", "海燕", "建军", "小梅", "国庆", "雨桐", "思远", "家豪", "秀英"]
ADVISORS = ["李娜", "王磊", "周婷"]
#: Words of the old program for who paid, with what they mean here.
PAYERS = {
    "自费": "customer",
    "厂家索赔": "warranty",
    "保险": "insurance",
    "内结": "internal",
    "挂账单位": "customer",
}
#: The word nobody has explained before the files come.
UNKNOWN = "挂账单位"
SERVICE, BRAKES, ENGINE, AIR = "保养", "制动系统", "发动机", "空调系统"
#: Number, name, main assembly.
PARTS = [
    ("E4T16C-1000010", "发动机总成", "发动机"),
    ("S11-3501080", "前刹车片", ""),
    ("480-1012010", "机油滤清器", ""),
]


class OldShop:
    """Customers, cars, visits, and what else a shop brings along."""

    def __init__(self, seed=26):
        self.random = random.Random(seed)
        self.customers = [
            {
                "name": f"{FAMILIES[n % len(FAMILIES)]}{GIVEN[n % len(GIVEN)]}",
                "phone": f"1385530{n:04}",
                "city": "芜湖",
                "street": f"中山北路{n + 1}号",
                "channel": ("电话", "微信", "短信")[n % 3],
            }
            for n in range(30)
        ]
        self.customers.append(
            {
                "name": "芜湖顺达汽车租赁有限公司",
                "phone": "05535551234",
                "city": "芜湖",
                "street": "银湖北路8号",
                "channel": "电话",
            }
        )
        self.cars = [self._car(n) for n in range(34)]
        self.visits = []
        for car in self.cars:
            self._drive(car)
        self._add_chosen()
        self.visits.sort(key=lambda visit: visit["arrived"])
        for number, visit in enumerate(self.visits, 1):
            visit["number"] = f"WX{visit['arrived']:%y%m%d}-{number:04}"
        self.declined = [
            {"visit": visit, "name": "前刹车盘", "amount": 880.0}
            for visit in self.visits
            if visit["arrived"].year == 2025 and visit["is_service"]
        ][:5]

    # ------------------------------------------------------------------
    # WHAT HAPPENED
    # ------------------------------------------------------------------

    def _car(self, number):
        pick = self.random
        # every fifth was bought elsewhere; the last ones never came to be serviced
        first = SWITCH - timedelta(days=pick.randint(200, 1900))
        letters = "ABCDEFGHJKLMNPRSTUVWXYZ"
        return {
            "plate": f"皖B{letters[number % 23]}{pick.randint(1000, 9999)}",
            "vin": f"LVVDB11B4RD{100_000 + number * 37}",
            "model": MODELS[number % len(MODELS)],
            "owner": self.customers[number % len(self.customers)],
            "first": first,
            "sold": None if number % 5 == 4 else first,
            "insurance": SWITCH + timedelta(days=pick.randint(-40, 320)),
            "inspection": SWITCH + timedelta(days=pick.randint(10, 700)),
            "due": None,
        }

    def _drive(self, car):
        """Services twice a year, repairs in between, until the customer stays away."""
        pick = self.random
        until = SWITCH - timedelta(days=pick.choice((15, 15, 60, 250, 420, 800)))
        day, km = car["first"] + timedelta(days=pick.randint(100, 190)), 0
        while day < until:
            km += pick.randint(3_000, 9_000)
            is_service = pick.random() < 0.65
            lines = [self._service()] if is_service else []
            lines += [self._repair() for _line in range(pick.randint(not lines, 2))]
            self._visit(car, day, km, is_service, lines, pick.choice((0, 0, 0, 1, 3)))
            day += timedelta(days=pick.randint(90, 220))

    def _visit(self, car, day, km, is_service, lines, stays=0):
        pick = self.random
        hour = time(pick.randint(8, 15), pick.choice((0, 15, 30, 45)))
        arrived = datetime.combine(day, hour)
        self.visits.append(
            {
                "car": car,
                "arrived": arrived,
                "delivered": arrived + timedelta(days=stays, hours=2, minutes=20),
                "km": km,
                "advisor": pick.choice(ADVISORS),
                "is_service": is_service,
                "lines": lines,
            }
        )

    def _service(self):
        amount = self.random.randint(30_000, 90_000) / 100
        return self._line("工时", "PM-10K", "定期保养", SERVICE, amount, "自费")

    def _repair(self):
        pick = self.random
        name, system = pick.choice(
            (("更换前刹车片", BRAKES), ("发动机异响检修", ENGINE), ("空调检修", AIR))
        )
        payer = pick.choice(
            ("自费", "自费", "厂家索赔", "厂家索赔", "保险", "内结", UNKNOWN)
        )
        return self._line("工时", "", name, system, pick.randint(80, 2_400), payer)

    @staticmethod
    def _line(kind, code, name, system, amount, payer):
        return {
            "kind": kind,
            "code": code,
            "name": name,
            "system": system,
            "amount": float(amount),
            "payer": payer,
        }

    def _add_chosen(self):
        """What a shop remembers, and chance need not bring."""
        engine, brakes = self.cars[0], self.cars[1]
        for days, km in ((20, 400), (45, 900)):
            # the same engine twice, on warranty
            self._visit(
                engine,
                engine["first"] + timedelta(days=days),
                km,
                False,
                [
                    self._line(
                        "配件", PARTS[0][0], PARTS[0][1], ENGINE, 9_800, "厂家索赔"
                    )
                ],
                stays=6,
            )
        mine = [visit["km"] for visit in self.visits if visit["car"] is brakes]
        self._visit(
            brakes,
            SWITCH - timedelta(days=4),
            max(mine, default=5_000) + 900,
            False,
            [self._line("配件", PARTS[1][0], PARTS[1][1], BRAKES, 460, "自费")],
        )
        for car in self.cars[2:5]:
            # the old program had a date of its own
            car["due"] = SWITCH + timedelta(days=45), 60_000

    # ------------------------------------------------------------------
    # FILES
    # ------------------------------------------------------------------

    def customers_file(self, phones=()):
        """:param phones: what stands in the file instead of a number, by its place"""
        rows = []
        for number, customer in enumerate(self.customers):
            phone = customer["phone"]
            if len(phone) == 11 and number % 2:
                phone = f"{phone[:3]} {phone[3:7]} {phone[7:]}"
            place = customer["city"], customer["street"]
            rows.append([customer["name"], phone, *place, customer["channel"]])
        # the same person once more, as a colleague typed it
        name, phone = self.customers[3]["name"], self.customers[3]["phone"]
        rows.append([f" {name[0]}　{name[1:]}", phone, "", "", ""])
        for place, text in dict(phones).items():
            rows[place][1] = text
        return as_csv(
            ["客户姓名", "手机号码", "所在城市", "通讯地址", "联系偏好"], rows
        )

    def cars_file(self, has_twin):
        """With dates of a spreadsheet, and numbers that are numbers there."""
        rows = []
        for number, car in enumerate(self.cars):
            owner = car["owner"]
            rows.append(
                [
                    *car["model"],
                    spelled(car["plate"], number),
                    car["vin"].lower() if number % 4 == 1 else car["vin"],
                    owner["name"],
                    float(owner["phone"])
                    if owner["phone"][0] != "0"
                    else owner["phone"],
                    car["sold"],
                    car["first"],
                ]
            )
        if has_twin:
            rows.append([*rows[7][:2], "皖B·Q7777", *rows[7][3:]])
        headings = ["品牌", "车型", "车牌号码", "底盘号", "车主", "车主手机"]
        return as_xlsx([*headings, "本店购车日期", "首次上牌日期"], rows)

    def parts_file(self):
        rows = [[code, code, name, assembly] for code, name, assembly in PARTS]
        return as_csv(["唯一编号", "配件编码", "配件名称", "主要总成"], rows)

    def visit_rows(self, years):
        """Rows of visits, in the order of the columns of :data:`VISIT_HEADINGS`."""
        for number, visit in enumerate(self.visits):
            if visit["arrived"].year not in years:
                continue
            for place, line in enumerate(visit["lines"]):
                head = [
                    spelled(visit["car"]["plate"], number),
                    "" if number % 3 else visit["car"]["vin"],
                    visit["arrived"],
                    visit["delivered"],
                    float(visit["km"]),
                    visit["advisor"],
                    "定期保养" if visit["is_service"] else "一般维修",
                ]
                yield [
                    visit["number"],
                    # this program says it once for each order
                    *(head if not place else [""] * len(head)),
                    line["kind"],
                    line["code"],
                    line["name"],
                    1.0,
                    line["amount"],
                    line["payer"],
                    line["system"],
                ]

    def declined_rows(self):
        for work in self.declined:
            yield [work["visit"]["number"], work["name"], work["amount"], "是", BRAKES]

    def care_file(self):
        rows = [
            [
                spelled(car["plate"], number + 2),
                car["vin"],
                car["insurance"],
                car["inspection"],
                car["due"] and car["due"][0],
                car["due"] and car["due"][1],
            ]
            for number, car in enumerate(self.cars)
        ]
        headings = ["车牌号码", "底盘号", "保险到期日", "年检到期日"]
        return as_xlsx([*headings, "下次保养日期", "下次保养里程"], rows)

    def consents_file(self):
        rows = []
        for number, person in enumerate(self.customers[:12]):
            way = ("所有渠道", "短信")[number % 2]
            said = ("同意", "已撤回")[number % 4 == 3]
            moment = f"2025-{number + 1:02}-11 09:30:00"
            rows.append([person["phone"], person["name"], "营销", way, said, moment])
            rows[-1] += ["前台", f"授权书{number + 1:03}号"]
        headings = ["电话", "姓名", "用途", "方式", "是否同意", "时间", "地点", "凭证"]
        return as_csv(headings, rows)

    def appointments_file(self):
        rows = [
            [
                car["plate"],
                car["owner"]["name"],
                f"2026-03-{3 + number:02} 09:00:00",
                "1.5",
                "保养",
            ]
            for number, car in enumerate(self.cars[10:14])
        ]
        return as_csv(["车辆", "客户", "预约时间", "预计工时", "需求"], rows)


VISIT_HEADINGS = ["结算单号", "车牌号码", "底盘号", "进厂时间", "交车时间", "进厂里程"]
VISIT_HEADINGS += ["服务顾问", "业务类型", "项目类型", "项目编码", "项目名称", "数量"]
VISIT_HEADINGS += ["金额", "结算方式", "所属系统"]
DECLINED_HEADINGS = ["结算单号", "项目名称", "金额", "是否未做", "所属系统"]


def spelled(plate, number):
    """A plate as people type it."""
    forms = ("{0}{1}{2}", "{0}{1}·{2}", "{0}{1}.{2}", "{0}{1} {2}", "{0} {1}-{2}")
    text = forms[number % len(forms)].format(plate[0], plate[1], plate[2:])
    return text.lower() if number % 7 == 3 else text


def as_csv(headings, rows):
    """As a program of before writes it: GBK, times as people read them."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(headings)
    for row in rows:
        writer.writerow([_as_text(cell) for cell in row])
    return text.getvalue().encode("gb18030")


def _as_text(cell):
    if isinstance(cell, datetime):
        return f"{cell:%Y/%m/%d %H:%M}"
    if isinstance(cell, float):
        return f"{cell:,.2f}" if cell % 1 else f"{cell:.0f}"
    return cell


def as_xlsx(headings, rows):
    """As a spreadsheet keeps it: dates are dates, numbers are numbers."""
    output = io.BytesIO()
    book = xlsxwriter.Workbook(output)
    sheet = book.add_worksheet("导出")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    sheet.write_row(0, 0, headings)
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            if isinstance(cell, datetime):
                sheet.write_datetime(number, column, cell, moment)
            elif isinstance(cell, date):
                sheet.write_datetime(
                    number, column, datetime.combine(cell, time()), day
                )
            elif cell not in ("", None):
                sheet.write(number, column, cell)
    book.close()
    return output.getvalue()
