"""Lists over a queryset, on rows that every database has: Django's permissions and their content types."""

import io
from datetime import UTC, date, datetime

import openpyxl
import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.http import QueryDict

from xiuhua.ground.scope.masking import mask_name
from xiuhua.ground.ui.lists import Choice, Column, Empty, ListPage, Period, any_of
from xiuhua.ground.ui.lists.query import cut

pytestmark = pytest.mark.django_db

COLUMNS = [
    Column(
        "codename",
        "代码",
        lambda row: row.codename,
        order_by="codename",
        search="codename__icontains",
        link=lambda row: f"/p/{row.pk}/",
    ),
    Column("name", "名称", lambda row: row.name, search=["name__icontains"]),
    Column("model", "类型", lambda row: row.content_type.model, order_by=["content_type__model", "-codename"]),
]
VERBS = [("add", "增"), ("view", "看")]


def verb(rows, value):
    return rows.filter(codename__startswith=f"{value}_")


def page_of(**changes) -> ListPage:
    declared = {
        "title": "权限",
        "columns": COLUMNS,
        "empty": Empty("空"),
        "page_size": 5,
        "filters": [
            Choice("verb", "动作", VERBS, by=verb),
            Choice("app", "程序", lambda: [("auth", "登录")], lookup="content_type__app_label", kind="segments"),
        ],
    }
    return ListPage(**{**declared, **changes})


def rows():
    of_django = Permission.objects.filter(content_type__model__in=["group", "permission", "contenttype"])
    return of_django.select_related("content_type").order_by("codename")


def body(response) -> str:
    return response.content.decode()


def found(page: ListPage, **asked: str) -> list[str]:
    query = QueryDict(mutable=True)
    query.update(asked)
    return [row.codename for row in page.found(rows(), query)]


def test_a_page_takes_two_queries_however_many_rows(ask, django_assert_num_queries):
    for size in (3, 12):
        with django_assert_num_queries(2):
            html = body(page_of(page_size=size).respond(ask(sort="-model"), rows()))
        assert html.count('role="rowheader"') == size


def test_rows_come_in_the_order_asked_for_and_pages_do_not_overlap(ask):
    everything = found(page_of(), sort="-codename")
    assert everything == sorted(everything, reverse=True)
    by_model = [(row.content_type.model, row.codename) for row in page_of().found(rows(), QueryDict("sort=model"))]
    assert by_model == sorted(by_model, key=lambda pair: (pair[0], [-ord(letter) for letter in pair[1]]))
    assert found(page_of(), sort="nonsense") == found(page_of())


def test_columns_without_a_lookup_do_not_sort(ask):
    html = body(page_of().respond(ask(sort="name"), rows()))
    assert 'hx-get="?sort=name"' not in html
    assert "sort=-codename" not in html
    assert 'aria-sort="descending"' in body(page_of().respond(ask(sort="-codename"), rows()))


def test_an_unordered_queryset_gets_an_order(ask):
    assert page_of().found(Permission.objects.order_by(), QueryDict()).ordered


def test_search_takes_every_word_in_some_lookup_in_any_width():
    assert found(page_of(), q="ADD permission") == ["add_permission"]
    assert found(page_of(), q="ａｄｄ permission") == ["add_permission"]
    assert found(page_of(), q="add nothing-like-it") == []


def test_a_list_may_search_in_its_own_way():
    exact = page_of(search=lambda rows, words: rows.filter(codename=words[0]))
    assert found(exact, q="add_permission") == ["add_permission"]
    assert found(exact, q="add") == []


def test_a_list_that_cannot_search_has_no_box(ask):
    plain = page_of(columns=[Column("codename", "代码", lambda row: row.codename)], filters=[])
    assert 'type="search"' not in body(plain.respond(ask(), rows()))


def test_words_are_sought_in_any_of_the_lookups():
    assert rows().filter(any_of(["add", "permission"], "codename__icontains", "name__icontains")).exists()
    assert rows().filter(any_of([])).count() == rows().count()


def test_filters_narrow_and_say_so_and_can_be_taken_away(ask):
    response = page_of().respond(ask(verb="add", app="auth", other="7"), rows())
    html = body(response)
    assert "动作：增" in html
    assert 'href="?app=auth&amp;other=7"' in html
    assert '<option value="add" selected>' in html
    assert '<input type="hidden" name="other" value="7">' in html
    assert {row.split("_")[0] for row in found(page_of(), verb="add", app="auth")} == {"add"}


def test_a_filter_value_that_does_not_exist_finds_nothing_and_says_so(ask):
    assert found(page_of(), verb="drop") == []
    assert "「drop」看不懂" in body(page_of().respond(ask(verb="drop"), rows()))


def test_nothing_under_these_conditions_says_what_to_do(ask):
    html = body(
        page_of(filters=[Choice("app", "程序", [("none", "无")], lookup="content_type__app_label")]).respond(
            ask(app="none"), rows()
        )
    )
    assert "没有符合条件的" in html
    assert "export=xlsx" not in html


def test_days_are_whole_days_in_shanghai():
    period = Period("at", "何时", lookup="at")
    assert period.days(QueryDict("at_from=2023-08-03&at_to=x")) == (date(2023, 8, 3), None)
    assert period.said(QueryDict("at_from=2023-08-03")) == "2023-08-03 起"
    assert period.said(QueryDict("at_to=2023-08-03")) == "到 2023-08-03"
    assert period.said(QueryDict("at_from=2023-08-01&at_to=2023-08-03")) == "2023-08-01 至 2023-08-03"

    class Asked:
        lookups: dict = {}

        def filter(self, **lookups):
            self.lookups = {**self.lookups, **lookups}
            return self

    asked = period.narrow(Asked(), QueryDict("at_from=2023-08-03&at_to=2023-08-03"))
    assert asked.lookups == {
        "at__gte": datetime(2023, 8, 2, 16, tzinfo=UTC),
        "at__lt": datetime(2023, 8, 3, 16, tzinfo=UTC),
    }
    by_day = Period("on", "哪天", lookup="on", moments=False).narrow(Asked(), QueryDict("on_to=2023-08-03"))
    assert by_day.lookups == {"on__lt": date(2023, 8, 4)}


@pytest.mark.parametrize("text", ["2023-02-30", "9999-12-31", "0001-01-01", "<script>", ""])
def test_what_is_no_day_is_none(text):
    query = QueryDict(mutable=True)
    query["at_from"] = text
    assert Period("at", "何时", lookup="at").days(query) == (None, None)


def sheet(response):
    return list(openpyxl.load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True))


def test_export_holds_every_page_masked_as_on_screen(ask, django_assert_num_queries):
    masked = page_of(columns=[Column("name", "名称", lambda row: row.name, mask=mask_name)])
    with django_assert_num_queries(2):
        table = sheet(masked.respond(ask(export="xlsx"), rows()))
    assert len(table) == rows().count() + 1
    assert all(set(name[1:]) == {"*"} for (name,) in table[1:])
    assert all("*" in cell for cell in body(masked.respond(ask(), rows())).split('rowheader">')[1:])


def test_export_is_put_on_record_before_it_is_handed_over(ask):
    seen = []
    page_of(exported=lambda request, count: seen.append((request.path, count))).respond(
        ask(export="xlsx", verb="add"), rows()
    )
    assert seen == [("/", len(found(page_of(), verb="add")))]


def test_export_that_may_not_be_recorded_is_not_handed_over(ask):
    def refuse(request, count):
        raise PermissionDenied

    with pytest.raises(PermissionDenied):
        page_of(exported=refuse).respond(ask(export="xlsx"), rows())


@pytest.mark.parametrize("sort", ["", "codename", "-codename", "model", "-model"])
def test_each_page_holds_what_stands_there_in_the_whole(sort):
    whole = page_of().found(rows(), QueryDict(f"sort={sort}"))
    count = whole.count()
    pages = [cut(rows(), whole, first, min(first + 5, count), count) for first in range(0, count, 5)]
    assert [row.codename for page in pages for row in page] == [row.codename for row in whole]


def test_a_page_past_the_first_takes_one_query_more(ask, django_assert_num_queries):
    with django_assert_num_queries(3):
        assert body(page_of().respond(ask(page="2"), rows())).count('role="rowheader"') == 5


def test_facts_for_many_rows_are_fetched_at_once(ask):
    parts = []

    def loaded(part):
        parts.append(len(part))
        return [row.codename.upper() for row in part]

    upper = page_of(columns=[Column("codename", "代码", lambda row: row)], loaded=loaded, filters=[])
    assert "ADD_GROUP" in body(upper.respond(ask(), rows()))
    assert len(sheet(upper.respond(ask(export="xlsx"), rows()))) == rows().count() + 1
    assert parts == [5, rows().count()]


def test_kinds_of_columns(ask):
    shown = page_of(
        columns=[
            Column(
                "state", "状态", lambda row: "超期", kind="chip", tone=lambda row: "over", symbol=lambda row: "i-clock"
            ),
            Column("mark", "阶段", lambda row: "已签约", kind="mark", symbol=lambda row: "lift-signed"),
            Column("none", "无", lambda row: None, kind="chip"),
            Column("at", "何时", lambda row: datetime(2023, 8, 3, 4, tzinfo=UTC)),
            Column("on", "哪天", lambda row: date(2023, 8, 3)),
        ]
    )
    html = body(shown.respond(ask(), rows()))
    assert '<span class="xh-chip is-over"><svg class="" aria-hidden="true">' in html
    assert "#lift-signed" in html
    assert 'data-label="无">—</td>' in html
    assert 'data-label="何时">2023-08-03 12:00</td>' in html
    assert 'data-label="哪天">2023-08-03</td>' in html


def test_the_way_to_the_map_keeps_the_filters(ask):
    mapped = page_of(map_url=lambda request: f"/map/?{request.GET.urlencode()}")
    assert 'href="/map/?verb=add"' in body(mapped.respond(ask(verb="add"), rows()))


def test_forged_pages_and_words_do_no_harm(ask):
    for asked in (
        {"page": "-1"},
        {"page": "999999999999"},
        {"page": "x"},
        {"q": "\x00"},
        {"q": "' OR 1=1 --"},
        {"sort": "--x"},
    ):
        assert page_of().respond(ask(**asked), rows()).status_code == 200
