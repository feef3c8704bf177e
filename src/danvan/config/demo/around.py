"""What stands around the duties of the winter: a programme, a theme, what was asked and answered.

Documents that others cite are registered first; the rest happens once the duties were done.
"""

from datetime import date, datetime

from danvan import clock
from danvan.documents import programmes, validity
from danvan.documents.choices import DeliveryWay, ValidityKind
from danvan.documents.citations import cards
from danvan.documents.exchange import recipients, sending
from danvan.documents.models import Document
from danvan.duties import actions as duties
from danvan.duties import cascading, difficulties, extending, life, themes
from danvan.duties.choices import ThemeKind
from danvan.duties.following import follow_ups
from danvan.duties.models import Assignment, Duty
from danvan.org.actors import Actor
from danvan.org.choices import Role
from danvan.org.models import Unit

Officers = dict[str, Actor]  # by the code of the unit

PROVINCE = "Ủy ban nhân dân tỉnh Tân Giang"
DOCUMENTS = (
    cards.Facts(
        kind="Chương trình phối hợp",
        number="07-CTr/BDVTU-BCSĐUBND",
        issued_on=date(2021, 12, 15),
        issuer="Ban Dân vận Tỉnh ủy - Ban cán sự đảng Ủy ban nhân dân tỉnh",
        title="Công tác dân vận của chính quyền các cấp, giai đoạn 2022 - 2026",
    ),
    cards.Facts(
        kind="Kế hoạch",
        number="06/KH-UBND",
        issued_on=date(2023, 1, 16),
        issuer=PROVINCE,
        title="Tiếp công dân, đối thoại với người dân năm 2023",
    ),
    cards.Facts(
        kind="Quyết định",
        number="318/QĐ-UBND",
        issued_on=date(2023, 3, 6),
        issuer="Chủ tịch Ủy ban nhân dân tỉnh Tân Giang",
        title="Bộ tiêu chí đánh giá, xếp loại công tác dân vận chính quyền",
    ),
)
TRAINING, REPORT = "Tập huấn kỹ năng", "Báo cáo kết quả tiếp công dân"
TRAINED = 4  # communes of the district that are already there


def register(coordinator: Actor) -> None:
    """Documents of earlier years, of which there is no text, and the programme among them."""
    with clock.at(_moment(8, 1)):
        programme, *_rest = (cards.make(one, by=coordinator) for one in DOCUMENTS)
        codes = ("ban-dan-van-tinh-uy", "ban-can-su-dang-ubnd-tinh")
        sides = [programmes.Side(Unit.objects.get(code=code)) for code in codes]
        programmes.bind(
            programme,
            sides,
            from_=date(2022, 1, 1),
            to=date(2026, 12, 31),
            by=coordinator,
        )


def happen(officers: Officers, coordinator: Actor) -> None:
    _replace(coordinator)
    _send(coordinator)
    _set_themes(coordinator)
    _train_communes(officers["ubnd-huyen-an-phu-dong"])
    _ask_for_days(officers, coordinator)
    _raise_difficulties(officers, coordinator)
    with clock.at(_moment(15, 3)):  # as it does every night
        follow_ups.propose_coming()


def _moment(day: int, month: int, hour: int = 9) -> datetime:
    return datetime(2024, month, day, hour, 15, tzinfo=clock.ZONE)


def _of(officer: Actor, words: str) -> Assignment:
    return Assignment.objects.select_related("duty").get(
        unit=officer.own_unit, duty__action__startswith=words
    )


def _replace(coordinator: Actor) -> None:
    """Last year's plan has given way to this year's."""
    earlier = Document.objects.get(number="06/KH-UBND")
    with clock.at(_moment(10, 1)):
        validity.say(
            earlier,
            ValidityKind.REPLACED,
            on=date(2024, 1, 8),
            by_document=Document.objects.get(number="04/KH-UBND"),
            by=coordinator,
        )


def _send(coordinator: Actor) -> None:
    """The inspection's plan goes to whom it asks."""
    plan = Document.objects.get(number="21/KH-SNV")
    with clock.at(_moment(24, 1, 14)):
        to = recipients.of(plan, by=coordinator)
        reached = [one for one in to if DeliveryWay.SYSTEM in one.ways]
        sending.send(
            plan, [sending.Choice(one, DeliveryWay.SYSTEM) for one in reached], by=coordinator
        )


def _set_themes(coordinator: Actor) -> None:
    given = {
        (ThemeKind.THEME_OF_YEAR, "Năm dân vận chính quyền 2024"): ("Công khai lịch", "Niêm yết"),
        (ThemeKind.KEY_TASK, "Đối thoại với người dân"): ("Xây dựng kế hoạch đối thoại", TRAINING),
    }
    document = Document.objects.get(number="04/KH-UBND")
    with clock.at(_moment(11, 1)):
        for (kind, title), words in given.items():
            theme = themes.make(
                kind=kind, title=title, years=(2024, 2024), document=document, by=coordinator
            )
            found = [Duty.objects.get(action__startswith=one) for one in words]
            themes.label(theme, found, by=coordinator)


def _train_communes(district: Actor) -> None:
    """The district hands the training down; some of its communes have done it."""
    with clock.at(_moment(26, 2)):
        communes = cascading.units_below(district)
        handed = cascading.cascade(
            _of(district, TRAINING), communes, by=district, is_confirmed=True
        )
    with clock.at(_moment(13, 3)):
        for one in handed[:TRAINED]:
            unit = Unit.objects.named(clock.today()).get(pk=one.unit_id)
            officer = Actor(
                user_id=None, name="Công chức Văn phòng - Thống kê", role=Role.OFFICER, unit=unit
            )
            duties.acknowledge(one, by=officer)
            duties.submit(one, duties.Proof(note="Đã tập huấn cho toàn thể công chức."), by=officer)
        for one in handed[: TRAINED - 1]:
            duties.accept(one, by=district)


def _ask_for_days(officers: Officers, coordinator: Actor) -> None:
    """One has got a later day, one waits for it, and one says that the duty is not its own."""
    granted, waiting = officers["ubnd-huyen-hoa-loi"], officers["ubnd-huyen-bau-sen"]
    with clock.at(_moment(7, 3)):
        asked = extending.ask_extension(
            _of(granted, TRAINING),
            wanted_on=date(2024, 6, 28),
            reason="Giảng viên của trường chính trị chỉ có lịch từ ngày 24/6.",
            by=granted,
        )
    with clock.at(_moment(8, 3)):
        extending.grant_extension(asked, answer="Đồng ý, không lùi thêm.", by=coordinator)
    with clock.at(_moment(15, 3)):
        extending.ask_extension(
            _of(waiting, TRAINING),
            wanted_on=date(2024, 7, 5),
            reason="Hội trường huyện đang sửa chữa đến hết tháng 6.",
            by=waiting,
        )
        zone = officers["ban-quan-ly-khu-kinh-te-tinh"]
        life.contest(
            _of(zone, REPORT),
            reason="Ban không tiếp công dân thường xuyên; đề nghị báo cáo chung với Sở Kế hoạch và Đầu tư.",
            by=zone,
        )


def _raise_difficulties(officers: Officers, coordinator: Actor) -> None:
    justice, district = officers["so-tu-phap"], officers["ubnd-huyen-an-phu-dong"]
    with clock.at(_moment(1, 3)):
        first = difficulties.bring_up(
            title="Chưa có mẫu kế hoạch đối thoại",
            text="Các phòng lập kế hoạch theo nhiều mẫu khác nhau. Đề nghị hướng dẫn một mẫu chung.",
            to=coordinator.own_unit,
            key="demo-1",
            by=justice,
        )
    with clock.at(_moment(4, 3)):
        difficulties.answer(
            first,
            text="Sở Nội vụ gửi mẫu kèm Công văn hướng dẫn ngày 04/3/2024; các đơn vị dùng chung.",
            by=coordinator,
        )
    with clock.at(_moment(14, 3)):
        difficulties.bring_up(
            title="Thiếu kinh phí tập huấn ở cấp xã",
            text="Bốn xã chưa bố trí được kinh phí mời giảng viên. Đề nghị hỗ trợ từ nguồn đào tạo của tỉnh.",
            to=coordinator.own_unit,
            key="demo-2",
            by=district,
            assignment=_of(district, TRAINING),
        )
