"""What people forget, remembered: promises that hold for the whole repository."""

import ast
import inspect
import re
import subprocess
from importlib import import_module
from pathlib import Path

import allauth
import pytest
import yaml
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation

from danvan.console import phrases
from danvan.console import urls as console_urls
from danvan.org import rights

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src"


def own_models():
    return [model for model in apps.get_models() if model.__module__.startswith("danvan.")]


@pytest.mark.parametrize("model", own_models(), ids=lambda model: model._meta.label)
def test_every_model_says_which_fields_are_personal(model):
    personal = model.__dict__.get("PERSONAL")
    fields = {field.name for field in model._meta.get_fields()}

    assert personal is not None
    assert personal <= fields


@pytest.mark.parametrize("model", own_models(), ids=lambda model: model._meta.label)
def test_nothing_is_deleted_by_the_way(model):
    for field in model._meta.fields:
        if field.remote_field is not None and not field.auto_created:
            assert field.remote_field.on_delete.__name__ == "PROTECT", field


def templates():
    return sorted(SOURCE.glob("danvan/*/templates/**/*.html"))


def test_every_template_is_used():
    sources = [path.read_text("utf-8") for path in [*SOURCE.rglob("*.py"), *templates()]]
    everything = "\n".join(sources)
    names = {str(path).split("/templates/")[1] for path in templates()}
    # What stands in for a page of allauth's, by its name.
    theirs = Path(allauth.__file__).parent / "templates"
    found_by_name = {name for name in names if (theirs / name).exists()} | {"404.html"}
    called = {
        f"console/errors/{name}.html" for name in re.findall(r'_page\(request, "(\w+)"', everything)
    }

    unused = {
        name
        for name in names - called - found_by_name
        if not re.search(rf'["\'/]{name}', everything)
    }

    assert unused == set()


@pytest.mark.parametrize("path", templates(), ids=lambda path: str(path).split("/templates/")[1])
def test_no_template_breaks_the_content_security_policy(path):
    page = path.read_text("utf-8")

    assert not re.search(r"\sstyle=", page)
    assert not re.search(
        r"\son(?:click|load|submit|change|input|focus|blur|key\w+|mouse\w+)=", page
    )
    assert not re.search(r"<script(?![^>]*\ssrc=)", page)
    assert "javascript:" not in page


def test_every_drawing_that_a_page_asks_for_is_in_the_sprite():
    known = set((ROOT / "assets" / "icons.txt").read_text().splitlines())
    asked = {
        name
        for page in (ROOT / "src" / "danvan").rglob("templates/**/*.html")
        for name in re.findall(r'(?:% icon |icon=)"([a-z-]+)"', page.read_text())
    }
    assert len(asked) > 20
    assert asked <= known


def test_every_definition_names_its_source():
    for path in SOURCE.glob("danvan/*/data/*.yaml"):
        for row in yaml.safe_load(path.read_text("utf-8")):
            assert row["source"], (path, row["code"])
            assert row["valid_from"], (path, row["code"])


def recorded_verbs():
    """Every verb that an action gives to the audit."""
    for path in (SOURCE / "danvan").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            name = getattr(getattr(node, "func", None), "id", "")
            if name in {"record", "record_all", "note"} and len(node.args) > 1:
                for part in ast.walk(node.args[1]):
                    if isinstance(part, ast.Constant):
                        yield part.value


def test_every_recorded_verb_has_its_words():
    words = {key.split(" ")[-1] for key in phrases.PHRASES}
    code = "".join(
        path.read_text("utf-8")
        for path in (SOURCE / "danvan").rglob("*.py")
        if path.name != "phrases.py"
    )

    assert set(recorded_verbs()) - words == set()
    assert {verb for verb in words if f'"{verb}"' not in code} == set()


def patterns(resolver, before=""):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry, before + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            yield before + str(entry.pattern), entry


def guards(view):
    """The names of the decorators' inner functions around a view, outermost first."""
    while view is not None:
        yield view.__code__.co_qualname
        view = getattr(view, "__wrapped__", None)


BEFORE_THE_SECOND_FACTOR = {"security", "end_own_session"}  # where one sets it up


@pytest.mark.parametrize("entry", console_urls.urlpatterns, ids=lambda entry: entry.name)
def test_every_page_of_the_console_has_the_officers_door(entry):
    door = "in_post" if entry.name in BEFORE_THE_SECOND_FACTOR else "officer"
    assert any(f"{door}.<locals>.guarded" in name for name in guards(entry.callback))


def test_no_address_is_given_twice():
    routes = [route for route, entry in patterns(get_resolver())]

    assert len(routes) == len(set(routes))


def access_rules():
    """Every public function of an access.py that asks who acts."""
    for path in sorted(SOURCE.glob("danvan/*/access.py")):
        module = import_module(f"danvan.{path.parent.name}.access")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            asks = "by" in inspect.signature(function).parameters
            if function.__module__ == module.__name__ and not name.startswith("_") and asks:
                yield pytest.param(function, id=f"{path.parent.name}.{name}")


@pytest.mark.parametrize("rule", list(access_rules()))
def test_every_access_rule_declares_whose_right_it_is_and_by_which_article(rule):
    declared = rights.of_rule(rule)

    assert declared is not None
    assert declared.roles
    assert str(declared.what)
    assert str(declared.only).endswith(".")


def test_every_source_of_a_right_is_named_in_the_decision():
    decisions = ROOT / "docs" / "decisions"
    known = next(decisions.glob("0020-*.md")).read_text("utf-8")

    with translation.override("vi"):
        laws = {str(one.law) for one in rights.rights()}

    for law in laws:
        for source in law.split("; "):
            pages = re.findall(
                r"\b\d{4}\b(?!/)", source.lower().partition("quyết định thiết kế")[2]
            )
            assert pages or source in known, source
            assert all(list(decisions.glob(f"{page}-*.md")) for page in pages), source


def tracked():
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return [ROOT / line for line in listed.splitlines() if (ROOT / line).is_file()]


def test_the_tree_in_the_readme_is_the_tree_on_disk():
    readme = (ROOT / "README.md").read_text("utf-8")
    block = re.search(r"```text\n(src/.*?)```", readme, re.DOTALL)
    assert block is not None
    named = set(re.findall(r"^ {4}([a-z]+)/", block[1], re.MULTILINE))
    on_disk = {path.name for path in SOURCE.glob("*/*") if path.is_dir()}

    assert named == on_disk - {"__pycache__", "static", "locale"}


def test_the_repository_names_no_machine_and_no_package_host():
    forbidden = re.compile(
        rb"(?:^|[\s\"'`(=:,\[])(?:/(?:home|root|Users)/\w|/(?:work|farm)/|/tmp/bash)"
        rb"|files\.pythonhosted\.org|registry\.npmjs\.org"
    )
    for path in tracked():
        if path.suffix not in {".png", ".docx", ".woff2"} and path.name != "test_repository.py":
            assert not forbidden.search(path.read_bytes()), path


def pages():
    return [path for path in tracked() if path.suffix == ".md"]


def prose(page):
    """A page without its blocks of code."""
    return re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)


def anchors(page):
    """What a link can name within a page: its headings, as the forges write them."""
    titles = re.findall(r"^#+ (.+?)\s*$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def links(page):
    """Every local link and picture of a page: where to, and the heading that it names."""
    written = re.compile(
        r"\]\(<?([^)\s>]+)|^\[[^\]]+\]: *<?([^\s>]+)|\b(?:src|href)=\"([^\"]+)\"", re.M
    )
    for match in written.finditer(prose(page)):
        target = match[match.lastindex]
        if not re.match(r"[a-z][a-z+.-]*:", target):
            path, _, heading = target.partition("#")
            yield (page.parent / path).resolve() if path else page, heading


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_every_local_link_and_picture_is_there(page):
    files = set(tracked())
    there = files | {folder for path in files for folder in path.parents}

    for target, heading in links(page):
        assert target in there, target
        assert not heading or heading in anchors(target), f"{target}#{heading}"
