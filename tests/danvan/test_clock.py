from datetime import date, datetime

from danvan import clock


def test_a_fixed_day_is_today_and_its_hours_go_on(on_day):
    on_day(2024, 3, 18)

    assert clock.today() == date(2024, 3, 18)
    assert clock.now().tzinfo is not None


def test_a_past_moment_holds_inside_and_only_there(on_day):
    on_day(2024, 3, 18)
    moment = datetime(2024, 1, 9, 8, tzinfo=clock.ZONE)

    with clock.at(moment):
        inside = clock.now()

    assert inside == moment
    assert clock.today() == date(2024, 3, 18)
