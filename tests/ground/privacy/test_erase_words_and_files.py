"""What people were told and what they sent goes with them."""

import pytest

from expectations import by_hand
from xiuhua.ground.files import keeping, vault
from xiuhua.ground.files.models import StoredFile
from xiuhua.ground.files.prepared import Prepared, Sort
from xiuhua.ground.jobs import work
from xiuhua.ground.messages import sending
from xiuhua.ground.messages.models import Message
from xiuhua.ground.privacy.actions import erase_resident
from xiuhua.ground.privacy.holdings import kept_of
from xiuhua.ground.privacy.rules import Ground

LETTER = Prepared(Sort.DOCUMENT, b"%PDF-1.7 %%EOF", "application/pdf", "王秀英来信.pdf")


@pytest.fixture
def told(wang):
    """A message to their telephone, one to somebody else's, and a letter that they sent."""
    with by_hand():
        mine = sending.send(text="王阿姨，灯修好了", about=wang, template="test", to_phone=wang.phone)
        other = sending.send(text="李先生，灯修好了", about=wang, template="test", to_phone="13900002222")
        letter = keeping.keep(LETTER, subject=wang, title="来信")
    return mine, other, letter


def test_both_stand_in_the_copy_that_they_get(told, wang, officer):
    copy = {head: [str(line.note or line.value) for line in lines] for head, lines in kept_of(wang, officer)}
    assert copy["发给您的消息"] == ["王阿姨，灯修好了"]
    assert copy["照片和附件"] == ["王秀英来信.pdf"]


def test_both_are_gone_when_they_are_erased(told, wang, officer, django_capture_on_commit_callbacks):
    mine, other, letter = told
    with django_capture_on_commit_callbacks(execute=True):
        erase_resident(actor=officer, resident=wang, ground=Ground.PURPOSE_OVER)
    rows = {row.pk: row for row in Message.objects.all()}
    assert (rows[mine.pk].phone, rows[mine.pk].text, rows[mine.pk].phone_index) == ("", "", "")
    assert rows[other.pk].text == "李先生，灯修好了"
    assert StoredFile.objects.get(pk=letter.pk).name == ""
    assert not vault.place(letter.seal_id, vault.WHOLE).exists()
    work.run_waiting()
    assert Message.objects.get(pk=mine.pk).state == "failed"
