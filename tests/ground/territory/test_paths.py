import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.ground.territory.paths import child_path, end_of_subtree

codes = st.from_regex(r"[1-8][0-9]{8,20}", fullmatch=True)


def test_a_child_is_its_parent_and_a_number():
    assert child_path("310107014", 7, 3) == "310107014007"


def test_a_number_too_large_for_its_level_is_refused():
    with pytest.raises(ValueError, match="does not fit the 3 digits"):
        child_path("310107014", 1000, 3)


@given(codes, codes)
def test_the_range_of_a_subtree_holds_what_begins_with_the_path_and_nothing_else(path, other):
    inside = path <= other < end_of_subtree(path)
    assert inside == other.startswith(path)


@given(codes, st.text("0123456789", min_size=1, max_size=9))
def test_all_that_hangs_below_is_in_the_range(path, more):
    assert path <= path + more < end_of_subtree(path)
