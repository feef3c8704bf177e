from typing import Any

from django.core.management import BaseCommand, CommandError, call_command

from danvan.config import database, setup


class Command(BaseCommand):
    help = "Bring the database up to date: tables, rights, definitions. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            database.require_usable()
            call_command("migrate", verbosity=0)
            call_command("createcachetable", verbosity=0)
            database.grant_to_application()
        except database.NotUsable as reason:
            raise CommandError(str(reason)) from reason
        loaded = setup.load_definitions()
        known = setup.load_documents()
        self.stdout.write(
            f"Cơ sở dữ liệu sẵn sàng; {loaded} định nghĩa, {known} văn bản trung ương mới."
        )
