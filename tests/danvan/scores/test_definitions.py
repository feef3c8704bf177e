from datetime import date
from decimal import Decimal

import pytest

from danvan.config.demo.org import code_of
from danvan.scores import definitions

pytestmark = pytest.mark.django_db


def test_the_shipped_table_has_three_criteria_of_a_hundred_points_and_says_that_it_is_an_example():
    table = definitions.table_of(definitions.in_force(date(2024, 3, 18)))

    assert [one.max_points for one in table.criteria] == [30, 30, 40]
    assert table.max_points == Decimal(100)
    assert [one.is_proven for one in table.criteria] == [True, True, False]
    assert "minh họa" in table.source


def test_its_appraisers_are_units_of_the_demo_province():
    table = definitions.table_of(definitions.in_force(date(2024, 3, 18)))

    codes = {code for one in table.criteria for code in one.appraised_by}
    assert codes == {code_of("Sở Nội vụ"), code_of("Văn phòng UBND tỉnh")}
