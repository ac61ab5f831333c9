"""An analysis in bytes comes back as it was."""

import io
import json

import numpy as np
import pytest

from programmes.lifecircle.hand_made import BOOK, town
from xiuhua.programmes.lifecircle.analysis import analyse
from xiuhua.programmes.lifecircle.analysis.kept import pack, unpack


@pytest.fixture
def analysis():
    doors = [(100, 5), (900, 5), (1500, 5)]
    shops = [("market", 1000, 5), ("clinic", 0, 5)]
    return analyse(
        town(doors, shops, residents=[10, 20, 30], groups=[0, 1, 1], columns={"residents_60_plus": [3, 0, 9]}), BOOK
    )


def test_every_figure_comes_back(analysis):
    again = unpack(pack(analysis, BOOK.day), analysis.town.network)
    assert again.coverage() == analysis.coverage()
    assert again.compliance() == analysis.compliance()
    assert again.snapping() == analysis.snapping()
    assert np.array_equal(again.seconds, analysis.seconds)
    assert np.array_equal(again.score_by_group("elder"), analysis.score_by_group("elder"), equal_nan=True)
    assert (again.hour, again.types, again.personas) == (analysis.hour, analysis.types, analysis.personas)


def test_the_rule_book_is_that_of_its_day(analysis):
    assert unpack(pack(analysis, BOOK.day), analysis.town.network).standard == BOOK.lifecircle()


def test_another_format_is_refused(analysis):
    with np.load(io.BytesIO(pack(analysis, BOOK.day))) as stored:
        arrays = dict(stored)
    head = json.loads(arrays["head"].tobytes()) | {"format": "something-else-9"}
    arrays["head"] = np.frombuffer(json.dumps(head).encode(), np.uint8)
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)
    with pytest.raises(ValueError, match="something-else-9"):
        unpack(buffer.getvalue(), analysis.town.network)
