"""Verbs with a page of their own."""

from django.test import Client

from programmes.suggestions.conftest import REPLY
from xiuhua.ground.scope.roles import Role
from xiuhua.programmes.suggestions import actions
from xiuhua.programmes.suggestions.models import Reply, Suggestion
from xiuhua.programmes.suggestions.telling import link_of


def again(row: Suggestion) -> Suggestion:
    return Suggestion.objects.get(pk=row.pk)


def test_handed_on_with_a_reason(in_hand, press, read):
    assert "转给谁" in read("transfer", in_hand.pk)
    press("transfer", in_hand.pk, unit="section:management", reason="坡口归管理办管")
    assert again(in_hand).section == "management"


def test_handed_on_to_nobody_or_for_nothing_is_refused(in_hand, press):
    assert "还没有选转给谁" in press("transfer", in_hand.pk, unit="", reason="坡口归管理办管").content.decode()
    told = press("transfer", in_hand.pk, unit="section:management", reason="嗯").content.decode()
    assert "还没有写原因" in told


def test_passed_on_down_the_petition_road(said, press, read):
    page = read("petition", said.pk)
    assert "王女士您好，您说的是自己的一件具体诉求" in page
    assert "10 月 2 日" in page
    notice = "王女士您好，您说的要走信访，我们已经转过去了。"
    press("petition", said.pk, road="petition", words=notice)
    row = again(said)
    assert (row.nature, row.state, row.passed_to) == ("claim", "passed_on", "petition")
    assert Reply.objects.get().words == notice


def test_a_notice_with_a_gap_changes_nothing(said, press):
    told = press("service", said.pk, road="property", words="王女士您好，您报修的【什么事】转给物业了。")
    assert told.status_code == 422
    assert "底稿里的「什么事」还没有写" in told.content.decode()
    assert (again(said).nature, again(said).state) == ("suggestion", "received")


def test_more_time_once(in_hand, press, read):
    assert "8 月 24 日" in read("extend", in_hand.pk)
    assert "还没有写原因" in press("extend", in_hand.pk, reason="").content.decode()
    press("extend", in_hand.pk, reason="要等设计单位来看")
    assert again(in_hand).is_complex
    assert "不能再延" in press("extend", in_hand.pk, reason="还要再等等看看").content.decode()


def test_taken_apart_again(in_hand, say, head, press, read):
    other = actions.merge(actor=head, suggestion=say(), into=in_hand).subject
    assert in_hand.title in read("split", other.pk)
    press("split", other.pk, once="abcdefgh")
    assert again(other).state == "accepted"


def test_adopted_into_a_project(in_hand, project, press, read):
    page = read("adopt", in_hand.pk, q="慢行")
    assert "云岭东路慢行改造" in page
    assert "已采纳 0 件" in page
    assert "没有找到「飞船」" in read("adopt", in_hand.pk, q="飞船")
    press("adopt", in_hand.pk, project=project.pk, words=REPLY)
    assert again(in_hand).project == project
    assert "已采纳进这个项目" in read("suggestion", in_hand.pk)


def test_adopted_into_nothing_is_refused(in_hand, project, press):
    told = press("adopt", in_hand.pk, words=REPLY).content.decode()
    assert "还没有选项目" in told
    assert REPLY in told


def test_not_adopted_with_a_reason(in_hand, press, read):
    assert "这次没有采纳" in read("decline", in_hand.pk)
    assert press("decline", in_hand.pk, words="不行").status_code == 422
    press("decline", in_hand.pk, words="王女士您好，这条路下个月要开挖，开挖以后再画线。")
    assert again(in_hand).state == "declined"


def test_written_by_one_and_published_by_another(answered, press, read, colleague, client_of):
    other = client_of(colleague)
    assert "坡口" in read("draft", answered.pk)
    press("draft", answered.pk, title="坡口被占", words="路口坡口被单车占满。", answer="画了禁停线。")
    assert "公开的标题" in read("draft", answered.pk)
    assert "自己写的要请另一位同事核对" in press("publish", answered.pk).content.decode()
    assert "画了禁停线。" in read("publish", answered.pk, by=other)
    press("publish", answered.pk, by=other)
    assert again(answered).public_state == "published"
    press("unpublish", answered.pk, reason="居民要求撤下来")
    assert again(answered).public_state == "withdrawn"


def test_personal_data_are_marked_and_refused(answered, press):
    words = "路口坡口被占，请打 13812342046 找我。"
    told = press("draft", answered.pk, title="坡口被占", words=words).content.decode()
    assert "<mark" in told
    assert "「13812342046」像是个人信息" in told
    assert again(answered).public_state == "none"


def test_pages_of_verbs_are_for_those_who_may(in_hand, worker, client_of):
    own = client_of(worker)
    for name in ("adopt", "decline", "extend", "petition", "service", "split", "publish", "unpublish"):
        assert own.get(f"/suggestions/{in_hand.pk}/{name}/").status_code == 403
    assert own.get(f"/suggestions/{in_hand.pk}/transfer/").status_code == 200


def test_a_claim_counts_its_term_in_the_days_of_the_law(said, press, read):
    notice = "王女士您好，您说的要走信访，我们已经转过去了。"
    press("petition", said.pk, road="petition", words=notice)
    assert "还剩 60 天" in read("suggestion", said.pk)


def test_colleagues_read_why_it_was_handed_on_and_takes_longer_and_the_person_does_not(
    in_hand, press, read, town, staff, client_of
):
    press("transfer", in_hand.pk, unit="section:management", reason="坡口归管理办管")
    press("extend", in_hand.pk, reason="要等设计单位来看")
    assert "还没有写" in press("memo", in_hand.pk, words=" ").content.decode()
    press("memo", in_hand.pk, words="设计单位说周五来")
    told = read("suggestion", in_hand.pk)
    for words in ("从服务办转交给", "坡口归管理办管", "延期到 8 月 24 日", "要等设计单位来看", "设计单位说周五来"):
        assert words in told
    assert "设计单位说周五来" not in read("suggestion", in_hand.pk, by=client_of(staff(Role.LEADER, at=town)))
    assert "设计单位说周五来" not in Client().get(link_of(again(in_hand))).content.decode()
