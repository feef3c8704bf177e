from procrastinate.contrib.django import app

from . import follow_ups


@app.periodic(cron="20 22 * * *")  # UTC: before anybody is at work
@app.task(name="duties.propose_follow_ups", queueing_lock="duties.propose_follow_ups")
def propose_follow_ups(timestamp: int) -> None:
    """Propose what comes due by the dates of documents: study, reviews, joint plans."""
    follow_ups.propose_coming()
