"""One normal form of the text, its paragraphs and sentences; every offset points into the text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vanban.lexicon.letters import UPPER
from vanban.lexicon.order import CARDINALS, ORDINALS
from vanban.model import Span

# Letters and marks that mean the same, one for one, so that offsets stay.
_SAME = (
    *((mark, " ") for mark in "\n\r\t\v\f\x00\x85\u00a0\u2002\u2003\u2009\u202f\u3000"),
    *((mark, " ") for mark in "\u200b\ufeff\u00ad\u2028\u2029*~`"),
    *((dash, "-") for dash in "–—‑‐−"),
    *(("Ð", "Đ"), ("ð", "đ"), ("″", "”"), ("„", "“"), ("‟", "“"), ("＂", '"')),
)
# The tone mark on the other vowel (“uỷ”, “hoà”), where no letter follows.
_NEW_TONE = dict(
    zip(
        "oà oá oả oã oạ oè oé oẻ oẽ oẹ uỳ uý uỷ uỹ uỵ Oà Oá Oả Oã Oạ OÀ OÁ OẢ OÃ OẠ UỲ UÝ UỶ UỸ UỴ "
        "Uỳ Uý Uỷ Uỹ Uỵ".split(),
        "òa óa ỏa õa ọa òe óe ỏe õe ọe ùy úy ủy ũy ụy Òa Óa Ỏa Õa Ọa ÒA ÓA ỎA ÕA ỌA ÙY ÚY ỦY ŨY ỤY "
        "Ùy Úy Ủy Ũy Ụy".split(),
        strict=True,
    )
)
_OLD_TONE = re.compile(r"[oOuU][àáảãạèéẻẽẹỳýỷỹỵÀÁẢÃẠÈÉẺẼẸỲÝỶỸỴ](?!\w)")


def normalise(raw: str) -> str:
    """NFC and LF line ends, nothing else: offsets count in this."""
    text = unicodedata.normalize("NFC", _few_marks(raw.replace("\r\n", "\n")))
    if "\u0302" in text or "\u0306" in text:
        return _HAT_LAST.sub(_hat_first, text)
    return text


_MOST_MARKS = 30  # over one letter, as in the stream-safe form of Unicode (UAX 15)
_MARKS = re.compile(rf"[^\w\s!-~]{{{_MOST_MARKS + 1},}}")


def _few_marks(text: str) -> str:
    """Without marks that pile up over a letter: to put them in order takes the square of their number."""
    if any(map(unicodedata.combining, text[:: _MOST_MARKS + 1])):
        return _MARKS.sub(_cut_marks, text)
    return text


def _cut_marks(found: re.Match[str]) -> str:
    kept, marks = [], 0
    for mark in found[0]:
        marks = marks + 1 if unicodedata.combining(mark) else 0
        if marks <= _MOST_MARKS:
            kept.append(mark)
    return "".join(kept)


_HAT_LAST = re.compile("([àáãảèéẻẽòóỏõÀÁÃẢÈÉẺẼÒÓỎÕ])([\u0302\u0306])")


def _hat_first(found: re.Match[str]) -> str:
    """The mark of the vowel typed behind its tone: “é” and a hat are “ế”."""
    apart = unicodedata.normalize("NFD", found[1])
    return unicodedata.normalize("NFC", apart[0] + found[2] + apart[1:])


def flatten(text: str) -> str:
    """The same length as `text`, on one line, with one letter for each of several look-alikes."""
    for mark, same in _SAME:
        text = text.replace(mark, same)
    return _OLD_TONE.sub(_new_tone, text)


def _new_tone(found: re.Match[str]) -> str:
    """“uỷ” → “ủy”; but “quý” and “quà” are right as they are."""
    if found.string[found.start() - 1 : found.start()] in ("q", "Q"):
        return found[0]
    return _NEW_TONE.get(found[0], found[0])


def has_any(flat: str, start: int, end: int, words: Sequence[str]) -> bool:
    """Whether one of the words stands in `start..end`: a cheap question before a dear one."""
    find = flat.find
    for word in words:
        if find(word, start, end) >= 0:
            return True
    return False


def fold_spaces(text: str) -> str:
    return " ".join(text.split())


_ORDINAL = "|".join(sorted(ORDINALS, key=len, reverse=True))
_LABEL = re.compile(
    r"#{0,6} *(?:"
    rf"(?P<part>(?:Phần|PHẦN)(?: (?:thứ|THỨ))? (?:{_ORDINAL}|{_ORDINAL.upper()}|[IVX]+|\d\d?|[A-E])"
    rf"(?!\w))[.:\-]? *"
    r"|(?P<chapter>(?:Chương|CHƯƠNG) (?:[IVXLC]+|\d\d?)(?!\w))[.:\-]? *"
    r"|(?P<article>(?:Điều|ĐIỀU) \d{1,3}[a-zđ]?)[.:] *"
    rf"|(?P<item>(?:Mục|MỤC|Tiểu mục) (?:[IVX]+|\d\d?))(?:[.:\-] *| +(?=[{UPPER}]))"
    rf"|(?P<ordinal>Thứ (?:{_ORDINAL})|(?:{'|'.join(w.capitalize() for w in CARDINALS)}) là)"
    rf"(?!\w)[,:.]? *"
    rf"|(?P<roman>[IVX]{{1,6}}) ?[.\-/):] *(?=[\"“({UPPER}])"
    rf"|(?P<capital>[A-ZĐ])[.)/-] +(?=[{UPPER}])"
    rf"|(?P<decimal>\d\d?(?:\.\d\d?){{1,3}})[.)-]? *(?=[\"“(]?[{UPPER}])"
    rf"|(?P<arabic>\d\d?)(?:[.)] +(?=\S)|[.)](?=[{UPPER}])|[/-] +(?=[{UPPER}]))"
    rf"|(?P<letter>[a-zđ])(?:[.)] +|[.)](?=[{UPPER}]))(?=\S)"
    r")"
)
_BULLET = re.compile(r" *(?:[-+•●▪◦·○■❖➢✓–—*]|o(?= +[A-ZĐ]))+ *")
_NOTE = re.compile(r"[⁽(\[]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+[⁾)\]]?")
_OPENS = re.compile(r"Căn cứ |Xét |Theo đề nghị|Nơi nhận|Kính gửi")  # always a new paragraph
_ENDS = frozenset(".;:!?…")
_CLOSERS = "”\"'’)]* "


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph without its label or bullet: the words are `start..end`, with it from `mark`.

    `kind` is "body", "bullet", "note" (a footnote) or the kind of its label ("roman", "arabic"…).
    """

    mark: int
    start: int
    end: int
    kind: str
    label: str


class Page:
    """A text in the two forms that the reading works on: as it is, and flat."""

    __slots__ = ("flat", "paragraphs", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.flat = _without_page_numbers(text, flatten(text))
        self.paragraphs = tuple(_paragraphs(text, self.flat))

    def words(self, start: int, end: int) -> str:
        """The words as printed, on one line, without marks of emphasis."""
        return fold_spaces(self.text[start:end].replace("*", " "))

    def span(self, start: int, end: int) -> Span:
        return Span(start, end, self.text[start:end])


_PAGE_NUMBER = re.compile(r"\n[ \t]{0,9}-?[ \t]?\d{1,3}[ \t]?-?[ \t]{0,9}(?=\n)")


def _without_page_numbers(text: str, flat: str) -> str:
    """A number alone on its line that tears a sentence is blank, so that the sentence is one."""
    cut = []
    for found in _PAGE_NUMBER.finditer(text):
        before = text[max(0, found.start() - 40) : found.start()].rstrip()[-1:]
        after = text[found.end() : found.end() + 40].lstrip()[:1]
        if before and before not in _ENDS and before != "|" and after.islower():
            cut.append(found.span())
    for start, end in cut:
        flat = flat[:start] + " " * (end - start) + flat[end:]
    return flat


def lines(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every line that has words, outer blanks and table bars left out."""
    start = 0
    for line in text.split("\n"):
        words = line.strip(" \t\u00a0\u3000|\r\f\v")
        if words:
            begin = start + line.index(words)
            yield begin, begin + len(words)
        start += len(line) + 1


def trim_end(text: str, start: int, end: int, closing: str = " .;:,…/*\n\t\u00a0|") -> int:
    while end > start and text[end - 1] in closing:
        end -= 1
    return end


def _paragraphs(text: str, flat: str) -> Iterator[Paragraph]:
    found = [line for line in lines(text) if not flat[line[0] : line[1]].isspace()]
    wrapped = _is_wrapped(text, found)
    current: Paragraph | None = None
    for start, end in found:
        new = _start_of_paragraph(text, flat, start, end)
        if current is not None and _continues(text, current, new, end, wrapped):
            current = Paragraph(current.mark, current.start, end, current.kind, current.label)
            continue
        if current is not None:
            yield current
        current = new
    if current is not None:
        yield current


def _is_wrapped(text: str, found: list[tuple[int, int]]) -> bool:
    """Whether lines were broken at a margin: many begin in the middle of a sentence."""
    small = sum(text[start].islower() for start, _ in found)
    return small * 7 > len(found) > 3


def _start_of_paragraph(text: str, flat: str, start: int, end: int) -> Paragraph:
    label = _LABEL.match(flat, start, end)
    if label and label.lastgroup:
        kind = label.lastgroup
        return Paragraph(start, min(label.end(), end), end, kind, label[kind])
    bold = start
    while bold < end and text[bold] == "*":
        bold += 1
    if bold > start and (label := _LABEL.match(flat, bold, end)) and label.lastgroup:
        kind = label.lastgroup
        return Paragraph(start, min(label.end(), end), end, kind, label[kind])
    if bold == start or (bold == start + 1 and text[bold : bold + 1] == " "):
        bullet = _BULLET.match(text, start, end)
        if bullet and bullet.end() < end:
            return Paragraph(start, _past_bold(text, bullet.end(), end), end, "bullet", text[start])
    if note := _NOTE.match(text, start, end):
        return Paragraph(start, min(note.end() + 1, end), end, "note", "")
    return Paragraph(start, bold, end, "body", "")


def _past_bold(text: str, start: int, end: int) -> int:
    """Where the words begin behind Markdown's “**”."""
    while start < end - 1 and text[start] in "* ":
        start += 1
    return start


def _continues(text: str, last: Paragraph, new: Paragraph, end: int, wrapped: bool) -> bool:
    """Whether a line goes on with the paragraph before it."""
    if new.kind not in ("body", "bullet"):
        return False
    if new.kind == "body" and _wants_number(text, last, new.start):
        return True
    tail = text[max(last.start, last.end - 12) : last.end].rstrip(_CLOSERS)[-1:]
    first = text[new.start : new.start + 1]
    between = text[last.end : new.mark]
    gap = between.count("\n") > 1 or "|" in between
    if new.kind == "bullet":
        inner = first.islower() or (first.isdigit() and tail.isdigit())
        return wrapped and inner and tail not in _ENDS and text[new.mark] == "-"
    if tail in _ENDS - {";"} or last.kind == "note" and gap:
        return False
    if first.islower():
        return tail != ";" or (wrapped and not gap)
    if tail == ";" and (gap or not wrapped):
        return False
    long = last.end - last.start > 80
    if gap:
        return long and last.kind in ("body", "bullet") and not _is_caps(text, last)
    if _is_caps(text, last) or _is_caps(text, new):
        return last.kind not in ("body", "bullet") and _is_caps(text, last) and _is_caps(text, new)
    if _OPENS.match(text, new.start):
        return False
    return wrapped and last.end - max(text.rfind("\n", last.mark, last.end), last.mark) > 30


_COUNTED = (" ngày", " số", " tháng", " năm", " quý")


def _wants_number(text: str, last: Paragraph, start: int) -> bool:
    """“… Quyết định số”, “… ngày”, “…,”: the number at the head of the line belongs to them."""
    if not text[start : start + 1].isdigit():
        return False
    tail = text[max(last.start, last.end - 12) : last.end]
    return tail.endswith(_COUNTED) or (tail.endswith(",") and last.end - last.start > 60)


def _is_caps(text: str, paragraph: Paragraph) -> bool:
    return text[paragraph.start : min(paragraph.end, paragraph.start + 300)].isupper()


_ABBREVIATIONS = frozenset(
    "TP Tp TT TX P Q H TS ThS PGS GS KT TM TL ĐC Đc Đ/c đ/c Mr St v.v BS KS CN Tr tr VP UV Ths".split()
)
_BREAK = re.compile(
    rf"[.;!?…](?:(?<=;)|(?<=[.!?…])(?<![.!?…].)[.!?…]*)[”\"'’)\]]*(?:[⁽(]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+[⁾)]?)?[ ]+(?=[“\"'(]*[{UPPER}0-9])"
)


def sentences(flat: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Start and end of the sentences; one ends at a full stop, or at a semicolon before a capital.

    The end keeps the closing mark. What a semicolon divides may still be a list of names.
    """
    begin = start
    for mark in _BREAK.finditer(flat, start, end):
        if flat[mark.start()] == "." and _is_abbreviation(flat, begin, mark.start()):
            continue
        yield begin, _last(flat, mark.end())
        begin = mark.end()
    if begin < end:
        yield begin, _last(flat, end)


def _last(flat: str, end: int) -> int:
    while end > 0 and flat[end - 1] == " ":
        end -= 1
    return end


def _is_abbreviation(flat: str, begin: int, dot: int) -> bool:
    space = max(flat.rfind(" ", begin, dot), flat.rfind("(", begin, dot), begin - 1)
    return flat[space + 1 : dot] in _ABBREVIATIONS
