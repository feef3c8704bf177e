"""Who does which background work."""

from procrastinate.contrib.django import app

from danvan.config import server


def test_a_long_reading_delays_neither_letters_nor_seals():
    prompt = server._worker(*server.PROMPT)
    queues = {name: task.queue for name, task in app.tasks.items()}

    assert prompt[-2:] == ["--queues", "mail,audit"]
    assert {queues["notices.send"], queues["accounts.send_reset_links"]} == {"mail"}
    assert queues["audit.seal"] == "audit"
    # What lasts minutes stays with the others.
    assert {queues["documents.read"], queues["audit.check"]}.isdisjoint(server.PROMPT)
    assert queues["audit.close_days"] not in server.PROMPT
