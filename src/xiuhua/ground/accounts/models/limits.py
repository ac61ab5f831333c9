"""Counts that keep guessing from leading anywhere: failed sign-ins, and one-time codes by text message.

They lie in tables and not in the cache: an administrator sees a lock and lifts it, a restart lifts none, and all
processes count together.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models

from xiuhua.ground.sealing.fields import BlindIndexField, SealedField, SealedRow
from xiuhua.ground.sealing.normal import digits_of


class FailedSignIns(models.Model):
    """Failed sign-ins of one account, or under one number that no account has (登录失败计数).

    The number itself is not kept where nobody has it: `key` is then a keyed digest.
    """

    key = models.CharField(max_length=90, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="failed_sign_ins")
    count = models.PositiveSmallIntegerField(default=0)
    last_at = models.DateTimeField()
    locked_until = models.DateTimeField(null=True)

    machinery: ClassVar[bool] = True

    def __str__(self) -> str:
        return f"{self.key} {self.count}"


class PhoneCode(SealedRow):
    """A one-time code that went to a telephone (短信验证码): its digest, and a digest of where it was asked for."""

    phone = SealedField()
    phone_index = BlindIndexField("phone", normal=digits_of)
    digest = models.CharField(max_length=64)
    address = models.CharField(max_length=64)
    made_at = models.DateTimeField(db_index=True)
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    machinery: ClassVar[bool] = True

    class Meta:
        indexes = [models.Index(fields=["address", "made_at"], name="phone_code_by_address")]

    def __str__(self) -> str:
        return str(self.pk)
