from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from danvan import clock
from danvan.audit import digests, rules, sealing, verifying
from danvan.audit.verifying import number


class Command(BaseCommand):
    help = "The journal: `verify` that nobody bent it, `seal` what is new, print the `digest` of a day."

    def add_arguments(self, parser: ArgumentParser) -> None:
        asked = parser.add_subparsers(dest="asked", required=True)
        verify = asked.add_parser("verify", help="read the whole chain and say what is wrong")
        verify.add_argument("--from-digest", type=Path, help="a digest that was kept, as text")
        asked.add_parser("seal", help="seal what is committed")
        digest = asked.add_parser("digest", help="print the digest of a day, to keep")
        digest.add_argument("--day", type=date.fromisoformat, help="YYYY-MM-DD; without it today")

    def handle(self, *args: Any, asked: str, **options: Any) -> None:
        if asked == "verify":
            self._verify(options["from_digest"])
        elif asked == "seal":
            self.stdout.write(f"Đã niêm phong {number(sealing.sweep())} mục.")
            digests.close_days()
        else:
            self._digest(options["day"] or clock.today())

    def _verify(self, file: Path | None) -> None:
        found = verifying.verify(_kept(file) if file else None)
        if found.waiting:
            self.stdout.write(f"{number(found.waiting)} mục mới, chờ niêm phong.")
        if found.is_intact:
            self.stdout.write(
                f"Đã kiểm tra {number(found.entries)} mục, không mục nào bị sửa."
                + (" Khớp với bản giữ ngoài." if file else "")
            )
            return
        for one in found.findings:
            self.stdout.write(f"- {one.what}")
        more = f" và {number(found.more)} chỗ khác" if found.more else ""
        raise CommandError(
            f"Đã kiểm tra {number(found.entries)} mục: {len(found.findings)} chỗ không đúng{more}."
        )

    def _digest(self, day: date) -> None:
        found = digests.digest_of(day)
        if found is None:
            raise CommandError(f"Chưa có bản niêm phong ngày {day:%d/%m/%Y}.")
        self.stdout.write(digests.text_of(found, body=settings.DANVAN_BODY), ending="")


def _kept(file: Path) -> tuple[rules.Statement, bytes]:
    try:
        return rules.parse(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as reason:
        raise CommandError(f"Không đọc được tệp {file}.") from reason
    except rules.NotADigest as reason:
        raise CommandError(str(reason)) from reason
