"""Pages of whole blocks: propose, compare, adopt, change by hand, act on all, the three roads, files."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from programmes.lifts.conftest import PAPER
from programmes.lifts.row_of_houses import TERMS, row  # noqa: F401 - fixture
from xiuhua.ground.jobs.models import Job
from xiuhua.ground.jobs.work import run_waiting
from xiuhua.ground.scope.roles import Role
from xiuhua.programmes.lifts import actions, batching
from xiuhua.programmes.lifts.models import Batch, BatchPlan, Contact, Dossier, GatePass

ON = date(2023, 7, 1)


@pytest.fixture
def head(row, subdistrict, staff):  # noqa: F811
    return staff(Role.SECTION_HEAD, at=subdistrict, name="周立群")


@pytest.fixture
def client(head, client_of):
    return client_of(head)


def proposed(client, subdistrict, **terms) -> BatchPlan:
    """A plan as the page of terms makes it."""
    asked = {"path": subdistrict.path, **{name: getattr(TERMS, name) for name in TERMS.__slots__}, **terms}
    answer = client.post(reverse("lifts:propose_batches"), asked)
    assert answer.status_code == 302, answer.content.decode()
    return BatchPlan.objects.first()


@pytest.fixture
def batch(client, subdistrict, head) -> Batch:
    """The first lot of a plan, in force."""
    plan = proposed(client, subdistrict)
    actions.adopt_plan(actor=head, plan=plan, batches=list(plan.batches.all()), on=ON)
    return plan.batches.first()


def test_terms_make_a_plan_that_is_compared_with_another_and_adopted(client, subdistrict):
    form = client.get(reverse("lifts:propose_batches")).content.decode()
    assert "规则 60：相邻两幢楼之间（待街道核定）" in form
    first = proposed(client, subdistrict)
    second = proposed(client, subdistrict, most=3)

    page = client.get(first.get_absolute_url()).content.decode()
    assert "共 2 批 8 个门洞" in page
    assert 'class="tr-lot1"' in page
    assert "证明是最好的" in page
    told = client.get(reverse("lifts:compare_plans", args=[first.pk]), {"with": second.pk}).content.decode()
    assert "对得上的批" in told
    assert "不在批里" in told

    answer = client.post(reverse("lifts:adopt_plan", args=[first.pk]), {"on": ON})
    assert (answer.status_code, "一批也没有选" in answer.content.decode()) == (422, True)
    lots = [lot.pk for lot in first.batches.all()]
    client.post(reverse("lifts:adopt_plan", args=[first.pk]), {"on": ON, "lots": lots})
    listed = client.get(reverse("lifts:batches")).content.decode()
    assert "枣阳新村成片第 1 批" in listed
    assert "未启动" in listed


def test_terms_that_cannot_be_are_said_at_their_fields(client, subdistrict):
    asked = {name: getattr(TERMS, name) for name in TERMS.__slots__} | {"path": subdistrict.path, "most": 1}
    answer = client.post(reverse("lifts:propose_batches"), asked)
    assert answer.status_code == 422
    assert "一批最多的门洞数比最少的还少" in answer.content.decode()


def test_a_whole_subdistrict_is_cut_by_a_job(client, subdistrict, monkeypatch):
    monkeypatch.setattr(batching, "MOST_AT_ONCE", 3)
    asked = {"path": subdistrict.path, **{name: getattr(TERMS, name) for name in TERMS.__slots__}}
    answer = client.post(reverse("lifts:propose_batches"), asked)
    assert answer.url.startswith("/jobs/")
    run_waiting()
    job = Job.objects.get()
    assert job.state == "done", job.error
    assert BatchPlan.objects.get().get_absolute_url() == job.result["url"]


def test_all_of_a_lot_go_on_together_and_who_cannot_is_told_why(client, batch, head):
    rows = list(Dossier.objects.filter(batch=batch).order_by("path"))
    actions.begin_consulting(actor=head, dossier=rows[0], on=date(2023, 7, 2))
    form = client.get(reverse("lifts:batch_deed", args=[batch.pk, "move"])).content.decode()
    assert f"开始征询（{len(rows) - 1} 个门洞轮到）" in form
    told = client.post(reverse("lifts:batch_deed", args=[batch.pk, "move"]), {"move": "begin", "on": "2023-07-03"})
    assert f"{len(rows) - 1} 个门洞办成了，0 个没有办" in told.content.decode()
    assert set(Dossier.objects.filter(batch=batch).values_list("state", flat=True)) == {"consulting"}

    told = client.post(reverse("lifts:batch_deed", args=[batch.pk, "move"]), {"move": "design", "on": "2023-07-20"})
    assert f"0 个门洞办成了，{len(rows)} 个没有办" in told.content.decode()
    assert "还没过" in told.content.decode()
    assert Dossier.objects.filter(batch=batch, state="designing").count() == 0


def test_one_document_one_talk_and_notices_reach_every_stairwell(client, batch, head):
    rows = list(Dossier.objects.filter(batch=batch).order_by("path"))
    for dossier in rows:
        actions.begin_consulting(actor=head, dossier=dossier, on=date(2023, 7, 2))
    actions.pass_gate(actor=head, dossier=rows[0], rule="briefing", on=date(2023, 7, 3), file=PAPER)
    deed = reverse("lifts:batch_deed", args=[batch.pk, "gate"])
    scan = BytesIO(b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF")
    scan.name = "briefing.pdf"
    told = client.post(deed, {"rule": "briefing", "on": "2023-07-05", "file": scan}).content.decode()
    assert f"{len(rows) - 1} 个门洞办成了，1 个没有办" in told
    assert "已经过了" in told
    assert GatePass.objects.filter(dossier__in=rows, rule="briefing").count() == len(rows)

    talk = {"kind": "meeting", "on": "2023-07-06", "words": "全批开会，讲了进场顺序"}
    client.post(reverse("lifts:batch_deed", args=[batch.pk, "contact"]), talk)
    assert Contact.objects.filter(dossier__in=rows).count() == len(rows)
    told = client.post(
        reverse("lifts:batch_deed", args=[batch.pk, "notice"]), {"posted_on": "2023-07-06", "place": "门洞口"}
    )
    assert "还没有到公示这一步" in told.content.decode()
    assert client.get(reverse("lifts:batch_deed", args=[batch.pk, "paint"])).status_code == 404


def test_by_hand_one_goes_out_with_a_warning_and_the_lot_is_dissolved(client, batch, row):  # noqa: F811
    middle = batch.members.order_by("dossier__stairwell__door_lon")[1].dossier
    answer = client.post(reverse("lifts:take_out_of_batch", args=[batch.pk]), {"dossier": middle.pk}, follow=True)
    assert "没有连成一片" in answer.content.decode() or "少于 3 个" in answer.content.decode()
    answer = client.post(reverse("lifts:put_in_batch", args=[batch.pk]), {"dossier": middle.pk}, follow=True)
    assert "重新算过分" in answer.content.decode()
    client.post(reverse("lifts:dissolve_batch", args=[batch.pk]), {"on": "2023-07-20", "because": "单位退出"})
    page = client.get(batch.get_absolute_url()).content.decode()
    assert "已解散" in page
    assert "单位退出" in page


def test_three_roads_are_counted_by_quarter_and_handed_over_as_files(client, batch):
    page = client.get(reverse("lifts:three_ways")).content.decode()
    assert "枣阳新村" in page
    listed = client.get(reverse("lifts:list"), {"way": "lot"}).content.decode()
    assert "枣阳路 1 号" in listed
    assert "枣阳路 99 号" not in listed
    for name, rows in (("three_ways", 2), ("batches", 2), ("batch_plans", 1)):
        answer = client.get(reverse(f"lifts:{name}"), {"export": "xlsx"})
        sheet = load_workbook(BytesIO(answer.content)).active
        assert sheet.max_row >= rows + 1


def test_programs_read_plans_and_lots(client, batch):
    told = client.get("/api/v1/lifts/batches", {"state": "adopted", "path": batch.path}).json()
    assert [one["name"] for one in told["items"]] == ["枣阳新村成片第 1 批", "枣阳新村成片第 2 批"]
    whole = client.get(f"/api/v1/lifts/batches/{batch.pk}").json()
    assert (len(whole["stairwells"]), whole["stairwells"][0]["readiness"]) == (batch.size, 0.2)
    plan = client.get(f"/api/v1/lifts/batch-plans/{batch.plan_id}").json()
    assert (plan["state"], plan["gap"], len(plan["lots"])) == ("adopted", 0, 2)
    assert client.get("/api/v1/lifts/batch-plans").json()["items"][0]["most"] == TERMS.most


def test_the_dossier_names_its_lot(client, batch):
    page = client.get(batch.members.first().dossier.get_absolute_url()).content.decode()
    assert f'href="{batch.get_absolute_url()}"' in page
    assert "枣阳新村成片第 1 批" in page
