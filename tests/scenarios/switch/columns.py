"""What the old program calls the columns of the guide."""

from .old_shop import DECLINED_HEADINGS, VISIT_HEADINGS

#: Headings of the old program by the words of the guide.
CUSTOMERS = {
    "Name": "客户姓名",
    "Phone": "手机号码",
    "City": "所在城市",
    "Street": "通讯地址",
    "Preferred Channel": "联系偏好",
}
CARS = {
    "Brand Name": "品牌",
    "Model Name": "车型",
    "License Plate": "车牌号码",
    "Chassis Number": "底盘号",
    "Owner Name": "车主",
    "Owner Phone": "车主手机",
    "Sold On": "本店购车日期",
    "New Car Sold On": "首次上牌日期",
}
PARTS = {
    "External ID": "唯一编号",
    "Internal Reference": "配件编码",
    "Name": "配件名称",
    "Main Assembly": "主要总成",
}
VISITS = dict(
    zip(
        (
            "Order Number",
            "Plate",
            "VIN",
            "Date of Arrival",
            "Date of Handover",
            "Odometer (km)",
            "Service Advisor",
            "Kind of Visit",
            "Kind of Line",
            "Part or Labour Number",
            "Work or Part",
            "Quantity",
            "Amount",
            "Payer",
            "Vehicle System",
        ),
        VISIT_HEADINGS,
        strict=True,
    )
)
DECLINED = dict(
    zip(
        ("Order Number", "Work or Part", "Amount", "Declined", "Vehicle System"),
        DECLINED_HEADINGS,
        strict=True,
    )
)
CARE = {
    "License Plate": "车牌号码",
    "Chassis Number": "底盘号",
    "Insurance Expiry": "保险到期日",
    "Inspection Expiry": "年检到期日",
    "Next Service Date": "下次保养日期",
    "Next Service (km)": "下次保养里程",
}
CONSENTS = {
    "Phone": "电话",
    "Customer": "姓名",
    "Purpose": "用途",
    "Channel": "方式",
    "Decision": "是否同意",
    "Date": "时间",
    "Where": "地点",
    "Evidence": "凭证",
}
APPOINTMENTS = {
    "Car": "车辆",
    "Customer": "客户",
    "Appointment": "预约时间",
    "Planned Hours": "预计工时",
    "Concerns/Customer's Words": "需求",
}
