"""The country at work: documents, citations, duties and assignments in a database of their own.

Made once by the server itself (INSERT … SELECT), seeded, and kept for the next measurement; names
are invented. Every province has two hundred units that work on eighty duties, as a province does.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Model

from bench import database, generate
from danvan.documents.models import Citation, Document
from danvan.duties.models import Assignment, Duty, Theme
from danvan.files.models import Attachment
from danvan.org import tree
from danvan.org.choices import Role
from danvan.org.models import Person, Post, Unit, User
from danvan.searching import words_of

NAME = "danvan_nation"
TODAY = date(2024, 3, 18)
SINCE = DateRange(date(2010, 1, 1), None)
MEMBERS = 200  # units of a province that its duties are laid on
DUTIES = 80  # of a province: sixty of this year, twenty of the last
DOCUMENTS = 200_000
CITATIONS = 3_000_000
PEOPLE = {"chuyen.vien": Role.OFFICER, "dau.moi": Role.COORDINATOR, "lanh.dao": Role.READER_ONLY}


@contextmanager
def nation() -> Iterator[None]:
    """The connection's database is the country's, afterwards its own again."""
    own = connection.settings_dict["NAME"]
    mark = database.FOLDER / "nation"
    recipe = _recipe()
    is_there = mark.exists() and mark.read_text() == recipe
    connection.settings_dict["TEST"]["NAME"] = NAME
    connection.creation.create_test_db(
        verbosity=0, autoclobber=True, serialize=False, keepdb=is_there
    )
    try:
        if not is_there:
            _fill()
            mark.write_text(recipe)
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own


def _recipe() -> str:
    """What the data were made by: this file and the migrations."""
    made_by = [Path(__file__), *database.MIGRATIONS]
    return hashlib.sha256(b"".join(one.read_bytes() for one in made_by)).hexdigest()


def _fill() -> None:
    call_command("prepare", verbosity=0)
    units = generate.load_country()
    tree.rebuild([one.pk for one in units.values()])
    _fill_people(units)
    members = _members(units)
    with connection.cursor() as cursor:
        cursor.execute("SELECT setseed(0.2024)")
        cursor.execute(_MEMBER)
        with cursor.copy("COPY member FROM STDIN") as rows:  # type: ignore[attr-defined]
            for row in members:
                rows.write_row(row)
        values = {
            "file": _file().pk,
            "documents": DOCUMENTS,
            "citations": CITATIONS,
            "duties": DUTIES,
            "today": TODAY,
        }
        for model, statement in (
            (Document, _DOCUMENTS),
            (Citation, _CITATIONS),
            (Duty, _DUTIES),
            (Assignment, _ASSIGNMENTS),
            (Theme, _THEMES),
        ):
            with _defaults_of(model, cursor):
                cursor.execute(statement, values)
        cursor.execute("DROP TABLE member")
        cursor.execute("VACUUM ANALYZE")


@contextmanager
def _defaults_of(model: type[Model], cursor: Any) -> Iterator[None]:
    """A column that a statement does not name holds what the model would put there."""
    table = model._meta.db_table
    given = {
        field.column: field.get_default()
        for field in model._meta.concrete_fields
        if not (field.null or field.primary_key or field.generated)
        and field.get_default() is not None
    }
    plain = {key: value for key, value in given.items() if isinstance(value, str | int | bool)}
    for column, value in plain.items():
        cursor.execute(f'ALTER TABLE {table} ALTER "{column}" SET DEFAULT {_literal(value)}')
    yield
    for column in plain:
        cursor.execute(f'ALTER TABLE {table} ALTER "{column}" DROP DEFAULT')


def _literal(value: str | int) -> str:
    return f"'{value}'" if isinstance(value, str) else str(value)


def _file() -> Attachment:
    return Attachment.objects.create(
        name="van-ban.txt",
        media_type="text/plain",
        size=4,
        sha256="0" * 64,
        content="van-ban.txt",
        kept_at=f"{TODAY}T00:00:00Z",
    )


def _fill_people(units: dict[str, Unit]) -> None:
    """An officer with an account and an address in every unit, and a leader of half of them."""
    users, people, posts = [], [], []
    for place, unit in enumerate(units.values()):
        for role in (Role.OFFICER, Role.LEADER_IN_CHARGE)[: 1 + place % 2]:
            number = len(people)
            user = User(username=f"can.bo.{number}", password="!")
            person = Person.of(
                f"Nguyễn Thử {number}", user=user, email=f"can.bo.{number}@tinh.example"
            )
            users.append(user)
            people.append(person)
            posts.append(Post(person=person, unit=unit, role=role, validity=SINCE))
    User.objects.bulk_create(users, batch_size=2000)
    Person.objects.bulk_create(people, batch_size=2000)
    Post.objects.bulk_create(posts, batch_size=2000)
    department = next(one for key, one in units.items() if key.startswith("department"))
    Unit.objects.filter(pk=department.pk).update(coordinates=True)
    for username, role in PEOPLE.items():
        user = User.objects.create(username=username, password="!")
        person = Person.of(f"Nguyễn {username}", user=user, email=f"{username}@tinh.example")
        person.save()
        at = units["province 0"] if role == Role.READER_ONLY else department
        Post.objects.create(person=person, unit=at, role=role, validity=SINCE)


def _members(units: dict[str, Unit]) -> list[tuple[int, int, Any, Any, Any]]:
    """Province, place in it, unit, the province's committee, an officer: as generate.py puts them."""
    officers = dict(Post.objects.filter(role=Role.OFFICER).values_list("unit", "person"))
    below: dict[int, list[Any]] = {at: [] for at in range(generate.PROVINCES)}
    departments = [one for key, one in units.items() if key.startswith("department")]
    for at, one in enumerate(departments):
        below[at // generate.DEPARTMENTS].append(one.pk)
    for at in range(generate.DISTRICTS):
        below[at % generate.PROVINCES].append(units[f"district {at}"].pk)
    for at in range(generate.COMMUNES):
        below[at % generate.DISTRICTS % generate.PROVINCES].append(units[f"commune {at}"].pk)
    return [
        (province, place, unit, units[f"province {province}"].pk, officers[unit])
        for province, found in below.items()
        for place, unit in enumerate(found[:MEMBERS])
    ]


_MEMBER = "CREATE TEMP TABLE member (province int, place int, unit uuid, head uuid, person uuid)"
TITLE = "Thực hiện công tác dân vận chính quyền trên địa bàn"
SUBJECTS = (  # the first of every second document, the next of every fourth …
    "năm",
    "về tiếp công dân",
    "về đối thoại với Nhân dân",
    "về hòa giải ở cơ sở",
    "về thực hiện dân chủ",
    "về bồi thường, giải phóng mặt bằng",
    "về cải cách thủ tục hành chính",
    "về phòng cháy, chữa cháy",
    "về nhà ở cho người có công",
    "về nước sạch nông thôn",
)
_OF_ALL = " || ' ' || (ARRAY[{}])[least({}, 1 + log(2, 1 + (made.place * 7919) %% 1023)::int)]"
_SUBJECT = _OF_ALL.format(", ".join(f"'{one}'" for one in SUBJECTS), len(SUBJECTS))
_WORDS = _OF_ALL.format(", ".join(f"'{words_of(one)}'" for one in SUBJECTS), len(SUBJECTS))
_DOCUMENTS = f"""
CREATE TEMP TABLE made AS
SELECT one AS place, uuidv7() AS id, (one %% 63) AS province,
       date '2015-01-05' + (one * 3360 / %(documents)s) AS issued_on
FROM generate_series(0, %(documents)s - 1) one;
CREATE INDEX ON made (place);
INSERT INTO documents_document (
    id, number, number_squeezed, kind, title, issuer, issuer_key, issuer_level, issued_by_id,
    issued_on, place, authority, signer_role, signer, recipients, planned_from, planned_to, in_force_from, ended_on,
    folded, attachment_id, filed_by_id, filed_at, registered_on
)
SELECT made.id, made.place || '/KH-UBND', made.place || '/kh-ubnd', 'Kế hoạch', '{TITLE}'{_SUBJECT},
       'ỦY BAN NHÂN DÂN TỈNH SỐ ' || made.province, 'uy ban nhan dan tinh so ' || made.province,
       'province', member.unit, made.issued_on, '', 'TM. ỦY BAN NHÂN DÂN', 'CHỦ TỊCH', '', '{{}}',
       extract(year FROM made.issued_on)::text, extract(year FROM made.issued_on)::text,
       made.issued_on, CASE WHEN made.place %% 20 = 0 THEN made.issued_on + 700 END,
       ' ' || made.place || ' kh ubnd ke hoach{words_of(TITLE)}'{_WORDS} ||
           ' uy ban nhan dan tinh so ' || made.province || ' ',
       %(file)s, member.unit, made.issued_on + time '08:00', made.issued_on + 3
FROM made JOIN member ON member.province = made.province AND member.place = made.place %% 200;
ANALYZE made
"""

# What was issued early is cited most: a tenth of the documents gets half of the citations.
_CITATIONS = """
INSERT INTO documents_citation (
    id, document_id, target_id, relation, kind, number, number_squeezed, alike, issued_on, issuer,
    text, start, "end", standing, settled_by
)
SELECT uuidv7(), made.id, CASE WHEN one.chance < 0.97 THEN target.id END,
       CASE WHEN one.chance >= 0.97 THEN 'mentions' WHEN one.place %% 20 = 0 THEN 'concretises'
            WHEN one.place %% 4 = 0 THEN 'basis' ELSE 'mentions' END,
       'Kế hoạch', target.place || '/KH-UBND', target.place || '/kh-ubnd',
       target.place || '/kh-ubnd|' || target.issued_on || '|', target.issued_on, '',
       'Kế hoạch số ' || target.place || '/KH-UBND', 100 * (one.place %% 15), 100 * (one.place %% 15) + 30,
       CASE WHEN one.chance < 0.97 THEN 'resolved' WHEN one.chance < 0.99 THEN 'unknown'
            ELSE 'ambiguous' END, ''
FROM (
    SELECT place, random() AS chance, floor(power(random(), 3) * %(documents)s)::int AS cited
    FROM generate_series(0, %(citations)s - 1) place
) one
JOIN made ON made.place = one.place %% %(documents)s
JOIN made target ON target.place = one.cited
"""

_DUTIES = """
CREATE TEMP TABLE task AS
SELECT uuidv7() AS id, province, number, CASE WHEN number < 60 THEN 2024 ELSE 2023 END AS year
FROM generate_series(0, 62) province, generate_series(0, %(duties)s - 1) number;
INSERT INTO duties_duty (
    id, document_id, origin, source, item, action, sentence, start, "end", heading, manner, lead,
    cooperating, due, deliverable, deliver_to, confirmed_by_id, asked_by_id, proposed_at
)
SELECT task.id, made.id, 'text', made.place || '/KH-UBND, mục IV.' || number, 'duties:' || number,
       'Thực hiện nhiệm vụ số ' || number || ' của kế hoạch năm ' || year,
       'Các đơn vị thực hiện nhiệm vụ số ' || number || ' trước ngày đã định.', 0, 60, 'Nhiệm vụ',
       'order', '{}', '{}', NULL, CASE WHEN number %% 10 = 0 THEN 'kế hoạch' ELSE '' END, '',
       member.head, member.head, make_timestamptz(year, 1, 15, 8, 0, 0)
FROM task
JOIN member ON member.province = task.province AND member.place = 0
JOIN made ON made.place = %(documents)s - 63 * (2 + number / 10) + task.province
"""

# One in seven is entrusted to somebody of the unit.
_ASSIGNMENTS = """
INSERT INTO duties_assignment (
    id, duty_id, unit_id, person_id, part, occurrence, due_on, due_steps, state, assigned_at, handed_in_at,
    handed_in_by, remark, percent, changed_at
)
SELECT uuidv7(), duty, unit, person, 'lead', '', due_on, '{"Hạn in trong văn bản."}', state,
       make_timestamptz(year, 1, 16, 8, 0, 0),
       CASE WHEN state IN ('submitted', 'done') THEN least(due_on - 3 + late, %(today)s) + time '09:00' END,
       CASE WHEN state IN ('submitted', 'done') THEN 'Nguyễn Thử' ELSE '' END,
       CASE WHEN state = 'returned' THEN 'Bổ sung số liệu' ELSE '' END, 0,
       CASE WHEN state = 'assigned' THEN make_timestamptz(year, 1, 16, 8, 0, 0)
            WHEN state = 'in_progress'
            THEN make_timestamptz(year, 1, 17, 8, 0, 0) + floor(random() * 62) * interval '1 day'
            ELSE least(due_on - 3 + late, %(today)s) + time '09:00' END
FROM (
    SELECT task.id AS duty, member.unit, task.year,
           CASE WHEN task.number %% 7 = 0 THEN member.person END AS person, due.due_on, floor(random() * 6)::int AS late,
           CASE WHEN task.year = 2023 THEN 'done'
                WHEN due.due_on < %(today)s AND chance < 0.90 THEN 'done'
                WHEN due.due_on < %(today)s AND chance < 0.94 THEN 'submitted'
                WHEN due.due_on < %(today)s AND chance < 0.95 THEN 'returned'
                WHEN chance < 0.5 THEN 'in_progress' ELSE 'assigned' END AS state
    FROM task
    JOIN member ON member.province = task.province
    CROSS JOIN LATERAL (
        SELECT make_date(task.year, 1 + task.number %% 12, 5 + task.number %% 20) AS due_on
    ) due
    CROSS JOIN LATERAL (SELECT random() + 0 * member.place AS chance) drawn
    ORDER BY task.id
) made
"""

_THEMES = """
INSERT INTO duties_theme (id, kind, title, year_from, year_to)
SELECT uuidv7(), 'key_task', 'Nhiệm vụ trọng tâm số ' || number, 2024, 2024 FROM generate_series(1, 12) number;
INSERT INTO duties_duty_themes (duty_id, theme_id)
SELECT task.id, theme.id FROM task
JOIN (SELECT id, (row_number() OVER (ORDER BY title))::int AS place FROM duties_theme) theme
    ON theme.place = 1 + task.number %% 12
WHERE task.number < 24
"""
