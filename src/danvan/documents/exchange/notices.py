"""What the exchange tells: of a document that came, of one that was refused."""

from django.utils.translation import gettext as _

from danvan.documents.models import Delivery, ExchangePackage
from danvan.notices.actions import Message, tell, tell_all
from danvan.org import told
from danvan.text import in_vietnamese

from .package import Act


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


@in_vietnamese
def changed(package: ExchangePackage) -> None:
    """To the unit that has the document: its sender wants it back, or sent another text of it."""
    words = {
        Act.WITHDRAWS: _("%(sender)s đề nghị thu hồi %(document)s"),
        Act.CHANGES: _("%(sender)s cập nhật văn bản đã gửi: %(document)s"),
        Act.REPLACES: _("%(sender)s thay thế văn bản đã gửi: %(document)s"),
    }[Act(package.header["act"])]
    tell(
        told.of_units([package.unit_id]),
        event=f"package {package.pk}",
        text=words
        % {
            "sender": package.from_name or package.from_code,
            "document": package.document,
        },
        about=package,
        needs_action=True,
    )
