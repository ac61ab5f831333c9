"""Second factors as the library keeps them: what they are called, where they lie sealed, and which must stay."""

from typing import Any, cast

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator

from xiuhua.ground.accounts.entrance.adapter import WORDS
from xiuhua.ground.accounts.factors.standing import STRONG
from xiuhua.ground.accounts.models import User
from xiuhua.ground.accounts.policy import must_use_two_factors
from xiuhua.ground.sealing.seal import seal, unseal
from xiuhua.ground.words import gettext as _


class FactorAdapter(DefaultMFAAdapter):
    """Second factors: what they are called, where they lie sealed, and which must stay."""

    error_messages = {**DefaultMFAAdapter.error_messages, **WORDS}

    def get_totp_issuer(self) -> str:
        return _("绣花")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": _("绣花")}

    def encrypt(self, text: str) -> str:
        return seal(text, "mfa_authenticator")

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text, "mfa_authenticator")

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Unless it is the last one of someone who must sign in in two steps."""
        user = cast(User, authenticator.user)
        others = Authenticator.objects.filter(user=user, type__in=STRONG).exclude(pk=authenticator.pk)
        return others.exists() or not must_use_two_factors(user)

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:  # noqa: A002 - the library's name
        count = Authenticator.objects.filter(user=user, type=type).count()
        return _("通行密钥 %(number)s") % {"number": count + 1}
