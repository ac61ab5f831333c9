"""Entries as their overseers read them: who, as what, did what to whom, why, where, and whether it was allowed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist

from xiuhua.ground.clock import now
from xiuhua.ground.journal import known, telling
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.journal.models import Entry, Outcome
from xiuhua.ground.journal.naming import Named, all_named
from xiuhua.ground.journal.verbs import words_for
from xiuhua.ground.scope.paths import committee_of
from xiuhua.ground.standards import on
from xiuhua.ground.words import gettext as _


@dataclass(frozen=True, slots=True)
class Line:
    """One entry in words."""

    entry: Entry
    who: str
    roles: str
    what: str
    whose: Named
    why: str
    place: str

    @property
    def refused(self) -> bool:
        return self.entry.outcome == Outcome.REFUSED


def lines_of(entries: Sequence[Entry], reader: Actor) -> list[Line]:
    """Put entries into words: one look-up a kind of thing, however many entries."""
    people = {entry.actor for entry in entries} | {entry.behalf for entry in entries if entry.behalf}
    subjects = {(entry.subject_type, entry.subject_id) for entry in entries if entry.subject_type}
    who, things = all_named(people, subjects, reader)
    roles = known.roles_of({(entry.behalf or entry.actor, entry.at) for entry in entries}, reader)
    places = known.places_of({committee_of(entry.territory) for entry in entries if entry.territory})
    return [
        Line(
            entry=entry,
            who=_by(entry, who),
            roles=roles.get((entry.behalf or entry.actor, entry.at), ""),
            what=words_for(entry.verb),
            whose=things.get((entry.subject_type, entry.subject_id), Named("")),
            why=why_of(entry),
            place=places.get(committee_of(entry.territory), ""),
        )
        for entry in entries
    ]


def why_of(entry: Entry) -> str:
    """The purpose that was stated; for a refused attempt, what stood against it."""
    if entry.outcome == Outcome.REFUSED:
        return {"permission": _("没有这个权限"), "rule": _("规则不允许")}.get(
            str(entry.facts.get("why")), _("没有办成")
        )
    purpose = entry.facts.get("purpose")
    return on(now().date()).privacy.purpose_name(str(purpose)) if purpose else ""


def facts_in_words(entry: Entry) -> list[tuple[str, Any]]:
    """What an entry notes besides, as it was written: names of fields and counts, never personal values."""
    return [
        telling.fact_of(entry, name, value) or (name_of(entry, name), _said(entry, name, value))
        for name, value in sorted(entry.facts.items())
        if name not in {"purpose", "why", "told"} and value not in ("", None, [], {})
    ]


def changes_in_words(entry: Entry) -> str:
    """Which fields of a thing an act changed, as the reader calls them; empty where it tells of none."""
    changed = entry.facts.get("fields")
    if entry.outcome != Outcome.DONE or not isinstance(changed, list) or not changed:
        return ""
    return _("改了%(fields)s") % {"fields": _listed(entry, "fields", changed)}


def _said(entry: Entry, name: str, value: Any) -> Any:
    """A value as its field's choices call it, a list in a line, else as it was written."""
    if isinstance(value, list):
        return _listed(entry, name, value)
    choices = dict(getattr(_field(entry, name), "flatchoices", ()))
    return str(choices[value]) if isinstance(value, str | int) and value in choices else value


def _listed(entry: Entry, name: str, values: list[Any]) -> str:
    words = [_field_of(entry, str(value)) or str(value) for value in values] if name == "fields" else map(str, values)
    return _("、").join(words)


def name_of(entry: Entry, name: str) -> str:
    """What a fact or a sealed value is called: as the field of the thing that the entry is about, else as here."""
    words = {
        "note": _("说明"),
        "words": _("说明"),
        "said": _("当时的提示"),
        "reason": _("理由"),
        "rows": _("行数"),
        "count": _("数目"),
        "filters": _("筛选"),
        "asked": _("筛选"),
        "list": _("名单"),
        "residents": _("人数"),
        "resident": _("居民编号"),
        "user": _("账号编号"),
        "role": _("角色"),
        "fields": _("哪几项"),
        "form": _("形式"),
        "about": _("事项"),
        "to_be_erased": _("列入待删除"),
        "keys": _("粉碎的钥匙"),
        "before": _("哪一年以前"),
        "entries": _("条目"),
        "chains": _("链"),
        "faults": _("有出入"),
        "places": _("在哪里"),
        "number": _("序号"),
        "figure": _("哪个数值"),
        "value": _("定成"),
        "was": _("原来"),
        "masked": _("只存不用、仍然遮着的居民"),
        "kept_only": _("只存不用、仍打开了的居民"),
    }
    return words.get(name) or _field_of(entry, name) or name


def _field_of(entry: Entry, name: str) -> str:
    """What a field of the thing that the entry is about is called; empty where it has none of that name."""
    return str(getattr(_field(entry, name), "verbose_name", ""))


def _field(entry: Entry, name: str) -> Any:
    """That field itself, if there is one."""
    try:
        return apps.get_model(entry.subject_type)._meta.get_field(name)
    except (LookupError, ValueError, FieldDoesNotExist):
        return None


def _by(entry: Entry, who: dict[str, str]) -> str:
    if not entry.behalf:
        return who[entry.actor]
    return _("%(part)s（代%(person)s）") % {"part": who[entry.actor], "person": who[entry.behalf]}
