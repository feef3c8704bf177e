import re

from vanban.mentions import places, starting

LAW = re.compile(r"(?<!\w)Luật \w+(?: và Luật \w+)?")


def test_places_of_several_words_are_in_order():
    assert places(("Luật", "Nghị"), "Nghị định, Luật, Nghị quyết") == [0, 11, 17]


def test_a_match_begins_with_a_word_and_lies_over_no_other():
    flat = "Luật A và Luật B, ALuật C; Luật D"

    found = [match[0] for match in starting(LAW, ("Luật",), flat)]

    assert found == ["Luật A và Luật B", "Luật D"]
    assert found == [match[0] for match in LAW.finditer(flat)]
