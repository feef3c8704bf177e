import re

from vanban.lexicon import any_of, in_both_cases


def test_the_longest_word_is_found_whatever_their_order():
    pattern = re.compile(any_of(["báo", "tổ", "báo cáo", "tổ chức", "báo cáo viên"]))

    assert pattern.match("báo cáo viên giỏi")[0] == "báo cáo viên"
    assert pattern.match("báo cáo năm")[0] == "báo cáo"
    assert pattern.findall("tổ báo tổ chức") == ["tổ", "báo", "tổ chức"]


def test_marks_in_a_word_are_only_marks():
    pattern = re.compile(any_of(["T.M", "."]))

    assert pattern.fullmatch("T.M")
    assert pattern.fullmatch(".")
    assert not pattern.fullmatch("TxM")


def test_a_word_at_the_head_of_a_sentence_keeps_its_other_capitals():
    assert in_both_cases(["đề nghị UBND"]) == ["đề nghị UBND", "Đề nghị UBND"]
