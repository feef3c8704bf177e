from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, call_command

from danvan.audit import sealing
from danvan.config import server
from danvan.config.demo.history import load_history
from danvan.config.demo.org import ACCOUNTS, load_province

HEADING = ("Tên đăng nhập", "Mật khẩu", "Vai trò, đơn vị")


class Command(BaseCommand):
    help = "Load the demo province, and say where and as whom to sign in. Safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--serve", action="store_true", help="then run the product")
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, serve: bool, host: str, port: int, **options: Any) -> None:
        call_command("prepare", stdout=self.stdout)
        load_province()
        load_history()
        sealing.seal()
        self.stdout.write(
            f"\nTỉnh dùng thử đã sẵn sàng. Mở http://{host}:{port}/ và đăng nhập:\n\n"
        )
        for line in _table([HEADING, *ACCOUNTS]):
            self.stdout.write(f"  {line}")
        if serve:
            self.stdout.write("\nDừng: Ctrl+C. Dữ liệu được giữ cho lần sau.")
            self.stdout.flush()
            server.run(host, port)


def _table(rows: list[tuple[str, str, str]]) -> list[str]:
    """Columns as wide as their widest cell, a rule under the heading."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]
    rule = "  ".join("─" * width for width in widths)
    return [lines[0], rule, *lines[1:]]
