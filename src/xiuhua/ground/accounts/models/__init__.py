from xiuhua.ground.accounts.models.limits import FailedSignIns, PhoneCode
from xiuhua.ground.accounts.models.people import ApiToken, Kind, RoleGrant, User, UserQuerySet

__all__ = ["ApiToken", "FailedSignIns", "Kind", "PhoneCode", "RoleGrant", "User", "UserQuerySet"]
