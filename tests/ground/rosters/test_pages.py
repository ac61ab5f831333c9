"""The pages of rosters, as a committee's head uses them."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from ground.rosters.books import book
from ground.rosters.test_check_roster import HEADS, LI, WANG, check, id_number
from xiuhua.ground.jobs.work import run_waiting
from xiuhua.ground.rosters import actions, limits
from xiuhua.ground.rosters.models import RosterImport, State
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.territory.models import Resident

BAD = ("1 号", "503", "何芳", id_number(700), "女", "1943-02-30", "13812345678", 1)


@pytest.fixture
def head(laid, staff):
    return staff(Role.COMMITTEE_HEAD, at=laid)


@pytest.fixture
def client(head, client_of):
    return client_of(head)


def upload(client, laid, content, name="西村_居民_7月.xlsx", **more):
    data = {"path": laid.path, "once": "k-87654321", "file": SimpleUploadedFile(name, content), **more}
    return client.post(reverse("rosters:start", args=["neighbours"]), data)


def page_of(client, found, **query):
    response = client.get(found.get_absolute_url(), query)
    assert response.status_code == 200
    return response.content.decode()


def words(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_home_offers_kinds_and_lists_imports(client, laid, head):
    check(laid, WANG, actor=head)
    page = client.get(reverse("rosters:home")).content.decode()
    assert "导入邻居名册" in page
    assert "名册.xlsx" in page
    assert "可以导入" in page


def test_first_step_names_the_columns(client):
    page = words(client.get(reverse("rosters:start", args=["neighbours"])).content.decode())
    assert "门洞 必填" in page
    assert "身份证号、身份证号码" in page
    assert "最大 30 MB" in page


def test_template_comes_as_a_workbook(client):
    response = client.get(reverse("rosters:template", args=["neighbours"]))
    assert response.content.startswith(b"PK")
    assert "%E9%82%BB%E5%B1%85" in response.headers["Content-Disposition"]


def test_whoever_has_one_place_need_not_choose_it(client):
    address = reverse("rosters:start", args=["neighbours"])
    offered = dict(
        re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', client.get(address).content.decode())
    )
    client.post(address, {**offered, "file": SimpleUploadedFile("名册.xlsx", book(HEADS, WANG))})
    assert RosterImport.objects.get().path == offered["path"]


def test_upload_check_and_import(client, laid):
    response = upload(client, laid, book(HEADS, WANG, LI))
    found = RosterImport.objects.get()
    assert response.headers["Location"] == found.get_absolute_url()
    page = page_of(client, found)
    assert "2 新增 0 更新 0 不变，跳过 0 有错的行" in words(page)
    assert "没有错，可以导入" in page
    assert "王**" in page
    assert "王秀英" not in page
    assert "第 3 行没有电话" in words(page)
    client.post(reverse("rosters:begin", args=[found.pk]), {"once": "k-12345678"})
    client.post(reverse("rosters:begin", args=[found.pk]), {"once": "k-12345678"})
    assert Resident.objects.count() == 4
    assert "新增 2，更新 0，不变 0" in page_of(client, found)


def test_faults_stand_beside_their_mend(client, laid):
    rows = [("1 号", "501", "王秀英", id_number(serial), "女", "", "13812345678", 1) for serial in range(20)]
    upload(client, laid, book(HEADS, *rows[:8], BAD, *rows[8:], ("", "1", "李", "3101", "男", "", "", 1)))
    found = RosterImport.objects.get()
    page = page_of(client, found)
    assert "改好 3 处就能导入" in page
    assert [cell.strip() for cell in re.findall(r'f-cell">([^<]+)', page)] == ["F10", "A23", "D23"]
    assert re.search(r'<td class="is-bad" id="cF10"[^>]*>1943-02-30', page)
    assert "（空）" in page
    assert "第 12 至 21 行没有问题" in page
    assert [int(number) for number in re.findall(r'f-ln">(\d+)', page)] == [9, 10, 11, 22, 23]
    assert "2 月没有 30 日，对一下" in page
    assert "disabled" in page
    assert len(re.findall(r'f-ln">', page_of(client, found, rows="all"))) == 22


def test_own_file_comes_back_marked_but_not_a_colleagues(client, laid, head, staff, client_of):
    found = check(laid, BAD, actor=head)
    address = reverse("rosters:marked", args=[found.pk])
    assert client.get(address).content.startswith(b"PK")
    colleague = client_of(staff(Role.COMMITTEE_HEAD, at=laid))
    assert colleague.get(address).status_code == 403
    assert "下载标红的表" not in page_of(colleague, found)


def test_a_large_file_is_marked_in_the_background(client, laid, head, monkeypatch):
    monkeypatch.setattr("xiuhua.ground.rosters.views.LONG", 1)
    monkeypatch.setattr("xiuhua.ground.rosters.screen.LONG", 1)
    found = check(laid, WANG, BAD, actor=head)
    address = reverse("rosters:marked", args=[found.pk])
    assert f'href="{address}">' in page_of(client, found), "it leads to a page, and is no download"
    job = client.get(address).headers["Location"]
    assert client.get(address).headers["Location"] == job, "asked twice, made once"
    run_waiting()
    response = client.get(f"{job}file/")
    sheet = load_workbook(io.BytesIO(response.content)).worksheets[0]
    assert [cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment]
    assert "_%E6%A0%87%E7%BA%A2.xlsx" in response.headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"", "a.xlsx", "文件是空的"),
        (b"%PDF-1.7\x00", "a.pdf", "只能读 .xlsx 和 .csv 文件；在 Excel 或 WPS 里另存为"),
        (book(["别的表"], ["x"]), "a.xlsx", "没有找到邻居名册的表头"),
    ],
)
def test_unusable_file_is_said_at_its_field(client, laid, content, name, says):
    response = upload(client, laid, content, name)
    assert response.status_code == 422
    assert says in response.content.decode()
    assert RosterImport.objects.count() == 0


def test_no_file_and_one_too_heavy(client, laid, monkeypatch):
    response = client.post(reverse("rosters:start", args=["neighbours"]), {"path": laid.path})
    assert "还没有选文件" in response.content.decode()
    monkeypatch.setattr(limits, "FILE_BYTES", 2**20)
    response = upload(client, laid, b"PK\x03\x04" + bytes(2**20 + 10))
    assert "文件有 2 MB，最多 1 MB" in response.content.decode()


def test_a_file_whose_name_climbs_is_kept_by_its_last_part(client, laid):
    upload(client, laid, book(HEADS, WANG), name="..\\..\\etc/名册.xlsx")
    assert RosterImport.objects.get().file_name == "名册.xlsx"


def test_forged_place_and_strangers_get_nowhere(client, laid, staff, client_of, head):
    east = laid.subdistrict.committees.get(name="东村")
    response = client.post(
        reverse("rosters:start", args=["neighbours"]),
        {"path": east.path, "file": SimpleUploadedFile("a.xlsx", book(HEADS, WANG))},
    )
    assert response.status_code == 422
    found = check(laid, WANG, actor=head)
    stranger = client_of(staff(Role.COMMITTEE_HEAD, at=east))
    for name in ("import", "marked"):
        assert stranger.get(reverse(f"rosters:{name}", args=[found.pk])).status_code == 404
    for name in ("begin", "check_again", "discard"):
        assert stranger.post(reverse(f"rosters:{name}", args=[found.pk])).status_code == 404
    planner = client_of(staff(Role.COMMUNITY_PLANNER, at=laid))
    for name, args in (("home", []), ("start", ["neighbours"]), ("template", ["neighbours"])):
        assert planner.get(reverse(f"rosters:{name}", args=args)).status_code == 403
    found.refresh_from_db()
    assert found.state == State.READY


def test_visitors_are_asked_to_sign_in(laid):
    from django.test import Client

    assert Client().get(reverse("rosters:home")).status_code == 302
    assert Client().post(reverse("rosters:start", args=["neighbours"])).status_code == 302


def test_unknown_kind_is_no_page(client):
    assert client.get(reverse("rosters:start", args=["nothing"])).status_code == 404


def test_section_heads_look_on_but_cannot_go_on(laid, head, staff, client_of):
    found = check(laid, WANG, actor=head)
    watcher = client_of(staff(Role.SECTION_HEAD, at=laid.subdistrict))
    assert "xh-actform" not in page_of(watcher, found).split("f-grid")[0]
    assert watcher.post(reverse("rosters:begin", args=[found.pk])).status_code == 403


def test_discarding_and_checking_again(client, laid, head):
    found = check(laid, WANG, actor=head)
    client.post(reverse("rosters:check_again", args=[found.pk]))
    response = client.post(reverse("rosters:discard", args=[found.pk]), follow=True)
    assert "这份名册没有导入" in response.content.decode()
    response = client.post(reverse("rosters:begin", args=[found.pk]), follow=True)
    assert "已经放弃" in response.content.decode()


def test_long_file_shows_its_progress_and_then_itself(client, laid, monkeypatch):
    monkeypatch.setattr(actions, "AT_ONCE_BYTES", 10)
    upload(client, laid, book(HEADS, WANG))
    found = RosterImport.objects.get()
    page = page_of(client, found)
    assert 'role="progressbar"' in page
    assert 'hx-trigger="xh:job-ended from:body"' in page
    run_waiting()
    assert "没有错，可以导入" in page_of(client, found)


def test_file_that_a_job_could_not_use(client, laid, monkeypatch):
    monkeypatch.setattr(actions, "AT_ONCE_BYTES", 10)
    upload(client, laid, book(["别的表"], ["x"]))
    run_waiting()
    page = page_of(client, RosterImport.objects.get())
    assert "这个文件用不了" in page
    assert "没有找到邻居名册的表头" in page


def test_queries_of_the_page_do_not_grow_with_the_rows(client, laid, head):
    def queries(count):
        rows = [("1 号", str(serial), "王", id_number(serial), "女", "1943-02-30", "", 1) for serial in range(count)]
        found = check(laid, *rows, actor=head)
        page_of(client, found)
        with CaptureQueriesContext(connection) as captured:
            page_of(client, found)
        return len(captured)

    assert queries(30) == queries(2)
