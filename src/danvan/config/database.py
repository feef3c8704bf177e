"""Two roles from the first day: an owner that migrates, an application role that runs.

`DATABASE_URL` is what the application uses; `DATABASE_OWNER_URL`, where it is set, is what
migrations use. With `DATABASE_URL` alone both sign in by it, and the application then takes on
the role `danvan_app`, which `grant_to_application` provides.
"""

import os
from typing import Any

from django.db import OperationalError, ProgrammingError, connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

APPLICATION = "danvan_app"
APPEND_ONLY = (
    "audit_auditentry",
    "audit_seal",
    "audit_digest",
)  # tables that the application may add to and read, never change


def settings(*, as_owner: bool) -> dict[str, Any]:
    """The DATABASES entry of Django for one of the two roles."""
    url, owner_url = os.environ.get("DATABASE_URL", ""), os.environ.get("DATABASE_OWNER_URL", "")
    parts = conninfo_to_dict((owner_url or url) if as_owner else url)
    options: dict[str, Any] = {
        key: value
        for key, value in parts.items()
        if key not in {"host", "port", "user", "password", "dbname"}
    }
    if not as_owner and not owner_url and url:
        options["options"] = f"-c role={APPLICATION}"
    return {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": parts.get("host", ""),
        "PORT": str(parts.get("port", "")),
        "USER": parts.get("user", ""),
        "PASSWORD": parts.get("password", ""),
        "NAME": parts.get("dbname", "danvan"),
        "OPTIONS": options,
        "TEST": {"NAME": f"test_danvan_{os.getpid()}"},
    }


OLDEST = 150000  # PostgreSQL 15, as the server numbers itself


class NotUsable(Exception):
    """The database cannot be used as it is; the text says to who installs what to do."""


def require_usable() -> None:
    """Raises NotUsable where nobody answers, or where the server is too old."""
    try:
        connection.ensure_connection()
    except OperationalError as silence:
        raise NotUsable(
            f"Không kết nối được cơ sở dữ liệu. Kiểm tra DATABASE_URL và máy chủ PostgreSQL.\n{silence}"
        ) from silence
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int")
        version = cursor.fetchone()[0]
    if version < OLDEST:
        raise NotUsable("Cần PostgreSQL 15 trở lên. Nâng cấp máy chủ, hoặc bỏ DATABASE_URL.")


def grant_to_application() -> None:
    """Let the application role work on every table, and only add to those that are append-only.

    Raises NotUsable where the owner may neither make that role nor act as it.
    """
    role = sql.Identifier(APPLICATION)
    with connection.cursor() as cursor:
        _provide_application_role(cursor, role)
        cursor.execute("SELECT quote_ident(current_schema())")
        schema = sql.SQL(cursor.fetchone()[0])
        for rights in (
            "USAGE ON SCHEMA {schema}",
            "SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema}",
            "USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema}",
            "EXECUTE ON ALL FUNCTIONS IN SCHEMA {schema}",
        ):
            statement = sql.SQL("GRANT " + rights + " TO {role}")
            cursor.execute(statement.format(schema=schema, role=role))
        for table in APPEND_ONLY:
            statement = sql.SQL("REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {role}")
            cursor.execute(statement.format(table=sql.Identifier(table), role=role))


def _provide_application_role(cursor: CursorWrapper, role: sql.Identifier) -> None:
    """The role is one for the whole server; every owner of a database on it must be able to act as it."""
    try:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APPLICATION])
        if not cursor.fetchone():
            cursor.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(role))
        if not _can_act_as(cursor, role):
            cursor.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(role))
    except ProgrammingError as refusal:
        raise NotUsable(
            f"Tài khoản của DATABASE_URL không tạo hoặc không dùng được vai trò {APPLICATION}. "
            f"Quản trị PostgreSQL chạy: CREATE ROLE {APPLICATION} NOLOGIN (nếu chưa có); "
            f"GRANT {APPLICATION} TO ⟨tài khoản⟩."
        ) from refusal


def _can_act_as(cursor: CursorWrapper, role: sql.Identifier) -> bool:
    """Asked by doing: since PostgreSQL 16 a member is not yet one who may take the role on."""
    try:
        with transaction.atomic():
            cursor.execute(sql.SQL("SET LOCAL ROLE {}").format(role))
            cursor.execute("RESET ROLE")
    except ProgrammingError:
        return False
    return True
