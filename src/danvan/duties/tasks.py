from procrastinate.contrib.django import app

from . import follow_ups
from .coverage import actions as coverage
from .coverage import asking


@app.periodic(cron="20 22 * * *")  # UTC: before anybody is at work
@app.task(name="duties.propose_follow_ups", queueing_lock="duties.propose_follow_ups")
def propose_follow_ups(timestamp: int) -> None:
    """Propose what comes due by the dates of documents: study, reviews, joint plans."""
    follow_ups.propose_coming()


@app.periodic(cron="* * * * *")
@app.task(name="duties.compare_plans", queueing_lock="duties.compare_plans")
def compare_plans(timestamp: int) -> None:
    """Compare plans that were read or corrected since with the duties laid on their units."""
    for plan in asking.outdated()[:200]:
        coverage.compare(plan)
