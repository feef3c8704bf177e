"""What the exchange tells: of a document that came, of one that was refused."""

from django.utils.translation import gettext as _

from danvan.documents.models import Delivery
from danvan.notices.actions import Message, tell, tell_all
from danvan.org import told
from danvan.text import in_vietnamese


@in_vietnamese
def arrived(deliveries: list[Delivery]) -> None:
    """To those who do the work of the units that get the document."""
    accounts = told.by_unit(one.unit_id for one in deliveries)
    tell_all(
        Message(
            recipients=accounts.get(one.unit_id, ()) if one.unit_id else (),
            event=f"delivered {one.pk} {one.sent_at.isoformat()}",
            text=_("Văn bản đến: %(document)s") % {"document": one.document},
            about=one,
            needs_action=True,
        )
        for one in deliveries
    )


@in_vietnamese
def refused(delivery: Delivery) -> None:
    """To those who sent it."""
    tell(
        told.of_units([delivery.document.filed_by_id]),
        event=f"delivery refused {delivery.pk} {delivery.sent_at.isoformat()}",
        text=_("%(recipient)s từ chối nhận %(document)s: %(reason)s")
        % {
            "recipient": delivery.recipient,
            "document": delivery.document,
            "reason": delivery.note,
        },
        about=delivery,
        needs_action=True,
    )
