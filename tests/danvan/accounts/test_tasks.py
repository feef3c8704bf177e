import re

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from danvan.accounts import actions, tasks
from danvan.notices.models import Letter
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_a_reset_asks_for_the_same_work_whether_or_not_there_is_an_account(
    django_assert_num_queries,
):
    UserFactory(email="co@tinh.example")

    with django_assert_num_queries(2):
        actions.request_reset("co@tinh.example", base="https://x.example/")
    with django_assert_num_queries(2):
        actions.request_reset("khong@tinh.example", base="https://x.example/")

    jobs = ProcrastinateJob.objects.filter(task_name="accounts.send_reset_links")
    assert sorted(len(job.args["users"]) for job in jobs) == [0, 1]


def test_the_letter_goes_to_the_address_of_the_account_with_a_link_of_this_server():
    user = UserFactory(email="co@tinh.example")

    tasks.send_reset_links.func(users=[str(user.pk)], base="https://dan-van.example/")

    letter = Letter.objects.get()
    assert letter.to == "co@tinh.example"
    assert re.search(r"https://dan-van\.example/quen-mat-khau/\w+/[\w-]+/", letter.body)


def test_a_locked_account_gets_none():
    user = UserFactory(email="co@tinh.example", is_active=False)

    tasks.send_reset_links.func(users=[str(user.pk)], base="https://dan-van.example/")

    assert not Letter.objects.exists()
