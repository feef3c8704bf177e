from typing import Any

from django.core.management import BaseCommand

from danvan.org.country.loading import load


class Command(BaseCommand):
    help = (
        "Load the country's provinces and communes, before and after 1 July 2025. Safe to repeat."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if loaded := load():
            self.stdout.write(f"Đã nạp {loaded} đơn vị hành chính của cả nước.")
        else:
            self.stdout.write("Đơn vị hành chính của cả nước đã có.")
