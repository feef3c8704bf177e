"""Two roles from the first day: an owner that migrates, an application role that runs.

`DATABASE_URL` is what the application uses; `DATABASE_OWNER_URL`, where it is set, is what
migrations use. With `DATABASE_URL` alone both sign in by it, and the application then takes on
the role `danvan_app`, which `grant_to_application` provides.
"""

import os
from typing import Any

from django.db import connection
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

APPLICATION = "danvan_app"
APPEND_ONLY = ("audit_auditentry",)  # tables that the application may add to and read, never change


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


def grant_to_application() -> None:
    """Let the application role work on every table, and only add to those that are append-only."""
    role = sql.Identifier(APPLICATION)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APPLICATION])
        if not cursor.fetchone():
            cursor.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(role))
            cursor.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(role))
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
