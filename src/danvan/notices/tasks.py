from procrastinate.contrib.django import app

from . import letters


@app.periodic(cron="* * * * *")
@app.task(name="notices.send", queue="mail", queueing_lock="notices.send")
def send(timestamp: int) -> None:
    """Send the letters that are due, each minute."""
    letters.send_waiting()
