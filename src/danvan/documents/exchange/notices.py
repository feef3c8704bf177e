"""What the exchange tells: of a document that came, of one that was refused."""

from uuid import UUID

from django.utils.translation import gettext as _

from danvan import clock
from danvan.documents.models import Delivery
from danvan.notices.actions import Message, tell, tell_all
from danvan.org.models import Post, Unit
from danvan.text import in_vietnamese


@in_vietnamese
def arrived(deliveries: list[Delivery]) -> None:
    """To those who do the work of the units that get the document."""
    posts = Post.objects.in_charge(clock.today()).filter(
        unit__in=[one.unit_id for one in deliveries], person__user__isnull=False
    )
    accounts: dict[UUID, set[UUID]] = {}
    for unit, user in posts.values_list("unit", "person__user"):
        accounts.setdefault(unit, set()).add(user)
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
    sender: Unit | None = delivery.document.filed_by
    tell(
        Post.objects.in_charge(clock.today()).filter(unit=sender).accounts(),
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
