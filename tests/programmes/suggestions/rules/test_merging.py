"""Which one stays when several become one."""

from xiuhua.programmes.suggestions.rules.merging import Candidate, staying


def test_others_merged_before_then_furthest_then_first():
    assert staying([Candidate(3, "received"), Candidate(7, "received")]) == 3
    assert staying([Candidate(3, "received"), Candidate(7, "assigned")]) == 7
    assert staying([Candidate(3, "assigned"), Candidate(7, "received", has_merged=True)]) == 7
    assert staying([Candidate(3, "received"), Candidate(2, "closed")]) == 3
