import pytest

from danvan.org.rules import Names, resolve

NAMES = Names.build(
    [
        ("so noi vu", frozenset({"nv"})),
        ("so tu phap", frozenset({"tp"})),
        ("ubnd tinh", frozenset({"tinh"})),
        ("vp ubnd tinh", frozenset({"vp"})),
        ("cac so ban nganh", frozenset({"nv", "tp"})),
        ("ubnd cac huyen thi xa thanh pho", frozenset({"h1", "h2"})),
    ],
    abbreviations=[("uy ban nhan dan", "ubnd"), ("van phong", "vp")],
    passed_over=["va", "thu", "truong", "chu", "tich", "tinh", "giam", "doc"],
)


@pytest.mark.parametrize(
    ("printed", "units", "left_over"),
    [
        ("so noi vu", {"nv"}, ""),
        ("giam doc so noi vu", {"nv"}, ""),  # a head stands for his body
        ("van phong uy ban nhan dan tinh", {"vp"}, ""),  # the longest name wins
        ("thu truong cac so, ban, nganh tinh", {"nv", "tp"}, ""),
        ("chu tich uy ban nhan dan cac huyen, thi xa, thanh pho", {"h1", "h2"}, ""),
        ("so noi vu va so tu phap", {"nv", "tp"}, ""),
        ("so noi vu va cac co quan lien quan", {"nv"}, "cac co quan lien quan"),  # asked about
        ("cac co quan huu quan", set(), "cac co quan huu quan"),
        ("", set(), ""),
    ],
)
def test_what_a_printed_name_means(printed, units, left_over):
    found = resolve(printed, NAMES)

    assert found.units == units
    assert found.left_over == left_over


def test_a_name_is_whole_only_when_nothing_is_left_over():
    assert resolve("so noi vu", NAMES).is_whole
    assert not resolve("so noi vu va don vi la", NAMES).is_whole
    assert not resolve("", NAMES).is_whole
