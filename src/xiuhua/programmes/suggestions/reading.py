"""One suggestion as it lies open before somebody who works here: read, judged, talked over, handed on."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.forms import Form

from xiuhua.ground.files.models import StoredFile
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.journal.naming import actors_named
from xiuhua.ground.scope.masking import mask_phone
from xiuhua.ground.scope.paths import committee_of
from xiuhua.ground.standards import Standards
from xiuhua.ground.territory import drawn
from xiuhua.ground.ui.forms import every_refusal
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.suggestions import memos, permits, proposals, queries, words
from xiuhua.programmes.suggestions.actions.assigning import Unit
from xiuhua.programmes.suggestions.deeds import IN_SIGHT, Deed, deeds_for
from xiuhua.programmes.suggestions.events.queries import event_of
from xiuhua.programmes.suggestions.flow import SuggestionFlow
from xiuhua.programmes.suggestions.forms import AcceptForm, MemoForm, MergeForm, ReplyForm, SortingForm, named, units
from xiuhua.programmes.suggestions.likeness import Likely, alike_to
from xiuhua.programmes.suggestions.models import Suggestion
from xiuhua.programmes.suggestions.reaching import Way, reached, way_to

ROUND_A_POINT_M = 120.0
"""How much of the surroundings the plan of its place shows."""
PHOTOS = 6
HANDED_OUT = ("received", "accepted", "reopened", "passed_on")
"""States in which it is handed to somebody."""


class Reading:
    """A suggestion as a template reads it; what a template does not ask for is not looked up.

    Parameters
    ----------
    here : str
        Query of the inbox in which it lies open; empty on a page of its own. Its forms carry it along.
    after : int or None
        What lies open next, once this one has left the list.
    forms : mapping of str to Form
        Forms that were sent and refused, in place of fresh ones.
    whole : bool
        Name, telephone and own words are shown, this once.
    template : str
        Key of the words that the reply starts from.
    """

    def __init__(
        self,
        actor: Actor,
        row: Suggestion,
        *,
        committees: Mapping[str, str],
        book: Standards,
        here: str = "",
        after: int | None = None,
        forms: Mapping[str, Form] | None = None,
        whole: bool = False,
        template: str = "",
    ) -> None:
        self.actor, self.row, self.committees, self.book = actor, row, committees, book
        self.here, self.after, self.whole, self.template = here, after, whole, template
        self._sent = dict(forms or {})

    @property
    def handles(self) -> bool:
        """Whether this reader may talk to the person and say what it is."""
        return permits.may_handle(self.actor, suggestion=self.row)

    @property
    def decides(self) -> bool:
        """Whether this reader may take it up, hand it on, adopt it."""
        return permits.may_decide(self.actor, suggestion=self.row)

    @cached_property
    def deeds(self) -> list[Deed]:
        """What can be done with it now."""
        return deeds_for(self.actor, self.row)

    @property
    def deeds_in_sight(self) -> list[Deed]:
        """Those that the bar shows."""
        return self.deeds[: self._in_sight]

    @property
    def further_deeds(self) -> list[Deed]:
        """Those that its menu holds."""
        return self.deeds[self._in_sight :]

    @property
    def _in_sight(self) -> int:
        return IN_SIGHT if len(self.deeds) <= IN_SIGHT else IN_SIGHT - 1

    # who and what

    @property
    def name(self) -> str:
        """How the person is called, masked unless asked for."""
        return (self.row.name if self.whole else words.called(self.row.name)) or _("没有留称呼")

    @property
    def phone(self) -> str:
        """Their telephone, masked unless asked for."""
        return self.row.phone if self.whole else mask_phone(self.row.phone)

    @property
    def paragraphs(self) -> list[str]:
        """What they said: their own words where asked for, else without personal data."""
        text = self.row.words if self.whole else self.row.masked_words
        return [line for line in (text or "").splitlines() if line.strip()]

    @property
    def when(self) -> str:
        """When it came."""
        return words.when(self.row.submitted_at)

    @property
    def source(self) -> str:
        """How it came, and from which place."""
        return _("，").join(filter(None, [self.row.get_source_display(), self.row.outside_number]))

    @cached_property
    def event(self) -> Any:
        """At which event it was said, where this reader sees that."""
        return event_of(self.row, self.actor)

    @property
    def where(self) -> str:
        """Which committee it is about."""
        return words.where(self.row, self.committees)

    @property
    def unit(self) -> str:
        """Who has it in hand."""
        return words.unit_of(self.row, self.committees, self.book)

    @property
    def helper(self) -> str:
        """Who helps."""
        return words.unit(self.row.co_section, self.row.co_unit_path, self.committees, self.book)

    @property
    def tone(self) -> str:
        """Colour of the chip that names its state."""
        return words.TONES.get(self.row.state, "")

    @property
    def due(self) -> str:
        """How much time is left."""
        return words.due(self.row)

    @property
    def due_tone(self) -> str:
        """Colour of what `due` says."""
        return words.due_tone(self.row)

    @property
    def category(self) -> str:
        """What it is about."""
        return self.book.suggestions.category_name(self.row.category)

    @property
    def category_next(self) -> str:
        """What it might be about instead, with how sure that is; empty where a person has said what it is."""
        if self.row.sorted_at or not self.row.category_next:
            return ""
        name = self.book.suggestions.category_name(self.row.category_next)
        return _("其次「%(name)s」%(sure)s") % {"name": name, "sure": words.sure(self.row.category_next_sure)}

    @property
    def nature_means(self) -> str:
        """What its nature means, in a few words."""
        return {
            "suggestion": _("不是报修，也不是个人诉求"),
            "service": _("要人上门或者修理，不是建议"),
            "claim": _("说的是自己的一件具体诉求，走信访"),
        }[self.row.nature]

    @property
    def nature_sure(self) -> str:
        """How sure the system was of its nature."""
        return words.sure(self.row.nature_sure)

    @property
    def category_sure(self) -> str:
        """How sure the system was of its category."""
        return words.sure(self.row.category_sure)

    @property
    def terms(self) -> list[dict[str, Any]]:
        """Terms that the rule book sets for it, each with the figure that it rests on."""
        return words.terms(self.row, self.book)

    @property
    def dues(self) -> list[tuple[str, str]]:
        """By when what is owed, or when it was done."""
        return words.dues(self.row)

    # what came along

    @cached_property
    def files(self) -> list[StoredFile]:
        """What came along with it (one query)."""
        return list(StoredFile.objects.of(self.row))

    @property
    def photos(self) -> list[StoredFile]:
        """Photographs."""
        return [file for file in self.files if file.sort == "photo"][:PHOTOS]

    @property
    def voices(self) -> list[StoredFile]:
        """Recordings."""
        return [file for file in self.files if file.sort == "voice"]

    @property
    def documents(self) -> list[StoredFile]:
        """Documents."""
        return [file for file in self.files if file.sort == "document"]

    @cached_property
    def plan(self) -> drawn.Drawing | None:
        """A plan around its point, where it has one."""
        if self.row.lon is None or self.row.lat is None:
            return None
        point = (self.row.lon, self.row.lat)
        return drawn.drawing_of(
            self.actor,
            drawn.around((*point, *point), ROUND_A_POINT_M),
            label=_("%(place)s周围的平面图") % {"place": self.row.place or self.where},
            doors=[(point, "", self.row.title, "")],
        )

    # what was said and decided

    @cached_property
    def replies(self) -> list[dict[str, Any]]:
        """What was said to the person, in order, with who said it."""
        found = queries.replies_to(self.row)
        who = actors_named({reply.by for reply in found}, self.actor) if found else {}
        return [
            {
                "title": reply.get_kind_display(),
                "words": reply.words,
                "when": words.when(reply.said_at),
                "by": who.get(reply.by, ""),
                "by_message": reply.by_message,
            }
            for reply in found
        ]

    @cached_property
    def memos(self) -> list[dict[str, str]]:
        """What colleagues said to each other: for those who handle it."""
        return memos.left_on(self.row, self.actor, self.committees, self.book) if self.handles else []

    @cached_property
    def merged_from(self) -> list[Suggestion]:
        """What was merged into it."""
        return list(self.row.merged_from.defer("words", "name", "phone", "token", "rating_words").order_by("pk"))

    @cached_property
    def alike(self) -> list[Likely]:
        """What may be about the same matter."""
        return list(alike_to(self.row, self.actor)) if self.merges else []

    @property
    def merges(self) -> bool:
        """Whether it can be merged at all."""
        return self.decides and SuggestionFlow.allows("merge", self.row.state)

    @cached_property
    def proposed(self) -> list[proposals.Proposed]:
        """Projects that it might go into."""
        if self.row.project_id or not self.decides or not SuggestionFlow.allows("adopt", self.row.state):
            return []
        return proposals.fitting(self.row, proposals.adopting(self.actor))

    @property
    def adopts(self) -> bool:
        """Whether it can be adopted now."""
        return self.decides and self.row.nature != "claim" and SuggestionFlow.allows("adopt", self.row.state)

    # forms

    @property
    def hands_out(self) -> bool:
        """Whether it is to be handed to somebody now."""
        return self.decides and self.row.state in HANDED_OUT

    @cached_property
    def sorting_form(self) -> Form:
        """What it is."""
        row = self.row
        places = [(row.subdistrict, _("全街道")), *self.committees.items()]
        initial = {"nature": row.nature, "category": row.category, "path": committee_of(row.path)}
        return self._sent.get("sorting") or SortingForm(book=self.book, places=places, initial=initial)

    @cached_property
    def proposed_unit(self) -> Unit | None:
        """Who usually sees to such things; nobody once it is in a hand."""
        return proposals.usual_unit(self.row, self.actor) if not self.row.has_unit else None

    @cached_property
    def accept_form(self) -> Form:
        """Who takes it in hand, with who usually does."""
        row = self.row
        own, helping = Unit(row.section, row.unit_path), Unit(row.co_section, row.co_unit_path)
        initial = {
            "unit": named(own if own else self.proposed_unit or Unit()),
            "with_unit": named(helping),
            "is_complex": row.is_complex,
        }
        return self._sent.get("accept") or AcceptForm(choices=units(self.book, self.committees), initial=initial)

    @cached_property
    def merge_form(self) -> Form:
        """Which are one and the same."""
        choices = [(str(one.other.pk), one.other.title) for one in self.alike]
        return self._sent.get("merge") or MergeForm(choices=choices)

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """What kinds of word to the person are due now: a first contact, an answer."""
        found = []
        if self.row.is_owed and self.row.contacted_at is None:
            found.append(("contact", _("首次联系")))
        if SuggestionFlow.allows("answer", self.row.state):
            found.append(("answer", _("答复")))
        return found if self.handles else []

    @property
    def kind(self) -> str:
        """Which of them is proposed."""
        sent = self.reply_form.data.get("kind") if self.reply_form.is_bound else ""
        chosen = self.book.suggestions.templates.get(self.template)
        return sent or (chosen.kind if chosen else "") or (self.kinds[0][0] if self.kinds else "")

    @cached_property
    def templates(self) -> list[dict[str, str]]:
        """First words of replies for the kinds that are due, with the person addressed."""
        kinds = {kind for kind, _title in self.kinds}
        return [
            {"key": key, "kind": one.kind, "name": one.name, "words": self.begun(str(one.text.value))}
            for key, one in self.book.suggestions.templates.items()
            if one.kind in kinds
        ]

    @cached_property
    def reply_form(self) -> Form:
        """What is said to the person."""
        begun = next((one["words"] for one in self.templates if one["key"] == self.template), "")
        choices = [(one["key"], one["name"]) for one in self.templates]
        initial = {"template": self.template, "words": begun}
        return self._sent.get("reply") or ReplyForm(choices=choices, initial=initial)

    def begun(self, text: str) -> str:
        """First words with the person addressed, where they said how they are called."""
        return words.begun(self.row, text)

    @property
    def memo_form(self) -> Form:
        """A word for colleagues."""
        return self._sent.get("memo") or MemoForm()

    @property
    def by_message(self) -> bool:
        """Whether what is said goes out as a text message."""
        return way_to(self.row) is Way.MESSAGE

    @property
    def reached(self) -> str:
        """How the person reads what is said to them."""
        return reached(self.row)

    @property
    def refused(self) -> list[str]:
        """What was refused and stands at no field of this page: about the whole, or of a form that is gone by now."""
        return [
            reason
            for name, form in self._sent.items()
            for reason in ([*form.non_field_errors()] if self._draws(name) else every_refusal(form))
        ]

    @property
    def unsent(self) -> str:
        """Words that were typed into a box that is gone by now."""
        reply = self._sent.get("reply")
        return "" if reply is None or self._draws("reply") else str(reply.data.get("words", "")).strip()

    def _draws(self, name: str) -> bool:
        """Whether a form is on the page as things stand now."""
        drawn = {"sorting": self.handles, "accept": self.hands_out, "merge": self.merges, "reply": bool(self.kinds)}
        return drawn.get(name, True)
