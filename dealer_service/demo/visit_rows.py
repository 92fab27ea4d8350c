"""The visits of the demo dealership: data, no model.

The number of the car is that of ``fleet.vehicle.csv``; what a customer says fits its
energy, its age and what was done before. ``{km}`` is the nearest regular service.
"""

#: Cars of the past: days ago, car, package, words of the customer, who pays.
PAST = (
    (130, 16, "major", "{km}保养。", "customer"),
    (101, 15, "discs", "高速刹车时抖动。", "customer"),
    (80, 14, "minor", "常规保养。", "customer"),
    (64, 13, "shock", "过坎时底盘异响。", "warranty"),
    (52, 12, "electric", "常规保养，检查三电系统。", "customer"),
    (41, 11, "bumper", "后保险杠刮花，走保险。", "insurance"),
    (33, 10, "major", "{km}保养。", "customer"),
    (26, 9, "electric", "常规保养，续航短了些，帮忙看看。", "customer"),
    (21, 8, "battery", "停了两周打不着火。", "customer"),
    (17, 7, "minor", "首次保养。", "customer"),
    (13, 6, "tyres", "轮胎被扎，更换轮胎。", "customer"),
    (11, 5, "climate", "空调有异味，出风小。", "customer"),
    (8, 4, "brakes", "刹车有异响。", "customer"),
    (6, 3, "major", "大保养，检查刹车。", "customer"),
    (4, 2, "diagnosis", "倒车影像偶尔黑屏。", "warranty"),
    (3, 1, "minor", "常规保养。", "customer"),
    (1, 17, "minor", "{km}保养。", "customer"),
)
#: Cars of today: minutes since the arrival, state, car, package, words, customer waits.
IN_HOUSE = (
    (260, "delivered", 16, "brakes", "刹车片快磨完了，要求更换。", False),
    (240, "delivered", 18, "minor", "做个小保养，明天要出远门。", True),
    (190, "settled", 15, "climate", "清洗空调，换空调滤芯。", False),
    (180, "working", 20, "shock", "过减速带前面有咯噔咯噔的响声。", False),
    (175, "ready", 24, "minor", "做保养，洗一下车。", True),
    (165, "quality", 14, "battery", "早上打不着火，搭电才启动。", False),
    (150, "quality", 19, "electric", "做保养，最近续航短了，帮忙看看。", True),
    (120, "working", 22, "gearbox", "换挡有顿挫感，冷车时明显。", False),
    (95, "working", 21, "discs", "高速刹车时方向盘抖动。", True),
    (70, "working", 23, "major", "{km}保养，最近油耗偏高，帮忙看看。", True),
    (55, "authorized", 8, "tyres", "右前轮胎鼓包，方向盘有点跑偏。", False),
    (40, "authorized", 26, "major", "{km}大保养，顺便检查一下底盘。", True),
    (26, "inspected", 12, "climate", "开空调有一股霉味，风量也小了。", False),
    (22, "inspected", 3, "brakes", "保养时说刹车片快到极限，过来更换。", True),
    (9, "arrived", 5, "diagnosis", "仪表盘发动机故障灯亮，加速无力。", True),
    (3, "arrived", 27, "minor", "到时间了，做首次保养。", True),
)
#: Booked from now on, in the order of the next free slots: car, package, wish.
BOOKED = (
    (28, "minor", "做保养，想坐在休息区等。"),
    (29, "major", "大保养，要用一整套原厂件。"),
    (30, "climate", "清洗一下空调，换滤芯。"),
    (31, "diagnosis", "蓝牙连接不上，车机偶尔重启。"),
    (32, "tyres", "前轮吃胎，想做四轮定位。"),
    (33, "brakes", "检查刹车片。"),
    (11, "minor", "首次保养。"),
    (34, "bumper", "前保险杠剐蹭，走保险。"),
    (36, "battery", "蓄电池用了好几年，检测一下。"),
    (38, "gearbox", "换变速箱油。"),
)
#: The row of the booking whose parts come too late.
LATE_PARTS = 5
#: Who did not come, who called off, who drove away before the service, and who did so
#: in the middle of it.
MISSED, CALLED_OFF, LEFT, LEFT_OWING = 35, 40, 37, 39
#: Cars that have had no service yet, and the days since they were sold.
FIRST_SERVICE = {7: 192, 11: 175, 27: 175}
#: What lies in the cars that come.
BELONGINGS = ("", "后备箱：儿童座椅一个", "雨伞一把")
#: How customers rate a visit, and their words; nobody has to answer.
RATINGS = (
    (5, "服务很好，讲解清楚。"),
    (5, "提前完工，满意。"),
    (3, "等的时间有点长。"),
    (1, "说好两小时，等了快四个小时。"),
    (5, ""),
    (0, ""),
    (0, ""),
)
#: A signature as the tablet stores it: a stroke on white, PNG.
SIGNATURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAPAAAABQAQAAAAAPMsXRAAABoElEQVR42u2UPU7DQBCFX0ykREKKOEAk"
    "+xhU2B1XoOQmGyrKHCEUOYhBSElHRx3JlqBMggQ2Wu2jmPXPrIQr6DJSipfP+zNvZmdEDEWEEz7h/8FP"
    "IacKpFrr1bXZ6cVjjRcXQ2cfcTmES8yH8BSznspDnGPaU7dhYjGrnkqDxJhgvOhUeLbL+tplweaWdGlf"
    "6c0tMFJKb17763YqCk3IlFJ473+dirSnQKJUixMAWwBVz+EuMTshGZP8ahNbkmzw4SAu8oMkrfEfR5If"
    "Xs8TEAAcADzfAUzk7E8AvDl7x3cGYAKA1/lCPAVZy257HhorrXEpLeXsimRFWlOQpDNk1ZY2km6sgeih"
    "BMT0Glij9n3uDFmQRNw0QUEeWPjVI+/QXqqxA0pggrJ5JSn50hV9RS5Ja2J/NcbiUGdWTBKmwSv5w8dG"
    "OuaxfWN7caitjcsAXLUvdCMe+yj6zQySb+JQUxxxr3vAVqriY4Kjbq+Zd8g/6UWpsfoeUb7Vw8OaezVA"
    "Yn01l8Z9nBuNOQ8GTjB61tlvc21EANV0EJ/G/Qn/Bf4BgO7+zTM9sIcAAAAASUVORK5CYII="
)
