"""Every deed in every state: allowed, done already, or refused in words."""

import pytest

from danvan.duties.choices import AssignmentState as S
from danvan.duties.states import LEADS, Deed, step
from danvan.refusals import NotAccepted

# Deed → where each state leads it; “=” where nothing is left to do; what is missing is refused.
EXPECTED = {
    "acknowledge": {"assigned": "in_progress", "contested": "in_progress", "in_progress": "="},
    "contest": {"assigned": "contested", "in_progress": "contested", "contested": "="},
    "entrust": dict.fromkeys(
        ["assigned", "contested", "in_progress", "returned", "suspended", "requested"], "stays"
    ),
    "progress": {
        "assigned": "in_progress",
        "in_progress": "stays",
        "contested": "stays",
        "returned": "stays",
    },
    "add_evidence": dict.fromkeys(
        ["assigned", "contested", "in_progress", "returned", "submitted", "suspended"], "stays"
    ),
    "submit": {
        **dict.fromkeys(["assigned", "contested", "in_progress", "returned"], "submitted"),
        "submitted": "=",
        "done": "=",
    },
    "ask_extension": dict.fromkeys(["assigned", "in_progress", "returned"], "stays"),
    "cascade": {"assigned": "in_progress", "in_progress": "stays", "returned": "stays"},
    "answer": {"requested": "answered", "answered": "=", "declined": "="},
    "accept": {"submitted": "done", "done": "="},
    "send_back": {"submitted": "returned", "done": "returned", "returned": "="},
    "uphold": {"contested": "assigned", "assigned": "="},
    "extend": dict.fromkeys(["assigned", "contested", "in_progress", "returned"], "stays"),
    "decide_extension": dict.fromkeys(
        ["assigned", "contested", "in_progress", "returned", "submitted", "done", "suspended"],
        "stays",
    ),
    "suspend": {
        **dict.fromkeys(["assigned", "in_progress", "returned"], "suspended"),
        "suspended": "=",
    },
    "resume": {
        "suspended": "in_progress",  # or the state that it had before
        **dict.fromkeys(["assigned", "in_progress", "returned"], "="),
    },
    "remind": dict.fromkeys(["assigned", "contested", "in_progress", "returned"], "stays"),
    "reinstate": {
        "rescinded": "in_progress",  # or the state that it had before
        "closed": "in_progress",
        **dict.fromkeys(
            ["assigned", "contested", "in_progress", "returned", "suspended", "requested"], "="
        ),
    },
    **{
        deed: {
            **dict.fromkeys(
                ["assigned", "contested", "in_progress", "returned", "suspended", "requested"], to
            ),
            to: "=",
        }
        for deed, to in (("transfer", "transferred"), ("rescind", "rescinded"), ("close", "closed"))
    },
}


def test_every_deed_is_in_the_table():
    assert set(EXPECTED) == {one.value for one in Deed} == {one.value for one in LEADS}


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("deed", Deed)
def test_a_deed_leads_where_it_should_or_says_why_not(deed, state):
    expected = EXPECTED[deed].get(state.value)

    if expected is None:
        with pytest.raises(NotAccepted) as refusal:
            step(deed, state)
        assert str(refusal.value).endswith(".")
    elif expected == "=":
        assert step(deed, state) is None
    else:
        assert step(deed, state) == (state if expected == "stays" else expected)
