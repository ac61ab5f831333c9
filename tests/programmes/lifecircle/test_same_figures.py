"""The page and the command ask the same pipeline: the same question on the same data gives the same figures."""

from pathlib import Path

import numpy as np
import pytest

from xiuhua.ground import standards
from xiuhua.ground.clock import now
from xiuhua.ground.journal.actors import System
from xiuhua.ground.sources.osm import read_extract
from xiuhua.ground.territory.importing import import_extract
from xiuhua.programmes.lifecircle import queries
from xiuhua.programmes.lifecircle.actions import run_analysis
from xiuhua.programmes.lifecircle.analysis import analyse, town_of_extract
from xiuhua.programmes.lifecircle.question import read_question

SAMPLES = Path(__file__).parents[3] / "samples"


@pytest.mark.parametrize("name", ["shanghai-tongji", "chengdu-qingyang"])
def test_record_and_file_give_the_same_figures(db, name):
    extract = SAMPLES / f"{name}.osm.pbf"
    book = standards.on(now().date())
    read = read_extract(extract, facility_types=book.facility_types, building_defaults=book.buildings)
    from_file = analyse(town_of_extract(read, book).town, book)

    subdistrict = import_extract(extract, code="310110014", name="样本街道").subdistrict
    from_record = queries.analysis_of(run_analysis(actor=System("test"), subdistrict=subdistrict).subject)

    assert [row.share for row in from_file.coverage()] == [row.share for row in from_record.coverage()]
    assert from_file.coverage() == from_record.coverage()
    assert from_file.compliance() == from_record.compliance()
    assert np.array_equal(from_file.seconds, from_record.seconds)
    assert from_file.score("elder") == from_record.score("elder")


def test_a_page_opens_with_a_type_that_is_on_record(db):
    subdistrict = import_extract(SAMPLES / "shanghai-tongji.osm.pbf", code="310110014", name="样本街道").subdistrict
    analysis = queries.analysis_of(run_analysis(actor=System("test"), subdistrict=subdistrict).subject)
    assert "day_care" in analysis.town.unmapped
    book = standards.on(now().date())
    assert read_question({}, analysis, book.facility_types).question.facility_type not in analysis.town.unmapped
