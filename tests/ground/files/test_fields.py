import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.utils.datastructures import MultiValueDict

from ground.files.pictures import JPEG, PDF, sound
from xiuhua.ground.files import upload
from xiuhua.ground.files.forms import DocumentField, PhotosField, VoiceField


class Form(forms.Form):
    photos = PhotosField(required=False)
    voice = VoiceField(required=False)
    letter = DocumentField(required=False)


def filled(**files: list[bytes]) -> Form:
    sent = {name: [SimpleUploadedFile("来信.html", one) for one in sent] for name, sent in files.items()}
    return Form({}, MultiValueDict(sent))


def test_a_sound_form_holds_files_ready_to_keep():
    form = filled(photos=[JPEG, JPEG], voice=[sound("webm")], letter=[PDF])
    assert form.is_valid()
    assert [photo.media_type for photo in form.cleaned_data["photos"]] == ["image/jpeg"] * 2
    assert (form.cleaned_data["voice"].sort, form.cleaned_data["letter"].name) == ("voice", "来信.pdf")


def test_nothing_sent_is_nothing_kept():
    form = filled()
    assert form.is_valid()
    assert form.cleaned_data == {"photos": [], "voice": None, "letter": None}


def test_each_refusal_stands_at_its_field_and_says_which():
    form = filled(photos=[JPEG, b"<svg/>", b""], voice=[JPEG], letter=[b""])
    assert not form.is_valid()
    assert len(form.errors["photos"]) == 2
    assert form.errors["photos"][0].startswith("第 2 张：这个文件是网页或矢量图")
    assert form.errors["photos"][1].startswith("第 3 张：照片是空的")
    assert "不是录音" in form.errors["voice"][0]
    assert "文件是空的" in form.errors["letter"][0]


def test_more_photos_than_a_form_takes():
    form = filled(photos=[JPEG] * 7)
    assert "选了 7 张，一次最多收 6 张" in form.errors["photos"][0]


@pytest.mark.parametrize(("a_file", "a_request", "too_heavy"), [(600, 10**6, 2), (10**6, len(JPEG) + 100, 1)])
def test_what_is_too_heavy_is_let_go_of_and_told_apart_from_nothing(monkeypatch, a_file, a_request, too_heavy):
    monkeypatch.setattr(upload, "A_FILE", a_file)
    monkeypatch.setattr(upload, "A_REQUEST", a_request)
    request = RequestFactory().post("/", {"photos": [SimpleUploadedFile(f"{n}.jpg", JPEG) for n in range(2)]})
    photos = request.FILES.getlist("photos")
    assert [one.size for one in photos] == [len(JPEG)] * 2
    dropped = [one for one in photos if isinstance(one, upload.Dropped)]
    assert len(dropped) == too_heavy
    assert all(one.read() == b"" for one in dropped)
