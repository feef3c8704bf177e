"""How documents hold, what is said of it, and what rests on what ended."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from danvan import clock
from danvan.audit.actions import history
from danvan.documents import actions, rules, validity
from danvan.documents.choices import Relation, Validity, ValidityKind
from danvan.documents.citations import knowledge
from danvan.documents.limits import limits_of, resting_on_limited
from danvan.documents.models import Document, ValidityChange
from danvan.refusals import NotAccepted
from tests.factories import DocumentFactory, ReadingFactory, UnitFactory, actor, coordinator

pytestmark = pytest.mark.django_db

TODAY = date(2024, 3, 18)


@pytest.mark.parametrize(
    ("known", "state"),
    [
        ({"in_force_from": date(2024, 3, 18)}, Validity.IN_FORCE),  # the first day itself
        ({"in_force_from": date(2024, 3, 19)}, Validity.NOT_YET),
        ({"in_force_from": date(2020, 1, 1), "ended_on": date(2024, 5, 17)}, Validity.ENDING),
        ({"in_force_from": date(2020, 1, 1), "ended_on": date(2024, 5, 18)}, Validity.IN_FORCE),
        ({"in_force_from": date(2020, 1, 1), "ended_on": date(2024, 3, 18)}, Validity.ENDED),
        ({"in_force_from": None}, Validity.UNKNOWN),
        ({"in_force_from": None, "ended_on": date(2023, 1, 1)}, Validity.ENDED),
    ],
)
def test_how_a_document_holds(known, state):
    document = DocumentFactory(**known)

    assert validity.state_of(document, TODAY) == state
    for how in Validity:  # the register's filter says the same
        assert Document.objects.holding(how, TODAY).exists() == (how == state)


def test_replaced_is_more_than_ended():
    document = DocumentFactory(ended_on=TODAY, ended_by=DocumentFactory())

    assert validity.state_of(document, TODAY) == Validity.REPLACED
    assert Document.objects.holding(Validity.REPLACED, TODAY).get() == document
    assert list(Document.objects.ended(TODAY)) == [document]


def test_what_is_said_is_said_once_and_recorded():
    document, by = DocumentFactory(), coordinator()

    for _again in range(2):
        validity.say(document, ValidityKind.ABOLISHED, on=date(2024, 4, 1), by=by)

    document.refresh_from_db()
    assert document.ended_on == date(2024, 4, 1)
    assert history(document).filter(verb="validity_said").count() == 1


def test_what_is_taken_back_holds_no_more():
    document, by = DocumentFactory(), coordinator()
    change = validity.say(document, ValidityKind.ABOLISHED, on=date(2024, 4, 1), by=by)

    validity.undo(change, by=by)
    validity.undo(change, by=by)

    document.refresh_from_db()
    assert document.ended_on is None
    assert history(document).filter(verb="validity_undone").count() == 1
    again = validity.say(document, ValidityKind.ABOLISHED, on=date(2024, 4, 1), by=by)
    assert again != change


def test_what_goes_on_later_holds_again():
    document, by = DocumentFactory(issued_on=date(2015, 1, 1)), coordinator()
    validity.say(document, ValidityKind.EXPIRED, on=date(2021, 1, 1), by=by)

    validity.say(document, ValidityKind.CONTINUED, on=date(2022, 1, 1), by=by)

    document.refresh_from_db()
    assert document.ended_on is None


def test_only_the_coordinator_says_it():
    document = DocumentFactory()

    with pytest.raises(PermissionDenied):
        validity.say(document, ValidityKind.EXPIRED, on=TODAY, by=actor())


@pytest.mark.parametrize("wrong", ["itself", "too early"])
def test_what_cannot_be_is_refused(wrong):
    document = DocumentFactory()
    other = document if wrong == "itself" else DocumentFactory()
    day = date(2024, 4, 1) if wrong == "itself" else date(2001, 1, 1)

    with pytest.raises(NotAccepted):
        validity.say(document, ValidityKind.REPLACED, on=day, by_document=other, by=coordinator())


# What a document's own words say.


@pytest.mark.parametrize(
    ("before", "relation"),
    [
        ("Quyết định này thay thế ", Relation.REPLACES),
        ("Quyết định này có hiệu lực từ ngày ký và thay thế ", Relation.REPLACES),
        ("Điều 3. Quyết định này có hiệu lực kể từ ngày ký, thay thế ", Relation.REPLACES),
        ("Quyết định này thay thế Quyết định số 1/QĐ-UBND ngày 01/2/2020 và ", Relation.REPLACES),
        ("Điều 1. Sửa đổi, bổ sung một số điều của ", Relation.AMENDS),
        ("Bãi bỏ ", Relation.ABOLISHES),
        ("Điều 2. Bãi bỏ khoản 2 Điều 5 ", Relation.AMENDS),  # a part: the rest holds
        ("Quyết định này bãi bỏ một phần ", Relation.AMENDS),
        ("Điều 2. Quyết định này bãi bỏ ", Relation.ABOLISHES),
        ("Xem xét.\n- Bãi bỏ ", Relation.ABOLISHES),
        ("Quyết định số 5/QĐ-UBND được thay thế bởi ", Relation.MENTIONS),
        ("Luật đã được sửa đổi, bổ sung theo ", Relation.MENTIONS),
        ("Nghị định số 1/2020/NĐ-CP thay thế ", Relation.MENTIONS),  # another document's doing
        ("Đề nghị sửa đổi, bổ sung cho phù hợp. Thực hiện ", Relation.MENTIONS),
        ("Việc bãi bỏ ", Relation.MENTIONS),
    ],
)
def test_what_the_words_before_a_citation_make_of_it(before, relation):
    text = f"Một câu trước. \n{before}Quyết định số 12/QĐ-UBND"

    assert rules.relation_of(text, text.rindex("Quyết định"), is_basis=False) == relation


def test_a_legal_basis_stays_one():
    assert rules.relation_of("Bãi bỏ ", 7, is_basis=True) == Relation.BASIS


def test_the_day_from_which_a_document_says_that_it_holds():
    found = rules.holds_from(
        "Điều 5. Nghị định này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2024."
    )

    assert found
    assert found[0] == date(2024, 7, 1)
    assert rules.holds_from("Luật này có hiệu lực kể từ ngày 31/2/2024") is None


def _replacing(by, **more):
    old = DocumentFactory(number="12/QĐ-UBND", kind="Quyết định", issued_on=date(2020, 5, 4))
    text = "Quyết định này thay thế Quyết định số 12/QĐ-UBND ngày 04/5/2020."
    words = "Quyết định số 12/QĐ-UBND"
    cited = {
        "number": "12/QĐ-UBND",
        "date": "2020-05-04",
        "kind": "Quyết định",
        "text": words,
        "start": text.index(words),
        "end": len(text) - 1,
        "basis": False,
    }
    header = {"number": "77/QĐ-UBND", "date": "2024-02-20", "kind": "Quyết định", **more}
    reading = ReadingFactory(text=text, result={"header": header, "citations": [cited]})
    return old, actions.confirm(reading, by=by)


def test_words_of_replacing_are_proposed_and_count_once_confirmed():
    by = coordinator()
    old, new = _replacing(by)
    [proposal] = validity.proposals_of(old)
    assert (proposal.later, proposal.kind, proposal.on) == (new, "replaced", date(2024, 2, 20))
    assert old.validity(TODAY) == Validity.IN_FORCE

    for _again in range(2):
        validity.accept(proposal.citation, by=by)

    old.refresh_from_db()
    assert (old.ended_on, old.ended_by) == (date(2024, 2, 20), new)
    assert old.validity(TODAY) == Validity.REPLACED
    assert validity.proposals() == []


def test_words_that_do_not_mean_it_are_proposed_no_more():
    by = coordinator()
    old, _new = _replacing(by)
    [proposal] = validity.proposals()

    validity.dismiss(proposal.citation, by=by)

    old.refresh_from_db()
    assert old.ended_on is None
    assert validity.proposals() == []


# What rests on what ended.


def _resting(unit, **basis):
    ended = DocumentFactory(issued_on=date(2015, 1, 9), **basis)
    own = DocumentFactory(filed_by=unit, planned_to="")
    own.citations.create(target=ended, relation="basis", standing="resolved", text="Nghị định")
    return ended, own


def test_a_unit_sees_its_own_documents_that_rest_on_something_that_ended():
    by = actor()
    successor = DocumentFactory(number="59/2023/NĐ-CP")
    ended, own = _resting(by.unit)
    _resting(UnitFactory(), ended_on=date(2023, 1, 1))
    validity.say(
        ended,
        ValidityKind.REPLACED,
        on=date(2023, 8, 14),
        by_document=successor,
        by=coordinator(),
    )

    found = validity.resting_on_ended(validity.own_of(by), TODAY)

    assert [one.document for one in found] == [own]
    [basis] = validity.ended_of([one.target for one in found], TODAY)
    assert (basis.since, basis.successor) == (date(2023, 8, 14), successor)
    assert validity.how_many_to_review(by, TODAY) == 1
    assert validity.how_many_to_review(by, date(2023, 8, 13)) == 0


@pytest.mark.parametrize(
    "own", [{"kind": "Báo cáo"}, {"planned_to": "2023"}, {"ended_on": date(2024, 1, 1)}]
)
def test_what_holds_no_rules_any_more_is_not_reviewed(own):
    by = actor()
    _ended, document = _resting(by.unit, ended_on=date(2023, 8, 14))
    Document.objects.filter(pk=document.pk).update(**own)

    assert not validity.resting_on_ended(validity.own_of(by), TODAY).exists()


def test_what_was_reviewed_leaves_the_list_until_another_basis_ends(on_day):
    on_day(2024, 3, 18)
    by = actor()
    ended, own = _resting(by.unit, ended_on=date(2023, 8, 14))

    change = validity.review(own, by=by)
    assert validity.how_many_to_review(by, TODAY) == 0
    Document.objects.filter(pk=ended.pk).update(ended_on=date(2024, 6, 1))
    assert validity.how_many_to_review(by, date(2024, 6, 1)) == 1

    Document.objects.filter(pk=ended.pk).update(ended_on=date(2023, 8, 14))
    validity.undo(change, by=by)
    assert validity.how_many_to_review(by, TODAY) == 1


def test_another_units_document_is_not_ones_to_review():
    with pytest.raises(PermissionDenied):
        validity.review(DocumentFactory(), by=actor())


def _chain(*days, last_ended=None):
    """Documents that replaced one another on these days, the oldest first."""
    found = [DocumentFactory(number=f"{place}/2000/NĐ-CP") for place in range(len(days) + 1)]
    for old, new, day in zip(found, found[1:], days, strict=False):
        Document.objects.filter(pk=old.pk).update(ended_on=day, ended_by=new)
    if last_ended:
        Document.objects.filter(pk=found[-1].pk).update(ended_on=last_ended)
    return list(Document.objects.filter(pk__in=[one.pk for one in found]).order_by("number"))


@pytest.mark.parametrize(
    ("on", "place"),
    [
        (date(2020, 1, 1), 1),  # the first day without it
        (date(2021, 12, 31), 1),  # the last day of what replaced it
        (date(2022, 1, 1), 2),
        (date(2024, 3, 18), 2),
    ],
)
def test_of_what_was_replaced_again_the_one_that_holds_is_named(on, place):
    chain = _chain(date(2020, 1, 1), date(2022, 1, 1))

    [basis] = validity.ended_of(chain[:1], on)

    assert basis.successor == chain[place]
    assert validity.ended_of(chain[:1], date(2019, 12, 31)) == []


def test_where_all_that_followed_ended_too_nothing_is_named():
    chain = _chain(date(2020, 1, 1), last_ended=date(2023, 1, 1))

    [basis] = validity.ended_of(chain[:1], TODAY)

    assert basis.successor is None


def test_documents_that_replace_each_other_in_a_ring_end_the_search(django_assert_max_num_queries):
    one, other = _chain(date(2020, 1, 1))
    Document.objects.filter(pk=other.pk).update(ended_on=date(2021, 1, 1), ended_by=one)

    with django_assert_max_num_queries(4):
        [basis] = validity.ended_of([one], TODAY)

    assert basis.successor is None


def test_a_replacement_that_comes_later_ends_nothing_yet():
    by = coordinator()
    old, new = DocumentFactory(), DocumentFactory(in_force_from=date(2024, 7, 1))
    validity.say(old, ValidityKind.REPLACED, on=date(2024, 7, 1), by_document=new, by=by)
    old.refresh_from_db()

    assert validity.ended_of([old], date(2024, 6, 30)) == []
    [basis] = validity.ended_of([old], date(2024, 7, 1))
    assert basis.successor == new


# What danvan brings along.


def test_the_known_national_documents_come_once():
    made = knowledge.load()

    assert made > 70
    assert knowledge.load() == 0
    decree = Document.objects.get(number="04/2015/NĐ-CP")
    assert decree.is_card
    assert decree.validity(date(2023, 3, 1)) == Validity.IN_FORCE
    assert decree.validity(date(2023, 8, 14)) == Validity.REPLACED
    assert decree.ended_by == Document.objects.get(number="59/2023/NĐ-CP")
    assert not decree.validity_changes.get(kind="replaced").is_verified
    assert Document.objects.filter(number="25-NQ/TW").count() == 2
    assert not Document.objects.exclude(issuer_level="central").exists()


def test_what_a_person_took_back_is_not_said_again():
    knowledge.load()
    decree = Document.objects.get(number="04/2015/NĐ-CP")
    validity.undo(decree.validity_changes.get(kind="replaced"), by=coordinator())

    knowledge.load()

    assert not ValidityChange.objects.filter(
        document=decree, kind="replaced", undone_at=None
    ).exists()


def test_what_is_known_holds_for_a_file_that_is_there_already():
    decree = DocumentFactory(
        number="04/2015/NĐ-CP", kind="Nghị định", issuer="Chính phủ", issued_on=date(2015, 1, 9)
    )

    knowledge.load()

    decree.refresh_from_db()
    assert decree.ended_on == date(2023, 8, 14)
    assert Document.objects.filter(number="04/2015/NĐ-CP").count() == 1


# What goes on, yet not as it was.


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (date(2024, 2, 29), Validity.IN_FORCE),
        (date(2024, 3, 1), Validity.SUSPENDED),  # the first day itself
        (date(2024, 3, 31), Validity.SUSPENDED),  # the last one too
        (date(2024, 4, 1), Validity.IN_FORCE),
    ],
)
def test_a_suspended_document_holds_again_on_the_day_after_its_last(on, state):
    document = DocumentFactory(in_force_from=date(2020, 1, 1))
    validity.say(
        document,
        ValidityKind.SUSPENDED,
        on=date(2024, 3, 1),
        until=date(2024, 3, 31),
        by=coordinator(),
    )

    document.refresh_from_db()
    assert validity.state_of(document, on) == state
    assert Document.objects.holding(state, on).get() == document
    assert Document.objects.in_force(on).exists() == (state == Validity.IN_FORCE)
    assert bool(limits_of([document], on)) == (state == Validity.SUSPENDED)
    assert not Document.objects.ended(on).exists()


def test_suspended_until_it_is_said_to_go_on():
    by, document = coordinator(), DocumentFactory(in_force_from=date(2020, 1, 1))
    validity.say(document, ValidityKind.SUSPENDED, on=date(2024, 3, 1), by=by)
    document.refresh_from_db()
    assert document.validity(date(2030, 1, 1)) == Validity.SUSPENDED

    validity.say(document, ValidityKind.CONTINUED, on=date(2024, 3, 18), by=by)

    document.refresh_from_db()
    assert document.validity(date(2024, 3, 17)) == Validity.SUSPENDED
    assert document.validity(TODAY) == Validity.IN_FORCE
    assert limits_of([document], TODAY) == []


def test_an_end_is_more_than_a_suspension():
    by, document = coordinator(), DocumentFactory(in_force_from=date(2020, 1, 1))
    validity.say(document, ValidityKind.SUSPENDED, on=date(2024, 2, 25), by=by)
    validity.say(document, ValidityKind.ABOLISHED, on=TODAY, by=by)

    document.refresh_from_db()
    assert document.validity(date(2024, 3, 17)) == Validity.SUSPENDED
    assert document.validity(TODAY) == Validity.ENDED
    assert Document.objects.holding(Validity.ENDED, TODAY).get() == document
    assert not Document.objects.holding(Validity.SUSPENDED, TODAY).exists()


@pytest.mark.parametrize(
    ("kind", "more", "words"),
    [
        (ValidityKind.PART_ENDED, {}, "phần bị bãi bỏ"),
        (ValidityKind.SUSPENDED, {"until": date(2024, 2, 29)}, "Ngày cuối"),
        (ValidityKind.SUSPENDED, {"until": date(2025, 1, 1)}, "đã được ghi ngưng"),
    ],
)
def test_half_of_what_is_needed_is_refused_in_words(on_day, kind, more, words):
    on_day(2024, 3, 18)
    by, document = coordinator(), DocumentFactory(in_force_from=date(2020, 1, 1))
    validity.say(document, ValidityKind.SUSPENDED, on=date(2024, 2, 25), by=by)

    with pytest.raises(NotAccepted, match=words):
        validity.say(document, kind, on=date(2024, 3, 1), by=by, **more)


def test_a_document_of_which_parts_ended_goes_on_and_says_which():
    by, later = coordinator(), DocumentFactory(number="215-KL/TW")
    document = DocumentFactory(in_force_from=date(2020, 1, 1))
    for part in ("khoản 2 Điều 5", "Điều 7", "Điều 7"):
        validity.say(
            document,
            ValidityKind.PART_ENDED,
            on=date(2024, 3, 1),
            part=part,
            by_document=later,
            by=by,
        )
    validity.say(document, ValidityKind.SUSPENDED, on=date(2024, 3, 2), part="Điều 9", by=by)

    document.refresh_from_db()
    assert document.validity(TODAY) == Validity.IN_FORCE
    assert [(one.part, one.is_suspended) for one in limits_of([document], TODAY)] == [
        ("khoản 2 Điều 5", False),
        ("Điều 7", False),
        ("Điều 9", True),
    ]
    assert limits_of([document], date(2024, 2, 29)) == []
    assert validity.ended_of([document], TODAY) == []


def test_what_rests_on_a_limited_basis_is_seen_until_it_is_reviewed(on_day):
    on_day(2024, 3, 18)
    by = actor()
    basis, own = _resting(by.unit, in_force_from=date(2015, 1, 9))
    _resting(UnitFactory(), in_force_from=date(2015, 1, 9))
    validity.say(basis, ValidityKind.SUSPENDED, on=date(2024, 3, 1), by=coordinator())
    seen = [one.document for one in resting_on_limited(validity.own_of(by), TODAY)]
    assert seen == [own]
    assert not validity.resting_on_ended(validity.own_of(by), TODAY).exists()

    validity.review(own, by=by)

    assert not resting_on_limited(validity.own_of(by), TODAY).exists()


def test_who_reviews_lifts_no_suspension(on_day):
    on_day(2024, 3, 18)
    by = actor()
    own = DocumentFactory(filed_by=by.unit, in_force_from=date(2020, 1, 1))
    validity.say(own, ValidityKind.SUSPENDED, on=date(2024, 3, 1), by=coordinator())

    with pytest.raises(NotAccepted):
        validity.review(own, by=by)


def test_a_chain_that_ends_in_something_ended_names_the_last():
    last = DocumentFactory(ended_on=date(2023, 1, 1))
    second = DocumentFactory(ended_on=date(2021, 1, 1), ended_by=last)
    first = DocumentFactory(ended_on=date(2019, 1, 1), ended_by=second)

    [then] = validity.ended_of([first], date(2022, 12, 31))
    [now] = validity.ended_of([first], date(2023, 1, 1))

    assert (then.successor, then.last) == (last, None)
    assert (now.successor, now.last) == (None, last)


def test_three_thousand_regulations_take_as_many_questions_as_three(django_assert_num_queries):
    """The longest chain counts, however many documents stand in it."""
    now = clock.now()
    last = DocumentFactory(in_force_from=date(2020, 1, 1))
    second = DocumentFactory(ended_on=date(2021, 1, 1), ended_by=last)
    ended = Document.objects.bulk_create(
        Document(
            number=f"{place}/2019/QĐ-UBND",
            number_squeezed=f"{place}/2019/qđ-ubnd",
            kind="Quyết định",
            attachment=last.attachment,
            filed_at=now,
            registered_on=TODAY,
            in_force_from=date(2019, 1, 1),
            ended_on=date(2020, 1, 1),
            ended_by=second if place % 2 else last,
        )
        for place in range(3_000)
    )

    for some in (ended[:3], ended):
        with django_assert_num_queries(1):
            found = validity.in_their_place(some, TODAY)
        assert set(found.values()) == {last}
        assert len(found) == len(some)
        with django_assert_num_queries(2):
            validity.ended_of(some, TODAY)
        with django_assert_num_queries(0):
            limits_of(some, TODAY)
