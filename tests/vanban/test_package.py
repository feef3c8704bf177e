"""vanban as a package of its own: built, installed apart from danvan, and used."""

import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from tests.vanban.samples import PLAN

SOURCE = Path(__file__).resolve().parents[2] / "src" / "vanban"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=SOURCE, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def alone(wheel, tmp_path_factory):
    """Runs Python where vanban is installed and nothing else is."""
    site = tmp_path_factory.mktemp("site")
    zipfile.ZipFile(wheel).extractall(site)

    def run(*arguments):
        return subprocess.run(
            [sys.executable, "-S", *arguments],
            capture_output=True,
            text=True,
            cwd=site,
            env={**os.environ, "PYTHONPATH": str(site)},
        )

    return run


def test_the_wheel_holds_every_module_the_types_and_the_data(wheel):
    held = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("vanban/")}
    kept = {
        f"vanban/{path.relative_to(SOURCE).as_posix()}"
        for path in SOURCE.rglob("*")
        if path.suffix in (".py", ".json", ".csv", ".typed")
    }

    assert held == kept | ({"vanban/py.typed"})


def test_it_reads_with_the_standard_library_alone(alone, tmp_path):
    path = tmp_path / "ke-hoach.txt"
    path.write_text(PLAN, "utf-8")

    found = alone("-m", "vanban", str(path))

    assert found.returncode == 0, found.stderr
    assert "45/KH-UBND" in found.stdout
    assert alone("-c", "import django").returncode == 1
    assert alone("-c", "import pypdfium2").returncode == 1


def test_the_wheel_says_under_which_licence(wheel):
    files = zipfile.ZipFile(wheel)
    licence = next(name for name in files.namelist() if name.endswith("/LICENSE"))

    assert "Apache License" in files.read(licence).decode()


def test_help_is_there(alone):
    found = alone("-m", "vanban", "--help")

    assert found.returncode == 0
    assert "--scheduler" in found.stdout


@pytest.mark.parametrize(
    ("arguments", "extra"), [(["--jobs", "2"], "batch"), (["--scheduler", "tcp://x:1"], "cluster")]
)
def test_what_is_missing_is_said_with_how_to_get_it(alone, tmp_path, arguments, extra):
    path = tmp_path / "ke-hoach.txt"
    path.write_text(PLAN, "utf-8")

    found = alone("-m", "vanban", *arguments, str(path))

    assert found.returncode == 1
    assert f"pip install 'vanban[{extra}]'" in found.stderr
    assert "Traceback" not in found.stderr


def test_extras_are_locked_for_danvan_too():
    """What vanban can use, danvan installs (the cluster apart: it is for one's own machines)."""
    own = tomllib.loads((SOURCE / "pyproject.toml").read_text("utf-8"))["project"]
    root = tomllib.loads((SOURCE.parents[1] / "pyproject.toml").read_text("utf-8"))["project"]
    extras = own["optional-dependencies"]
    wanted = {library for name in ("pdf", "scan", "rules", "batch") for library in extras[name]}

    assert own["dependencies"] == []
    assert wanted <= set(root["dependencies"])
