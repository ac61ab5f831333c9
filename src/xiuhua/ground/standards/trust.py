"""Signing in and keeping records (登录与留痕): the figures of ``trust.toml``."""

from dataclasses import dataclass, fields

from xiuhua.ground.standards.figures import Figure, Page


@dataclass(frozen=True, slots=True)
class PasswordStandard:
    """What a password must be (口令): letters, kinds of them, days until the next change, hours a first one is good."""

    least_letters: Figure
    least_kinds: Figure
    days: Figure
    first_hours: Figure


@dataclass(frozen=True, slots=True)
class SignInStandard:
    """How often one may try to sign in, and how long one stays out after that (登录限制)."""

    tries: Figure
    lock_minutes: Figure
    forget_minutes: Figure
    address_minute: Figure
    second_step_minutes: Figure
    recently_minutes: Figure


@dataclass(frozen=True, slots=True)
class SessionStandard:
    """How long one stays signed in (会话): idle, at most, and on a resident's own telephone."""

    idle_minutes: Figure
    hours: Figure
    resident_days: Figure


@dataclass(frozen=True, slots=True)
class CodeStandard:
    """One-time codes by text message (短信验证码)."""

    digits: Figure
    minutes: Figure
    tries: Figure
    wait_seconds: Figure
    phone_day: Figure
    phone_day_all: Figure
    own_day: Figure
    address_hour: Figure


@dataclass(frozen=True, slots=True)
class TwoFactorStandard:
    """Who signs in in two steps (双因素): whoever has `sight` anywhere, and the three administrations."""

    required: Figure
    sight: Figure
    administrations: Figure


@dataclass(frozen=True, slots=True)
class TokenStandard:
    """Tokens of programs (接口令牌)."""

    longest_days: Figure


@dataclass(frozen=True, slots=True)
class ApiStandard:
    """How fast the API may be asked (接口限速): by one asker in a minute, and with bad tokens from one address."""

    minute: Figure
    bad_tokens_minute: Figure


@dataclass(frozen=True, slots=True)
class JournalStandard:
    """How long the record is kept (留痕保存期); `least_months` is the law's."""

    least_months: Figure
    months: Figure


@dataclass(frozen=True, slots=True)
class TrustStandard:
    """Everything that ``trust.toml`` says."""

    password: PasswordStandard
    sign_in: SignInStandard
    session: SessionStandard
    code: CodeStandard
    two_factor: TwoFactorStandard
    token: TokenStandard
    api: ApiStandard
    journal: JournalStandard

    @property
    def figures(self) -> dict[str, Figure]:
        """Every figure by its dotted key, to be shown with its source."""
        return {
            f"trust.{table.name}.{one.name}": getattr(getattr(self, table.name), one.name)
            for table in fields(self)
            for one in fields(getattr(self, table.name))
        }


def read_trust(page: Page) -> TrustStandard:
    """Read the whole file."""
    tables = {table.name: table for table in page.pages()}
    kinds = {
        "password": PasswordStandard,
        "sign_in": SignInStandard,
        "session": SessionStandard,
        "code": CodeStandard,
        "two_factor": TwoFactorStandard,
        "token": TokenStandard,
        "api": ApiStandard,
        "journal": JournalStandard,
    }
    return TrustStandard(
        **{
            name: kind(**{one.name: tables[name].figure(one.name) for one in fields(kind)})
            for name, kind in kinds.items()
        }
    )
