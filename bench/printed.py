"""How fast vanban reads what was printed: a PDF with text, and a scan of its pages. Needs LibreOffice."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import vanban

PLAN = Path("src/danvan/config/demo/plan.docx")
RESOLUTION = 200  # dots an inch, as Nghị định 30/2020/NĐ-CP asks of scans
SCANNED = 3  # pages


def figures() -> dict[str, dict[str, Any]]:
    if not shutil.which("soffice"):
        return {}
    data = _pdf(PLAN.read_bytes())
    pages = len(vanban.extract(data, "bench.pdf").pages)
    read = _seconds(lambda: vanban.read_bytes(data, "bench.pdf"), rounds=3)
    found = {"reader.pdf": _figure(round(pages / read, 1), "pages/s", f"{pages} pages")}
    if shutil.which("tesseract"):
        scan = _scan(data)
        each = _seconds(lambda: vanban.read_bytes(scan, "bench.tif"), rounds=1) / SCANNED
        found["reader.scan"] = _figure(
            round(each, 2), "s/page", f"{SCANNED} pages at {RESOLUTION} dpi"
        )
    return found


def _figure(value: float, unit: str, size: str) -> dict[str, Any]:
    return {"value": value, "unit": unit, "size": size}


def _seconds(work: Callable[[], object], rounds: int) -> float:
    """By the clock: Tesseract is a process of its own."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def _pdf(data: bytes) -> bytes:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "bench.docx").write_bytes(data)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", name]
        subprocess.run([*command, str(folder / "bench.docx")], check=True, capture_output=True)
        return (folder / "bench.pdf").read_bytes()


def _scan(data: bytes) -> bytes:
    """The first pages as one TIFF, as a scanner gives it."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    images = [
        document[number].render(scale=RESOLUTION / 72, grayscale=True).to_pil()
        for number in range(SCANNED)
    ]
    out = io.BytesIO()
    images[0].save(
        out, "TIFF", save_all=True, append_images=images[1:], dpi=(RESOLUTION, RESOLUTION)
    )
    return out.getvalue()
