"""What is done from beside a suggestion: each form works, leads on, and says at its field what is refused."""

from urllib.parse import parse_qs, urlsplit

from programmes.suggestions.conftest import REPLY, SERVICES
from xiuhua.programmes.suggestions.models import Nature, Reply, Suggestion


def again(row: Suggestion) -> Suggestion:
    return Suggestion.objects.get(pk=row.pk)


def test_taken_up_and_handed_out_it_leads_to_the_next(said, say, press):
    other = say()
    answer = press("accept", said.pk, unit="section:services", here=f"tab=received&at={said.pk}", after=other.pk)
    assert (again(said).state, again(said).section) == ("assigned", "services")
    assert parse_qs(urlsplit(answer.url).query) == {"tab": ["received"], "at": [str(other.pk)]}


def test_on_its_own_page_it_stays(said, press, west):
    answer = press("accept", said.pk, unit=f"committee:{west.path}", with_unit="section:services")
    assert answer.url == said.get_absolute_url()
    assert (again(said).unit_path, again(said).co_section) == (west.path, "services")


def test_without_anybody_named_it_is_refused_at_the_field(said, press):
    answer = press("accept", said.pk, unit="", is_complex="on", here="tab=received")
    told = answer.content.decode()
    assert answer.status_code == 422
    assert "还没有选主办" in told
    assert "c-list" in told
    assert 'id="id_is_complex" checked' in told
    assert again(said).state == "received"


def test_a_claim_is_not_taken_up_here(say, press, read):
    claim = say(nature="claim")
    assert 'form="c-accept"' not in read("inbox")
    assert 'data-c-key="e"' not in read("suggestion", claim.pk)
    assert "个人诉求不是建议" in press("accept", claim.pk, unit="section:services").content.decode()


def test_sorting_is_confirmed_or_set_right(said, press, east):
    press("sort", said.pk, nature="service", category="housing", path=east.path)
    row = again(said)
    assert (row.nature, row.category, row.path) == (Nature.SERVICE, "housing", east.path)
    assert row.sorted_at is not None
    assert press("sort", said.pk, nature="song", category="housing").status_code == 422


def test_several_become_one(in_hand, say, press):
    second, third = say(), say()
    answer = press("merge", third.pk, into=in_hand.number)
    assert answer.status_code == 302
    assert again(third).merged_into == in_hand
    press("merge", second.pk, alike=[str(in_hand.pk)])
    assert again(second).merged_into == in_hand


def test_merging_with_nothing_or_nobody_is_refused(said, press):
    assert "还没有选和哪一件合并" in press("merge", said.pk).content.decode()
    assert "没有编号是 1999-0101-001 的建议" in press("merge", said.pk, into="1999-0101-001").content.decode()
    assert "不能并到自己" not in press("merge", said.pk, into=" ").content.decode()
    itself = press("merge", said.pk, into=said.number)
    assert itself.status_code == 422
    assert "不能并到自己" in itself.content.decode()


def test_a_first_contact_then_an_answer(said, press, head):
    press("reply", said.pk, kind="contact", words="王女士您好，坡口的事收到了，下午三点去现场看。")
    assert again(said).contacted_at is not None
    press("accept", said.pk, unit="section:services")
    press("reply", said.pk, kind="answer", words=REPLY)
    assert again(said).state == "answered"
    assert list(Reply.objects.values_list("kind", flat=True)) == ["contact", "answer"]


def test_a_gap_holds_the_reply_back_and_nothing_typed_is_lost(in_hand, press, read):
    begun = read("suggestion", in_hand.pk, template="answer_done")
    assert "王女士您好，您反映的【什么事】" in begun
    answer = press("reply", in_hand.pk, kind="answer", template="answer_done", words="王女士您好，【谁】已经画线。")
    told = answer.content.decode()
    assert answer.status_code == 422
    assert "底稿里的「谁」还没有写" in told
    assert "【谁】已经画线。</textarea>" in told


def test_the_same_form_sent_twice_is_one_reply(in_hand, press):
    for _time in range(2):
        press("reply", in_hand.pk, kind="answer", words=REPLY, once="abcdefgh1234")
    assert Reply.objects.count() == 1


def test_looking_at_the_sender_shows_it_once(said, press, read):
    told = press("sender", said.pk, here="tab=received").content.decode()
    assert "13812342046" in told
    assert "王秀英" in told
    assert "13812342046" not in read("suggestion", said.pk)
    assert "查看建议人" in read("suggestion", said.pk)


def test_an_answered_one_is_closed_and_an_open_one_is_not(answered, say, press, desk):
    press("close", answered.pk)
    assert again(answered).state == "closed"
    received = say()
    press("close", received.pk)
    assert "不能办结" in desk.get(received.get_absolute_url()).content.decode()


def test_a_leader_reads_and_does_nothing(said, town, staff, client_of, press, read):
    from xiuhua.ground.scope.roles import Role

    leader = client_of(staff(Role.LEADER, at=town))
    assert 'form="c-accept"' not in read("inbox", by=leader)
    for name in ("accept", "sort", "reply", "sender", "merge", "close"):
        assert press(name, said.pk, by=leader).status_code == 403


def test_who_comes_second_reads_how_it_stands_and_loses_no_word(said, press, colleague, client_of):
    other = client_of(colleague)
    press("accept", said.pk, unit="section:services", by=other)
    late = press("accept", said.pk, unit="section:management", here="tab=received")
    told = late.content.decode()
    assert late.status_code == 422
    assert "现在是「办理中」" in told.split('class="c-who"')[0]
    assert again(said).section == "services"
    press("reply", said.pk, kind="answer", words=REPLY, by=other)
    press("close", said.pk, by=other)
    words = "王女士您好，我们下午去看过了，明天来装。"
    told = press("reply", said.pk, kind="answer", words=words).content.decode()
    assert "现在是「已办结」" in told
    assert f"{words}</textarea>" in told


def test_nobody_reads_that_a_person_was_told_who_cannot_be(say, press, desk, head):
    from xiuhua.programmes.suggestions import actions
    from xiuhua.programmes.suggestions.models import Source

    row = say(source=Source.PAPER, actor=head, name="贾先生")
    press("reply", row.pk, kind="contact", words="贾先生您好，您的信收到了，我们下周去现场看。")
    page = desk.get(row.get_absolute_url()).content.decode()
    assert "没有留联系方式，告诉不到本人。" in page
    actions.accept(actor=head, suggestion=again(row), unit=SERVICES)
    assert "不采纳，记下原因" in desk.get(f"/suggestions/{row.pk}/decline/").content.decode()
