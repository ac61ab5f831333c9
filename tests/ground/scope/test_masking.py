import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.ground.scope.masking import mask_id_number, mask_name, mask_phone


@pytest.mark.parametrize(
    ("mask", "value", "shown"),
    [
        (mask_phone, "13812345678", "138****5678"),
        (mask_phone, "021-62571234", "021-******34"),
        (mask_phone, "12345", "*****"),
        (mask_phone, "", ""),
        (mask_id_number, "31010719430102123X", "3101**********123X"),
        (mask_name, "王秀英", "王**"),
        (mask_name, "王", "王*"),
        (mask_name, "", ""),
    ],
)
def test_reads_as_a_person_expects(mask, value, shown):
    assert mask(value) == shown


@given(st.text(alphabet="0123456789", min_size=1, max_size=24))
def test_never_shows_a_number_whole(number):
    assert mask_phone(number) != number
    assert mask_id_number(number) != number
