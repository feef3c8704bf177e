"""What the clock starts. Each hour, so that one missed is caught up; what was sent is not sent again."""

from procrastinate.contrib.django import app

from danvan import clock
from danvan.duties.deadlines import recurring
from danvan.duties.following import follow_ups
from danvan.duties.reminding import digests, mailing, reminders

from .coverage import actions as coverage
from .coverage import asking


@app.periodic(cron="10 * * * *")
@app.task(name="duties.remind", queueing_lock="duties.remind")
def remind(timestamp: int) -> None:
    now = clock.now()
    if reminders.is_time(now.date(), now.hour):
        reminders.run(now.date())


@app.periodic(cron="15 * * * *")
@app.task(name="duties.digest", queueing_lock="duties.digest")
def digest(timestamp: int) -> None:
    digests.run(clock.now())


@app.periodic(cron="* * * * *")
@app.task(name="duties.mail", queue="mail", queueing_lock="duties.mail")
def mail(timestamp: int) -> None:
    """Letters of what is told by e-mail at once."""
    mailing.run()


@app.periodic(cron="40 * * * *")
@app.task(name="duties.lay_what_came", queueing_lock="duties.lay_what_came")
def lay_what_came(timestamp: int) -> None:
    """Later years of recurring duties, once their office calendar has been entered."""
    recurring.lay_what_came(clock.today())


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
