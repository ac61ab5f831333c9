from datetime import date

import pytest
from django.template.loader import render_to_string

from xiuhua.ground import standards
from xiuhua.ground.ui.templatetags.ui import bar, percent


def test_a_bar_carries_its_width_as_an_attribute():
    html = bar(0.9097, gate=2 / 3, label="90.97%，须过三分之二")
    assert 'width="90.97%"' in html
    assert 'x1="66.67%"' in html
    assert 'aria-label="90.97%，须过三分之二"' in html


@pytest.mark.parametrize(("share", "width"), [(None, "0%"), (-1, "0%"), (0.5, "50%"), (7, "100%")])
def test_a_bar_never_leaves_its_track(share, width):
    assert percent(share) == width


def test_a_figure_of_the_rule_book_shows_how_sure_it_is():
    speed = standards.on(date(2023, 8, 3)).personas["elder"].speed
    html = render_to_string("ui/components/source.html", {"figure": speed})
    assert str(speed.status.label) in html
    assert "xh-source is-" in html


def test_an_unknown_status_is_shown_as_an_assumption():
    assert "is-assumed" in render_to_string("ui/components/source.html", {"status": "?", "text": "待街道核定"})


def test_segments_say_which_is_pressed():
    html = render_to_string(
        "ui/components/segments.html",
        {"name": "minutes", "label": "走多久", "options": [("5", "5 分钟"), ("15", "15 分钟")], "chosen": "15"},
    )
    assert '<button type="button" value="15" aria-pressed="true">15 分钟</button>' in html
    assert html.count('aria-pressed="true"') == 1


def test_an_empty_state_offers_one_way_on():
    html = render_to_string("ui/components/empty.html", {"title": "没有", "url": "/do/", "action": "去做"})
    assert html.count("<a ") == 1
