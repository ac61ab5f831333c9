"""Columns whose values lie sealed (封存字段), and what finds a row by such a value.

A row in memory gives and takes plain text; the database holds tokens, bound to table, column and the row's `seal_id`.
Whatever would carry plain text past that (a queryset's ``update``, a filter) is a `TypeError`.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.core import checks
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q
from django.db.models.expressions import Combinable
from django.db.models.query_utils import DeferredAttribute

from xiuhua.ground.sealing.keyring import keyring
from xiuhua.ground.sealing.ringfile import LONGEST_ID
from xiuhua.ground.sealing.seal import blind_index, seal, unseal
from xiuhua.ground.sealing.tokens import Held, Token, is_unopened, unopened

if TYPE_CHECKING:
    _Text = models.TextField[str | Combinable, str]
    _Char = models.CharField[str | Combinable, str]
    _UUID = models.UUIDField[UUID | str, UUID]
else:
    _Text, _Char, _UUID = models.TextField, models.CharField, models.UUIDField

_LOOKUPS = {"exact", "in", "isnull"}
_HEX = 64


class _SetOnce(DeferredAttribute):
    """A value that a row keeps for life, since its sealed values open under no other."""

    def __set__(self, instance: models.Model, value: Any) -> None:
        name = self.field.attname
        value = self.field.to_python(value)
        if instance.__dict__.setdefault(name, value) != value:
            message = f"{name} of a row does not change: its sealed values are bound to it. Make a new row instead."
            raise TypeError(message)


class SealIdField(_UUID):
    """The number that a row's sealed values are bound to; known before the row is written."""

    descriptor_class = _SetOnce


class SealedRow(models.Model):
    """A row with sealed fields.

    Its `seal_id` is drawn when the row is made, so that its values can be sealed before it has a primary key. It must
    be loaded for a sealed field to be read: name it in ``only(...)``. A ``bulk_create`` that updates rows in conflict
    must not update sealed columns: they would be bound to a `seal_id` that was thrown away.
    """

    seal_id = SealIdField(default=uuid4, unique=True, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row; a sealed field takes its blind index along."""
        indexes = indexes_of(type(self))
        for index in indexes:
            index.fill(self)
        if kwargs.get("update_fields") is not None:
            names = set(kwargs["update_fields"])
            kwargs["update_fields"] = names | {index.name for index in indexes if index.of in names}
        super().save(*args, **kwargs)

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        """Load the row anew; sealed values come over sealed."""
        with unopened():
            super().refresh_from_db(*args, **kwargs)


class _Opened(DeferredAttribute):
    """A sealed field of a row: plain text to the reader, unsealed when it is first read."""

    field: "SealedField"

    def __get__(self, instance: models.Model | None, cls: type[models.Model] | None = None) -> Any:
        if instance is None:
            return self
        name = self.field.attname
        if name not in instance.__dict__:
            with unopened():
                super().__get__(instance, cls)
        held = instance.__dict__[name]
        if not isinstance(held, Held) or is_unopened():
            return held
        if held.plain is None and held.token is not None:
            held.plain = unseal(held.token, *self.field.place(instance))
        return held.plain

    def __set__(self, instance: models.Model, value: Any) -> None:
        if hasattr(value, "resolve_expression"):
            raise TypeError(_told(self.field, "takes plain text, not an expression"))
        before = instance.__dict__.get(self.field.attname)
        if isinstance(value, Token):
            value = Held(value, None) if value else ""
        elif value and not isinstance(value, Held):
            text = str(value)
            value = before if isinstance(before, Held) and before.plain == text else Held(None, text)
        instance.__dict__[self.field.attname] = value


class SealedField(_Text):
    """A text that lies sealed in the database. Empty stays empty; there is no null.

    ``values()`` and ``values_list()`` give the token; ``dumpdata`` leaves the column out.
    """

    descriptor_class = _Opened

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if kwargs.get("null"):
            message = "a sealed field is left empty, not null"
            raise TypeError(message)
        kwargs["serialize"] = False
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["serialize"]
        return name, path, args, kwargs

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        found = super().check(**kwargs)
        if not issubclass(self.model, SealedRow):
            found.append(checks.Error("A model with a sealed field is a SealedRow.", obj=self, id="sealing.E001"))
        return found

    def place(self, instance: models.Model) -> tuple[str, str, str]:
        """Where the value of a row lies: table, column and the row's `seal_id`."""
        return self.place_of(instance.seal_id)  # type: ignore[attr-defined]

    def place_of(self, seal_id: UUID) -> tuple[str, str, str]:
        """Where a value lies, by the `seal_id` of its row."""
        return self.model._meta.db_table, str(self.column), str(seal_id)

    def sealed(self, plain: str, seal_id: UUID) -> Token:
        """Return the token of a plain text; of the empty one, the empty token."""
        return Token(seal(plain, *self.place_of(seal_id))) if plain else Token()

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Return what is written: the row's own token while its text is the same, else a fresh one."""
        with unopened():
            held = getattr(model_instance, self.attname)
        if not isinstance(held, Held):
            return held
        if held.token is None:
            held = Held(Token(seal(held.plain or "", *self.place(model_instance))), held.plain)
            model_instance.__dict__[self.attname] = held
        return held.token

    def from_db_value(self, value: str | None, *_: Any) -> Token | None:
        return None if value is None else Token(value)

    def get_prep_value(self, value: Any) -> Any:
        if value and not isinstance(value, Token):
            raise TypeError(
                _told(self, "lies sealed: set it on the row and save that; to find a row by it, use sealed_equals()")
            )
        return value

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name not in _LOOKUPS:
            raise TypeError(_told(self, f"lies sealed: {lookup_name!r} finds nothing; use sealed_equals()"))
        return super().get_lookup(lookup_name)


class BlindIndexField(_Char):
    """What finds rows by a sealed field (盲索引), kept along with it.

    A unique constraint on it holds within one key only: while keys are being rotated, ask `sealed_equals` as well.

    Parameters
    ----------
    of : str
        Name of the sealed field.
    normal : callable, optional
        Brings a value to the form in which values are compared, such as a telephone number to its digits. It is named
        in migrations, so it stands in a module.
    """

    def __init__(self, of: str = "", normal: Callable[[str], str] | None = None, **kwargs: Any) -> None:
        self.of = of
        self.normal = normal
        super().__init__(**{**self._given(), **kwargs})

    @staticmethod
    def _given() -> dict[str, Any]:
        return {
            "max_length": LONGEST_ID + 1 + _HEX,
            "blank": True,
            "default": "",
            "db_index": True,
            "editable": False,
        }

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        given = self._given()
        kwargs = {word: value for word, value in kwargs.items() if word not in given or value != given[word]}
        kwargs |= {"of": self.of} | ({"normal": self.normal} if self.normal else {})
        return name, path, args, kwargs

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        """Return the column's type, by its long name on PostgreSQL: to a ``varchar`` Django adds an index for LIKE.

        Nobody looks for the beginning of a blind index, and three indexes more slow a large import by a quarter.
        """
        found = super().db_type(connection)
        if found and connection.vendor == "postgresql":
            return found.replace("varchar", "character varying", 1)
        return found

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        found = super().check(**kwargs)
        if self.of not in {field.name for field in sealed_fields_of(self.model)}:
            message = f"A blind index names a sealed field of its own model, not {self.of!r}."
            found.append(checks.Error(message, obj=self, id="sealing.E002"))
        return found

    def made_from(self, plain: str, kid: str | None = None) -> str:
        """Return the index of a plain text; empty where nothing is left of it to compare."""
        normal = self.normal(plain) if self.normal else plain
        return blind_index(normal, self.model._meta.db_table, self.of, kid) if normal else ""

    def fill(self, instance: models.Model) -> None:
        """Bring a row's index in line with its sealed field, where that was read or set."""
        held = instance.__dict__.get(self._sealed().attname)
        if isinstance(held, Held) and held.plain is not None:
            setattr(instance, self.attname, self.made_from(held.plain))
        elif held == "":
            setattr(instance, self.attname, "")

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        self.fill(model_instance)
        return super().pre_save(model_instance, add)

    def _sealed(self) -> SealedField:
        field = self.model._meta.get_field(self.of)
        if not isinstance(field, SealedField):
            raise TypeError(_told(self, f"is the index of {self.of}, which is no sealed field"))
        return field


@cache
def sealed_fields_of(model: type[models.Model]) -> tuple[SealedField, ...]:
    """Return a model's sealed fields."""
    return tuple(field for field in model._meta.concrete_fields if isinstance(field, SealedField))


@cache
def indexes_of(model: type[models.Model]) -> tuple[BlindIndexField, ...]:
    """Return a model's blind indexes."""
    return tuple(field for field in model._meta.concrete_fields if isinstance(field, BlindIndexField))


def sealed_equals(model: type[models.Model], name: str, value: str) -> Q:
    """Return the condition that a sealed field holds a value, under whichever key it was sealed.

    An empty value finds nothing.

    Raises
    ------
    TypeError
        The field has no blind index.
    """
    for index in indexes_of(model):
        if index.of == name:
            found = {index.made_from(value, kid) for kid in keyring().ids} - {""}
            return Q(**{f"{index.name}__in": sorted(found)})
    message = f"{model._meta.label}.{name} has no blind index: give it a BlindIndexField({name!r})"
    raise TypeError(message)


def sealed_values(model: type[models.Model], seal_id: UUID, values: Mapping[str, str]) -> dict[str, str]:
    """Seal values of a row that is not in memory, for a set-based import.

    Parameters
    ----------
    model : type of Model
        The table they go to.
    seal_id : UUID
        The row's; it must be written with them.
    values : Mapping of str to str
        Plain text by field name.

    Returns
    -------
    dict of str to str
        Tokens and blind indexes by column.

    Raises
    ------
    TypeError
        A name is no sealed field of the model.
    """
    fields = {field.name: field for field in sealed_fields_of(model)}
    if unknown := values.keys() - fields.keys():
        message = f"{model._meta.label} has no sealed field {', '.join(sorted(unknown))}"
        raise TypeError(message)
    row: dict[str, str] = {
        str(fields[name].column): fields[name].sealed(text, seal_id) for name, text in values.items()
    }
    return row | {
        str(index.column): index.made_from(values[index.of]) for index in indexes_of(model) if index.of in values
    }


def _told(field: "models.Field[Any, Any]", what: str) -> str:
    return f"{field.model._meta.label}.{field.name} {what}"
