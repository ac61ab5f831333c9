"""What the rule book says of personal information: every basis names its law, and what is ours says so."""

from datetime import date

from xiuhua.ground import standards
from xiuhua.ground.standards import BasisKind, Status
from xiuhua.ground.words import use_language

BOOK = standards.on(date(2023, 8, 3)).privacy


def test_a_duty_names_its_law_and_that_it_carries_is_for_the_office_to_confirm():
    for basis in BOOK.bases.values():
        assert basis.law.status == Status.VERIFIED
        assert basis.law.clause
        assert (basis.carries.status == Status.ASSUMPTION) == (basis.kind == BasisKind.DUTY)


def test_the_basis_that_residents_have_unless_told_otherwise_is_in_the_book():
    assert BOOK.bases["committee_service"].kind == BasisKind.DUTY
    assert [key for key, basis in BOOK.bases.items() if basis.kind == BasisKind.CONSENT] == ["consent"]


def test_purposes_of_opening_a_file():
    assert [purpose.name_zh for purpose in BOOK.purposes.values()] == [
        "到期走访", "居民来访", "电话慰问", "应急处置", "依申请查阅", "履行法定职责", "更正资料",
    ]  # fmt: skip
    assert BOOK.file_open_minutes.number == 15


def test_what_is_kept_and_not_used_opens_for_duty_request_and_emergency_only():
    opening = [key for key, purpose in BOOK.purposes.items() if purpose.opens_kept_only]
    assert opening == ["emergency", "on_request", "legal_duty"]


def test_a_purpose_that_the_office_does_without_is_not_offered():
    book = standards.on(date(2023, 8, 3), {"privacy.purposes.phone_care.needed": False}).privacy
    assert "phone_care" not in book.purposes


def test_what_the_law_sets_is_verified_and_what_it_leaves_open_is_not():
    assert (BOOK.impact_keep_years.number, BOOK.impact_keep_years.status) == (3, Status.VERIFIED)
    assert (BOOK.guardian_below_years.number, BOOK.guardian_below_years.status) == (14, Status.VERIFIED)
    assert BOOK.answer_days.status == Status.ASSUMPTION


def test_names_are_told_in_the_readers_language():
    from django.utils.translation import override

    with override("zh-hans"):
        assert BOOK.bases["consent"].name == "本人或监护人同意"
    with override("en"), use_language("en"):
        assert BOOK.bases["consent"].name == "Consent of the person or their guardian"
