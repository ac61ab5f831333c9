from datetime import date

from expectations import forbidden, refused
from programmes.lifts.conftest import PAPER
from xiuhua.ground.files.models import StoredFile
from xiuhua.programmes.lifts import actions

DAY = date(2023, 7, 1)


def add(actor, dossier, title="燃气回函", kind="utility", dated=DAY):
    return actions.add_paper(actor=actor, dossier=dossier, kind=kind, title=title, file=PAPER, dated=dated).subject


def test_one_of_the_same_title_is_its_next_version(consulting, coordinator):
    assert [add(coordinator, consulting).version for _time in (1, 2)] == [1, 2]
    assert StoredFile.objects.of(*consulting.papers.all()).count() == 2


def test_without_title_kind_or_day_it_is_refused(consulting, coordinator):
    with refused("还没有填文件名称"):
        add(coordinator, consulting, title=" ")
    with refused("没有这种文件"):
        add(coordinator, consulting, kind="poem")
    with refused("日期在今天以后"):
        add(coordinator, consulting, dated=date(2023, 9, 1))


def test_nobody_from_elsewhere_files_here(consulting, elsewhere):
    with forbidden():
        add(elsewhere, consulting)
