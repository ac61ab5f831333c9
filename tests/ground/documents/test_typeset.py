import io
from datetime import date

import pytest
import typst
from django.utils import translation
from PIL import Image

from ground.documents.reading import text_of
from xiuhua.ground.documents import pdf_response, typeset
from xiuhua.ground.documents.letters import drawn_by
from xiuhua.ground.documents.typesetting import REGULAR, drawn_pages
from xiuhua.ground.ui.qr import qr_svg

REPORT = "documents/report.typ"


@pytest.fixture(autouse=True)
def at_noon(noon):
    return noon


def report(**more):
    return typeset(REPORT, {"title": "社区生活节活动报告", "author": "长风新村街道", **more})


def photograph():
    file = io.BytesIO()
    Image.new("RGB", (64, 48), "#2e7d57").save(file, "JPEG")
    return file.getvalue()


def test_it_says_what_it_was_given():
    table = {"heads": ["编号", "建议"], "rows": [["0805-001", "云岭东路树池压平"]]}
    parts = [
        {"title": "一、说了什么", "text": "王阿姨说：树池绊脚。\n第二行。"},
        {"table": table},
        {"figures": [["186", "人", "到场"]]},
        {"facts": [["日期", date(2023, 8, 5)]]},
        {"bars": [["慢行", 0.44, "44%"]]},
        {"lines": ["便签 94 张"]},
    ]
    text = text_of(report(lead="来了许多人", footer="编号 HD-1", running=["左", "右"], parts=parts))
    for words in ("绣花", "社区生活节活动报告", "来了许多人", "编号HD-1", "左", "右", "1／1"):
        assert words in text
    for words in (
        "王阿姨说：树池绊脚。第二行。",
        "0805-001云岭东路树池压平",
        "186人到场",
        "2023-08-05",
        "慢行44%",
        "便签94张",
    ):
        assert words in text


def test_it_is_an_archivable_pdf_with_title_author_and_language():
    pdf = report()
    assert pdf.startswith(b"%PDF-1.7")
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert b"<pdfaid:conformance>U</pdfaid:conformance>" in pdf
    assert "社区生活节活动报告" in pdf.decode("utf-8", "ignore")
    assert b"/Lang(zh-CN)" in pdf.replace(b"/Lang (", b"/Lang(")
    assert report() == pdf


@pytest.mark.parametrize(
    "words",
    [
        '#read("/etc/passwd")',
        "$ x^2 $ *粗* _斜_ `码`",
        r"\ \u{41} #let x = 1",
        "= 不是标题 <label> @ref // 不是注",
        '"]]}) #import "/data.json"',
        '[#image("/images/../main.typ")]',
    ],
)
def test_what_people_write_is_no_markup(words):
    parts = [{"title": words, "text": words, "lines": [words], "table": {"heads": [words], "rows": [[words]]}}]
    text = text_of(report(title=words, subtitle=words, lead=words, footer=words, parts=parts))
    assert text.count("".join(words.split())) >= 7


def test_a_template_does_not_leave_its_folder(tmp_path, monkeypatch):
    from xiuhua.ground.documents import typesetting

    (tmp_path / "secret.txt").write_text("x")
    (tmp_path / "base.typ").write_text("")
    for path in ("/../secret.txt", "../secret.txt", str(tmp_path / "secret.txt"), "/etc/passwd"):
        (tmp_path / "report.typ").write_text(f'#read("{path}")')
        monkeypatch.setattr(typesetting, "HERE", tmp_path)
        with pytest.raises(typst.TypstError):
            typeset(REPORT, {"title": "x"})


def test_characters_that_the_font_lacks_are_told_and_break_nothing():
    pdf = report(lead="𠮷家小店😀，㐂\u200b\u202e。")
    text = text_of(pdf)
    assert "〓家小店〓" in text
    assert "U+1F600" in text
    assert "U+20BB7" in text
    assert "字库里没有的字" not in text_of(report(lead="吉家小店"))


def test_the_font_draws_what_offices_write():
    drawn = drawn_by(REGULAR)
    usual = {ord(bytes([high, low]).decode("gb2312")) for high in range(0xB0, 0xD7) for low in range(0xA1, 0xFF)}
    assert usual <= drawn
    assert {ord(letter) for letter in "①②③㎡℃〇·…—《》〓堃喆镕"} <= drawn


def test_pictures_and_codes_are_laid_in():
    parts = [
        {"photos": [["hall.jpg", "便签墙"]]},
        {"qr": {"image": "code.svg", "title": "扫码看下落", "lines": ["居委会"], "seal": "盖章处"}},
    ]
    images = {"hall.jpg": photograph(), "code.svg": qr_svg("https://xiuhua.example/b/ABCD2345/")}
    data = {"title": "报告", "parts": parts}
    assert b"/Subtype/Image" in typeset(REPORT, data, images)
    assert "扫码看下落居委会盖章处" in text_of(typeset(REPORT, data, images))
    (page,) = drawn_pages(REPORT, data, images, ppi=40)
    assert Image.open(io.BytesIO(page)).size[0] > 300


def test_what_is_no_picture_is_an_error():
    parts = [{"photos": [["hall.jpg", "便签墙"]]}]
    with pytest.raises(typst.TypstError):
        typeset(REPORT, {"title": "报告", "parts": parts}, {"hall.jpg": b"MZ no picture"})
    with pytest.raises(ValueError, match="plain letters"):
        typeset(REPORT, {"title": "报告"}, {"../main.typ": photograph()})


@pytest.mark.parametrize("template", ["documents/nothing.typ", "../documents/report.typ", "documents/../base.typ", "x"])
def test_a_template_that_is_none_is_an_error(template):
    with pytest.raises(ValueError, match=r"\.typ"):
        typeset(template, {"title": "x"})


def test_it_is_made_in_the_readers_language():
    with translation.override("en"):
        assert b"/Lang(en)" in report().replace(b"/Lang (", b"/Lang(")


def test_its_name_may_be_chinese_and_holds_no_path():
    answer = pdf_response(b"%PDF", '活动"报告/2023\r\n.pdf', download=True)
    assert answer["Content-Type"] == "application/pdf"
    told = answer["Content-Disposition"]
    assert told.startswith("attachment; filename*=utf-8''%E6%B4%BB%E5%8A%A8-")
    assert "\n" not in told
    assert told.endswith(".pdf")
    assert pdf_response(b"%PDF", "报告")["Content-Disposition"].startswith("inline; filename*=utf-8''")
