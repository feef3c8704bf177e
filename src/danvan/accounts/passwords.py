"""What a new password must be; each refusal says what to do instead."""

from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.utils.translation import gettext as _

from danvan import clock
from danvan.org.models import UnitName, User

from . import rules


class LongEnough:
    """Ten characters; Django's own says it in words of its own."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        if len(password) < rules.LEAST_LETTERS:
            raise ValidationError(
                _("Mật khẩu ngắn quá: cần ít nhất %(least)d ký tự. Ghép bốn từ không liên quan.")
                % {"least": rules.LEAST_LETTERS},
                code="password_too_short",
            )

    def get_help_text(self) -> str:
        return _(
            "Ít nhất %(least)d ký tự; ghép bốn từ không liên quan thì vừa dễ nhớ vừa khó đoán."
        ) % {"least": rules.LEAST_LETTERS}


class NotCommon(CommonPasswordValidator):
    """Not one of the twenty thousand that most people take."""

    def get_error_message(self) -> str:
        return _("Mật khẩu này rất nhiều người dùng nên bị đoán đầu tiên. Chọn mật khẩu khác.")

    def get_help_text(self) -> str:
        return ""


class HardToGuess:
    """Not made of what is known: the person's name, unit and address, and what people usually take."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        if rules.score(password, known_of(user)) < rules.LEAST_SCORE:
            raise ValidationError(
                _(
                    "Mật khẩu này dễ đoán. Đừng dùng tên người, tên đơn vị, địa danh, ngày tháng, "
                    "dãy phím; ghép bốn từ không liên quan, hoặc để trình quản lý mật khẩu tạo."
                ),
                code="password_easy",
            )

    def get_help_text(self) -> str:
        return _("Không dùng tên người, tên đơn vị, địa danh, ngày tháng.")


class NotBreached:
    """Not in the file of passwords that were stolen somewhere, where there is such a file."""

    def __init__(self) -> None:
        self.file = Path(named) if (named := settings.DANVAN_BREACHED_PASSWORDS) else None
        if self.file and not self.file.is_file():
            raise ImproperlyConfigured(f"DANVAN_BREACHED_PASSWORDS: there is no file {self.file}")

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        if self.file and rules.is_breached(password, self.file):
            raise ValidationError(
                _(
                    "Mật khẩu này có trong danh sách mật khẩu đã bị lộ. Chọn mật khẩu khác, và đổi ở "
                    "những nơi khác đang dùng nó."
                ),
                code="password_breached",
            )

    def get_help_text(self) -> str:
        return ""


def known_of(user: AbstractBaseUser | None) -> list[str]:
    """What a colleague knows of who chooses the password."""
    said = [settings.DANVAN_BODY]
    if isinstance(user, User):
        said += [user.username, user.email]
        if person := getattr(user, "person", None):
            said += [person.name, person.email, person.phone, *_units(person.pk)]
    return rules.of_ones_own(*filter(None, said))


def _units(person: UUID) -> list[str]:
    today = clock.today()
    names = UnitName.objects.filter(
        unit__posts__person=person, unit__posts__validity__contains=today, validity__contains=today
    )
    return [name for row in names.values_list("name", "short_name") for name in row if name]
