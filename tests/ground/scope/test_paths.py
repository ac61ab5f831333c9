import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.ground.scope.paths import ancestors, child_path, committee_of, end_of_subtree, subdistrict_of, within

codes = st.from_regex(r"[1-8][0-9]{8}", fullmatch=True)


@given(codes, st.integers(0, 999), st.from_regex(r"[0-9]{0,8}", fullmatch=True))
def test_a_subtree_is_a_range(top, number, rest):
    child = child_path(top, number, 3) + rest
    assert top <= child < end_of_subtree(top)
    assert within(child, top)


@given(codes, codes)
def test_another_subdistrict_is_outside(one, other):
    inside = one <= other < end_of_subtree(one)
    assert inside == within(other, one) == (one == other)


def test_levels_are_cut_off():
    assert subdistrict_of("31010701400100100001") == "310107014"
    assert committee_of("31010701400100100001") == "310107014001"
    assert ancestors("310107014001001") == ("310107014", "310107014001")


def test_a_full_level_refuses():
    with pytest.raises(ValueError, match="1000 does not fit"):
        child_path("310107014", 1000, 3)
