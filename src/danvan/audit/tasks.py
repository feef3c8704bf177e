import logging
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from procrastinate.contrib.django import app

from . import actions, digests, sealing

_logger = logging.getLogger(__name__)


@app.periodic(cron="* * * * *")
@app.task(name="audit.seal", queue="audit", queueing_lock="audit.seal")
def seal(timestamp: int) -> None:
    """Every minute: what was committed since."""
    sealing.seal()


@app.periodic(cron="5 * * * *")
@app.task(name="audit.close_days", queueing_lock="audit.close_days")
def close_days(timestamp: int) -> None:
    """Every hour, so that midnight is not missed anywhere: digests of the days that are over."""
    if digests.is_due():
        sealing.sweep()
        digests.close_days()
        _check(NIGHT)


@dataclass(frozen=True)
class Asked:
    """By whom a check was asked for; carried through the queue."""

    user_id: UUID | None = None
    name: str = "danvan"
    post_label: str = ""
    on_behalf_of: str = ""
    unit_id: UUID | None = None
    address: str | None = None


NIGHT = Asked()


@app.task(name="audit.check", queueing_lock="audit.check")
def check(by: dict[str, Any]) -> None:
    """Verify a journal that is too long to wait for."""
    ids = {key: UUID(by[key]) if by[key] else None for key in ("user_id", "unit_id")}
    _check(Asked(**{**by, **ids}))


def carried(by: actions.By) -> dict[str, Any]:
    """Who acts, as the queue can hold it."""
    said = Asked(by.user_id, by.name, by.post_label, by.on_behalf_of, by.unit_id, by.address)
    return {
        key: str(value) if isinstance(value, UUID) else value for key, value in asdict(said).items()
    }


def _check(by: actions.By) -> None:
    found = actions.check(by=by)
    for finding in found.findings:
        _logger.error("audit: %s", finding.what)
