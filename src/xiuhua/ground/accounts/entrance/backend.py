"""Who a session belongs to, and whose number and password these are."""

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import check_password, make_password

from xiuhua.ground.accounts.models import Kind, User
from xiuhua.ground.accounts.numbers import is_mobile, typed
from xiuhua.ground.sealing.fields import sealed_equals


class AccountBackend(BaseBackend):
    """Whose a session is. By number and password one comes in at our own door, where tries are counted."""

    def get_user(self, user_id: int) -> User | None:
        """The person of a session; nobody once the account has ended."""
        found: User | None = User.objects.filter(pk=user_id, is_active=True).first()
        return found


def staff_with(number: str) -> User | None:
    """Whose staff number (工号) or telephone this is, however it was typed; an open account before one that ended."""
    number = typed(number)
    staff = User.objects.filter(kind=Kind.STAFF).order_by("-is_active", "-pk")
    found: User | None = staff.filter(sealed_equals(User, "phone", number)).first() if is_mobile(number) else None
    return found or (staff.filter(username__iexact=number).first() if number else None)


def password_is_right(user: User | None, password: str) -> bool:
    """Whether the password is theirs. Takes as long where there is nobody."""
    if user is None or not user.has_usable_password():
        make_password(password)
        return False
    return check_password(password, user.password)
