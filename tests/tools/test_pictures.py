"""The pictures are those of a forenoon, whenever they are taken."""

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from tools.sandbox.testing import forenoon


def test_it_is_past_ten_in_the_shop_at_any_hour():
    monday = datetime(2026, 3, 2, 0, 17, tzinfo=timezone.utc)
    for hours in range(7 * 24):
        now = monday + timedelta(hours=hours)
        there = now.astimezone(ZoneInfo(forenoon(now)))
        assert there.hour == 10, now


def test_a_day_of_work_is_shown_where_there_is_one():
    sunday_evening = datetime(2026, 3, 1, 20, 0, tzinfo=timezone.utc)
    assert forenoon(sunday_evening) == "Etc/GMT-14"
    assert forenoon(sunday_evening - timedelta(days=1)) == "Etc/GMT+10"
