"""A DOCX as PDF, where LibreOffice is installed."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from django.utils.translation import gettext as _

_PATIENCE = 60  # seconds that LibreOffice may take


class NoPdf(Exception):
    """A DOCX could not be made a PDF; the text says what is missing."""


def converter() -> str | None:
    """Where LibreOffice is, if it is installed: it makes a PDF of a DOCX."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def as_pdf(docx: bytes) -> bytes:
    """The same document as PDF. Raises NoPdf where LibreOffice is missing or does not answer."""
    program = converter()
    if program is None:
        raise NoPdf(
            _(
                "Máy chủ chưa có LibreOffice nên chưa tạo được PDF. Tải DOCX, hoặc báo quản trị cài LibreOffice."
            )
        )
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "document.docx")
        source.write_bytes(docx)
        profile = Path(folder, "profile").as_uri()  # its own, so that two at once do not meet
        command = [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
        try:
            subprocess.run(  # the program found above, and paths of our own
                [*command, "--outdir", folder, str(source)],
                check=True,
                capture_output=True,
                timeout=_PATIENCE,
            )
            return source.with_suffix(".pdf").read_bytes()
        except (subprocess.SubprocessError, OSError) as reason:
            raise NoPdf(_("Chưa tạo được PDF. Tải DOCX, hoặc thử lại sau ít phút.")) from reason
