"""A row gives and takes plain text; the database holds tokens."""

import copy
import pickle
from uuid import uuid4

import pytest
from django.core import checks
from django.db import connection, models
from django.db.migrations.writer import MigrationWriter
from hypothesis import given
from hypothesis import strategies as st

from ground.sealing.app.models import Neighbour, digits_of
from xiuhua.ground.sealing.fields import BlindIndexField, SealedField, SealedRow, sealed_equals, sealed_values
from xiuhua.ground.sealing.keyring import add_key
from xiuhua.ground.sealing.seal import Broken

PHONE = "138-1234-5678"


@pytest.fixture
def neighbour(db):
    return Neighbour.objects.create(name="一", phone=PHONE, notes="高血压")


def raw(row, column="phone"):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM sealing_app_neighbour WHERE id = %s", [row.pk])
        return cursor.fetchone()[0]


def anew(row):
    return Neighbour.objects.get(pk=row.pk)


def test_a_row_gives_plain_text_and_the_table_holds_a_token(neighbour):
    assert neighbour.phone == anew(neighbour).phone == PHONE
    assert PHONE not in raw(neighbour)
    assert raw(neighbour).startswith("k1-")


def test_empty_stays_empty(db):
    row = Neighbour.objects.create(name="空")

    assert (row.phone, raw(row), raw(row, "phone_index"), anew(row).phone) == ("", "", "", "")


def test_a_new_value_replaces_the_old_one(neighbour):
    row = anew(neighbour)
    row.phone = "62571234"
    row.save()

    assert anew(row).phone == "62571234"
    assert Neighbour.objects.filter(sealed_equals(Neighbour, "phone", "62571234")).get() == row


def test_emptied_it_is_empty_and_found_no_more(neighbour):
    neighbour.phone = ""
    neighbour.save(update_fields=["phone"])

    assert (raw(neighbour), raw(neighbour, "phone_index")) == ("", "")


@pytest.mark.parametrize(
    "touch", [lambda row: None, lambda row: row.phone, lambda row: setattr(row, "phone", row.phone)]
)
def test_saved_unchanged_the_token_stays(neighbour, touch):
    before = raw(neighbour)
    row = anew(neighbour)
    touch(row)
    row.name = "二"
    row.save()

    assert raw(row) == before


def test_many_rows_are_made_at_once(db):
    Neighbour.objects.bulk_create([Neighbour(name=str(number), phone=f"1380000000{number}") for number in range(3)])

    assert [row.phone for row in Neighbour.objects.order_by("name")] == ["13800000000", "13800000001", "13800000002"]
    assert Neighbour.objects.get(sealed_equals(Neighbour, "phone", "138 0000 0001")).name == "1"


def test_values_give_the_token(neighbour):
    assert Neighbour.objects.values_list("phone", flat=True).get() == raw(neighbour)
    assert Neighbour.objects.values("phone").get() == {"phone": raw(neighbour)}


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Neighbour.objects.filter(phone=PHONE),
        lambda: Neighbour.objects.exclude(phone__in=[PHONE]),
        lambda: Neighbour.objects.filter(phone__contains="138"),
        lambda: Neighbour.objects.filter(phone__length=3),
        lambda: Neighbour.objects.update(phone=PHONE),
    ],
)
def test_plain_text_never_reaches_the_database(db, wrong):
    with pytest.raises(TypeError, match="lies sealed"):
        wrong()


def test_bulk_update_is_refused(neighbour):
    with pytest.raises(TypeError, match="set it on the row and save that"):
        Neighbour.objects.bulk_update([neighbour], ["phone"])


def test_an_expression_is_refused(neighbour):
    with pytest.raises(TypeError, match="not an expression"):
        neighbour.phone = models.F("notes")


def test_empty_rows_and_tokens_can_be_asked_for(neighbour):
    Neighbour.objects.create(name="空")

    assert Neighbour.objects.filter(phone="").get().name == "空"
    assert Neighbour.objects.exclude(phone="").get() == neighbour
    assert Neighbour.objects.get(phone=Neighbour.objects.values_list("phone", flat=True).first()) == neighbour


def test_left_out_of_a_query_it_is_loaded_when_read(neighbour, django_assert_num_queries):
    row = Neighbour.objects.defer("phone").get()

    with django_assert_num_queries(1):
        assert row.phone == PHONE
        assert row.phone == PHONE


def test_only_some_columns(neighbour, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert Neighbour.objects.only("phone", "seal_id").get().phone == PHONE
    with django_assert_num_queries(2):
        assert Neighbour.objects.only("phone").get().phone == PHONE


def test_set_on_a_row_whose_index_was_not_loaded_the_index_follows(neighbour):
    row = Neighbour.objects.only("phone", "seal_id").get()
    row.phone = "62571234"
    row.save()

    assert Neighbour.objects.filter(sealed_equals(Neighbour, "phone", "6257 1234")).exists()


def test_loaded_anew_it_is_what_the_database_holds(neighbour):
    other = anew(neighbour)
    other.phone = "62571234"
    other.save()

    neighbour.refresh_from_db()
    assert neighbour.phone == "62571234"
    neighbour.save()
    assert raw(neighbour) == raw(other)


@pytest.mark.parametrize("way", [copy.copy, copy.deepcopy, lambda row: pickle.loads(pickle.dumps(row))])
def test_copies_give_the_same_and_are_apart(neighbour, way):
    for row in (neighbour, anew(neighbour), Neighbour(name="未存", phone=PHONE)):
        twin = way(row)
        assert twin.phone == row.phone == PHONE
        twin.phone = "1"
        assert row.phone == PHONE


def test_pickled_a_stored_row_carries_no_plain_text(neighbour):
    row = anew(neighbour)
    assert row.notes == "高血压"

    assert "高血压".encode() not in pickle.dumps(row)


def test_nothing_that_is_printed_shows_it(neighbour):
    assert PHONE not in f"{neighbour!r} {neighbour} {neighbour.__dict__}"


def test_a_token_moved_to_another_row_does_not_open(neighbour):
    other = Neighbour.objects.create(name="二", phone="1")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE sealing_app_neighbour SET phone = %s WHERE id = %s", [raw(neighbour), other.pk])
        cursor.execute("UPDATE sealing_app_neighbour SET notes = phone WHERE id = %s", [neighbour.pk])

    with pytest.raises(Broken, match="sealing_app_neighbour phone"):
        _ = anew(other).phone
    with pytest.raises(Broken, match="sealing_app_neighbour notes"):
        _ = anew(neighbour).notes


def test_a_row_keeps_its_seal_id(neighbour):
    neighbour.seal_id = str(neighbour.seal_id)

    with pytest.raises(TypeError, match="does not change"):
        neighbour.seal_id = uuid4()


@given(st.text(max_size=12), st.text(max_size=12))
def test_found_when_the_normal_forms_are_equal(one, other):
    index = Neighbour._meta.get_field("phone_index")

    assert (index.made_from(one) == index.made_from(other)) == (digits_of(one) == digits_of(other))


def test_found_under_every_key(home, db):
    old = Neighbour.objects.create(name="旧", phone=PHONE)
    add_key()
    new = Neighbour.objects.create(name="新", phone=PHONE)

    assert set(Neighbour.objects.filter(sealed_equals(Neighbour, "phone", "13812345678"))) == {old, new}


@pytest.mark.parametrize("nothing", ["", "-", "无"])
def test_looked_for_nothing_nothing_is_found(db, nothing):
    Neighbour.objects.create(name="空")

    assert not Neighbour.objects.filter(sealed_equals(Neighbour, "phone", nothing)).exists()


def test_a_field_without_an_index_cannot_be_searched():
    with pytest.raises(TypeError, match=r"Neighbour.notes has no blind index"):
        sealed_equals(Neighbour, "notes", "x")


def test_values_are_sealed_without_a_row(db):
    seal_id = uuid4()
    columns = sealed_values(Neighbour, seal_id, {"phone": PHONE, "notes": ""})

    assert set(columns) == {"phone", "phone_index", "notes"}
    row = Neighbour.objects.create(name="一")
    Neighbour.objects.filter(pk=row.pk).update(seal_id=seal_id, **columns)
    assert (anew(row).phone, anew(row).notes) == (PHONE, "")
    assert Neighbour.objects.get(sealed_equals(Neighbour, "phone", PHONE)) == row


def test_values_of_another_field_are_refused():
    with pytest.raises(TypeError, match="no sealed field name"):
        sealed_values(Neighbour, uuid4(), {"name": "一"})


@pytest.mark.parametrize("name", ["phone", "phone_index", "notes", "seal_id"])
def test_written_in_a_migration_a_field_is_the_same(name):
    field = Neighbour._meta.get_field(name)
    _name, path, args, kwargs = field.deconstruct()
    again = type(field)(*args, **kwargs)

    assert path.startswith("xiuhua.ground.sealing.fields.")
    assert again.deconstruct()[1:] == (path, args, kwargs)
    MigrationWriter.serialize(field)


def test_a_sealed_field_is_never_null():
    with pytest.raises(TypeError, match="empty, not null"):
        SealedField(null=True)


def test_a_model_that_cannot_hold_sealed_fields_is_told(isolated):
    class Bare(models.Model):  # noqa: DJ008 - it is only checked
        phone = SealedField()
        phone_index = BlindIndexField("fone")

        class Meta:
            app_label = "sealing_app"
            apps = isolated

    assert {error.id for error in Bare.check() if isinstance(error, checks.Error)} == {"sealing.E001", "sealing.E002"}


def test_models_check_clean():
    assert Neighbour.check() == []
    assert issubclass(Neighbour, SealedRow)


@pytest.fixture
def isolated():
    from django.apps.registry import Apps

    return Apps()
