"""English is whole: each phrase of the interface is in the file, translated, with the same gaps."""

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import sanitize_separators
from django.utils.translation.template import templatize

from danvan.console.documents.reading_forms import Day
from danvan.console.templatetags.danvan import WEEKDAYS, due_words, weekday_day
from danvan.workdays import rules as workdays
from tests.factories import AssignmentFactory, actor, signed_in

SOURCE = settings.ROOT / "src/danvan"
FILE = settings.LOCALE_PATHS[0] / "en/LC_MESSAGES/django.po"
CALLS = {"_", "gettext", "gettext_lazy", "gettext_noop"}
COUNTED = {"ngettext", "ngettext_lazy"}
IN_CONTEXT = {"pgettext", "pgettext_lazy"}
GAP = re.compile(r"%\(\w+\)[sd]|%[sd]|⟨\w+⟩|<[^>]+>")

Phrase = tuple[str | None, str]  # context, msgid

compiled = pytest.mark.skipif(
    not FILE.with_suffix(".mo").exists(), reason="not compiled: make setup"
)


def messages() -> list[Message]:
    with FILE.open("rb") as file:
        return [message for message in read_po(file, locale="en") if message.id]


def forms_of(words: str | tuple[str, ...] | list[str]) -> list[str]:
    return [words] if isinstance(words, str) else list(words)


def in_python(text: str) -> Iterator[Phrase]:
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        words = [one.value for one in node.args if isinstance(one, ast.Constant)]
        if node.func.id in CALLS | COUNTED and words:
            yield None, words[0]
        elif node.func.id in IN_CONTEXT and words:
            yield words[0], words[1]


def in_template(text: str) -> Iterator[Phrase]:
    """What Django's own extraction makes of a template, call by call."""
    for call in re.finditer(
        r"\b(n?p?gettext|_)(\((?:u?'(?:[^'\\]|\\.)*'|[^'()])*\))", templatize(text)
    ):
        name, arguments = call.groups()
        yield from in_python(f"{name}{arguments}")


def written() -> Iterator[tuple[Path, Phrase]]:
    for path in sorted(SOURCE.rglob("*.py")):
        yield from ((path, phrase) for phrase in in_python(path.read_text()))
    for path in sorted([*SOURCE.rglob("*.html"), *SOURCE.rglob("templates/**/*.txt")]):
        yield from ((path, phrase) for phrase in in_template(path.read_text()))


def test_the_file_has_each_phrase_of_the_interface_and_no_other():
    known = {(message.context, forms_of(message.id)[0]) for message in messages()}
    used = {phrase: path.relative_to(SOURCE) for path, phrase in written()}

    missing = [f"{path}: {phrase[1]}" for phrase, path in used.items() if phrase not in known]
    assert not missing, "`make messages` finds them; then translate them"
    assert not known - used.keys(), "`make messages` drops them"


def test_each_phrase_is_translated():
    unclear = [message.id for message in messages() if not message.string or message.fuzzy]
    half = [message.id for message in messages() if not all(forms_of(message.string))]

    assert unclear == []
    assert half == []


@pytest.mark.parametrize(
    "message",
    [one for one in messages() if GAP.search(forms_of(one.id)[0])],
    ids=lambda one: one.id,
)
def test_a_translation_has_the_same_gaps(message):
    expected = sorted(GAP.findall(forms_of(message.id)[0]))

    for words in forms_of(message.string):
        assert sorted(GAP.findall(words)) == expected


def test_the_days_of_the_week_are_phrases():
    monday = date(2024, 3, 18).toordinal()

    assert [workdays.weekday(date.fromordinal(monday + n)) for n in range(7)] == WEEKDAYS


@compiled
def test_words_of_time_in_english():
    with translation.override("en"):
        assert weekday_day(date(2024, 3, 19)) == "Tuesday, 19/3/2024"
        assert due_words(date(2024, 3, 17), today=date(2024, 3, 18)) == ("late", "1 day overdue")
        assert due_words(date(2024, 3, 13), today=date(2024, 3, 18)) == ("late", "5 days overdue")


def test_days_and_numbers_are_typed_alike_in_both_languages():
    for language in dict(settings.LANGUAGES):
        with translation.override(language):
            assert Day().clean("05/03/2026") == "2026-03-05"
            assert sanitize_separators("27,5") == "27.5"


@compiled
@pytest.mark.django_db
def test_a_page_in_english(client):
    by = actor()
    AssignmentFactory(unit=by.unit)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    page = signed_in(client, by).get(reverse("console:work")).content.decode()

    assert '<html lang="en"' in page
    assert "My work" in page
    assert "Việc của tôi" not in page
