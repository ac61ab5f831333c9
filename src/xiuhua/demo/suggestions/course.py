"""What becomes of one thing that somebody said (一件建议的一生): by the programme's own verbs, each at its moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from random import Random

from xiuhua.demo.calendar import Deed
from xiuhua.demo.suggestions.drawings import drawn
from xiuhua.demo.suggestions.office import Office
from xiuhua.demo.suggestions.plan import Case
from xiuhua.demo.suggestions.voices import Voices
from xiuhua.ground.files.models import StoredFile
from xiuhua.ground.journal.actions import Done
from xiuhua.ground.journal.actors import Actor, Visitor
from xiuhua.ground.territory.days import today
from xiuhua.programmes.suggestions import actions, intake
from xiuhua.programmes.suggestions.actions.assigning import Unit
from xiuhua.programmes.suggestions.heard import Heard
from xiuhua.programmes.suggestions.models import Source, Suggestion
from xiuhua.programmes.suggestions.sorting.personal import find
from xiuhua.programmes.suggestions.sorting.words import title_of

_WHAT, _SOON = ("这件事", "您讲的情况", "这一条"), ("今天下午", "明天上午", "后天上午")
_SECTIONS = ("management", "self_governance", "services", "planning", "safety")
_STARS = ((5, 4, 3, 2, 1), (56, 27, 9, 5, 3))
"""How satisfied people are, and how many of them in a hundred."""


class Course:
    """One case from the first word to the last."""

    def __init__(self, case: Case, *, project: str, office: Office, voices: Voices, rng: Random) -> None:
        self._case, self._project, self._office, self._voices, self._rng = case, project, office, voices, rng
        self._suggestion: Suggestion | None = None
        self._told = ""
        self.into: Course | None = None

    def deeds(self) -> Iterator[Deed]:
        """What happens, in order."""
        case, chance = self._case, self._rng.random
        yield Deed(case.at, self._say)
        if case.stage in ("received", "late"):
            return
        contact = self._office.working(case.at, 1 if chance() < 0.95 or case.stage else 3)
        if case.source in (Source.TELEPHONE, Source.VISIT):
            contact = case.at + timedelta(minutes=9)
        if chance() < 0.55 or case.row.nature != "suggestion" or case.stage:
            yield Deed(contact - timedelta(minutes=4), self._confirm)
        else:
            yield Deed(contact - timedelta(minutes=4), self._mend)
        if case.phone or case.account is not None:
            yield Deed(contact, self._contact)
        if case.stage != "contacted":
            yield from self._handled(self._office.working(contact, self._rng.choice((0, 0, 0, 1, 1, 2))))

    def _handled(self, accepted: datetime) -> Iterator[Deed]:
        case, chance = self._case, self._rng.random
        if self.into is not None:
            yield Deed(accepted, self._merge)
            return
        if case.row.nature != "suggestion" and not case.stage:
            yield from self._passed_on(accepted)
            return
        is_complex = case.row.fate.startswith("p=") or (chance() < 0.1 and not case.stage)
        yield Deed(accepted, lambda: self._accept(is_complex=is_complex))
        if case.stage in ("accepted", "overdue"):
            return
        if chance() < 0.06:
            yield Deed(self._office.working(accepted, 0), self._transfer)
        takes_longer = is_complex or chance() < 0.04
        if takes_longer and not is_complex:
            yield Deed(accepted + timedelta(hours=2), self._extend)
        days = self._rng.randrange(5, 13) if takes_longer else self._rng.randrange(1, 3)
        told = self._office.working(accepted, days + (6 if chance() < 0.03 else 0))
        yield Deed(told, self._tell)
        yield from self._afterwards(told)

    def _passed_on(self, at: datetime) -> Iterator[Deed]:
        yield Deed(at, self._pass_on)
        days = self._rng.randrange(12, 30) if self._case.row.nature == "claim" else self._rng.randrange(1, 3)
        told = self._office.working(at, days)
        yield Deed(told, self._answer)
        yield from self._afterwards(told)

    def _afterwards(self, told: datetime) -> Iterator[Deed]:
        case, chance = self._case, self._rng.random
        rated = told.replace(hour=18) + timedelta(days=self._rng.randrange(8), minutes=self._rng.randrange(240))
        again = case.stage == "reopened" or (case.row.fate[:1] in "ax" and chance() < 0.045)
        stars = 1 + self._rng.randrange(2) if again else self._rng.choices(*_STARS)[0]
        if chance() < 0.56 or again:
            yield Deed(rated, lambda: self._rate(stars))
        if again:
            yield from self._again(rated + timedelta(minutes=7))
            return
        closing = self._office.working(rated, 1)
        if stars > 3 and chance() < 0.2 and not case.row.fate.startswith("p="):
            yield Deed(closing, self._close)
        if case.row.nature == "suggestion" and case.row.fate[0] in "ap" and chance() < (0.5 if case.photo else 0.18):
            drafted = self._office.working(told, self._rng.randrange(1, 7))
            yield Deed(drafted, self._draft)
            yield Deed(self._office.working(drafted, self._rng.choice((0, 1, 1, 2))), self._publish)

    def _again(self, at: datetime) -> Iterator[Deed]:
        yield Deed(at, self._reopen)
        if self._case.stage == "reopened":
            return
        later = self._office.working(at, self._rng.randrange(1, 5))
        yield Deed(later, self._answer_again)
        if self._rng.random() < 0.5:
            yield Deed(later.replace(hour=20), lambda: self._rate(self._rng.choice((3, 4, 5))))

    def _say(self) -> None:
        case, office = self._case, self._office
        spot = office.spots[case.spot] if case.spot is not None else None
        actor: Actor = Visitor()
        phone = case.phone
        if case.account is not None:
            actor, phone = office.residents[case.account], office.residents[case.account].phone
        elif case.source in (Source.TELEPHONE, Source.PAPER, Source.VISIT, Source.HOTLINE):
            actor = office.hears()
        hotline = case.source == Source.HOTLINE
        heard = Heard(
            words=case.words,
            source=case.source,
            name=case.name,
            phone=phone,
            wants_reply=case.wants_reply and bool(phone),
            place=spot.name if spot else case.here.name if case.named else "",
            lon=case.here.lon if case.pointed or spot else None,
            lat=case.here.lat if case.pointed or spot else None,
            files=(drawn(case.photo),) if case.photo else (),
            outside_number=f"{case.at:%Y%m%d}{self._rng.randrange(10**5):05d}" if hotline else "",
            spot=spot.pk if spot else None,
        )
        self._suggestion = intake.take_in(actor=actor, subdistrict=office.subdistrict, heard=heard)

    def _confirm(self) -> None:
        """Say what it is, as it was written for."""
        row, path = self._case.row, self._office.committee_at(self._case.here)
        nature = row.nature if self._case.stage == "" else "suggestion"
        self._do(
            actions.confirm_sorting, actor=self._office.decides(""), nature=nature, category=row.category, path=path
        )

    def _mend(self) -> None:
        """Say what it is where it was taken for something else."""
        row, now = self._case.row, self._now()
        if (now.nature, now.category) != (row.nature, row.category):
            self._confirm()

    def _contact(self) -> None:
        words, _core = self._voices.answer(
            self._voices.one_of("contact", "words"), self._case.name, here=self._case.here.name,
            last=False, what=self._rng.choice(_WHAT), soon=self._rng.choice(_SOON),
        )  # fmt: skip
        self._do(actions.contact, actor=self._decider(), words=words)

    def _accept(self, *, is_complex: bool) -> None:
        unit = None if self._case.stage == "accepted" else self._unit()
        helper = Unit(section="self_governance") if unit and unit.path else None
        self._do(
            actions.accept, actor=self._decider(), unit=unit, is_complex=is_complex,
            with_unit=helper if self._rng.random() < 0.4 else None,
        )  # fmt: skip

    def _unit(self) -> Unit:
        path = self._now().path
        if self._case.row.unit == "committee" and path != self._office.subdistrict.path:
            return Unit(path=path)
        return Unit(section=self._case.row.unit if self._case.row.unit in _SECTIONS else "self_governance")

    def _transfer(self) -> None:
        others = [one for one in _SECTIONS if one != self._now().section]
        reason = self._voices.one_of("reasons", "transfer")
        self._do(actions.transfer, actor=self._decider(), unit=Unit(section=self._rng.choice(others)), reason=reason)

    def _extend(self) -> None:
        self._do(actions.extend, actor=self._decider(), reason=self._voices.one_of("reasons", "extend"))

    def _merge(self) -> None:
        assert self.into is not None
        self._do(actions.merge, actor=self._decider(), into=self.into._now())

    def _pass_on(self) -> None:
        notice, due = self._case.row.answer.partition(" // ")[0], self._now().reply_due_on
        words, _core = self._voices.answer(
            notice, self._case.name, here=self._case.here.name, due=_said(due or today())
        )
        self._do(actions.pass_on, actor=self._decider(), road=self._case.row.fate.removeprefix("x="), notice=words)

    def _tell(self) -> None:
        if self._case.row.fate == "d":
            self._do(actions.decline, actor=self._decider(), words=self._words(self._case.row.answer))
        elif self._project:
            words = self._words(self._case.row.answer)
            project = self._office.project(self._project)
            self._do(actions.adopt, actor=self._decider(), project=project, words=words)
        else:
            self._answer()

    def _answer(self) -> None:
        text = self._case.row.answer
        self._do(actions.answer, actor=self._decider(), words=self._words(text.partition(" // ")[2] or text))

    def _answer_again(self) -> None:
        words = self._words(self._voices.one_of("again", "answers"))
        self._do(actions.answer, actor=self._decider(), words=words)

    def _words(self, text: str) -> str:
        day = today()
        words, self._told = self._voices.answer(
            text,
            self._case.name,
            here=self._case.here.name,
            day=_said(day - timedelta(days=self._rng.randrange(2))),
            next=_said(day + timedelta(days=self._rng.randrange(6, 24))),
        )
        return words

    def _rate(self, stars: int) -> None:
        kind = "good" if stars > 3 else "fair" if stars == 3 else "bad"
        words = self._voices.one_of("rating", kind) if self._rng.random() < 0.6 or stars < 4 else ""
        self._do(actions.rate, actor=self._person(), stars=stars, words=words, token=self._now().token)

    def _reopen(self) -> None:
        words = self._voices.one_of("again", "words")
        self._do(actions.reopen, actor=self._person(), words=words, token=self._now().token)

    def _close(self) -> None:
        self._do(actions.close, actor=self._decider())

    def _draft(self) -> None:
        title, words, answer = title_of(self._case.core), self._case.core, self._told
        if not any(find(text) for text in (title, words, answer)):
            self._do(actions.draft_publication, actor=self._office.planner, title=title, words=words, answer=answer)

    def _publish(self) -> None:
        if self._now().public_state == "drafted":
            photos = [str(file.pk) for file in StoredFile.objects.of(self._now()).standing().photos()]
            self._do(actions.publish, actor=self._office.head, photos=photos)

    def _person(self) -> Actor:
        return Visitor() if self._case.account is None else self._office.residents[self._case.account]

    def _decider(self) -> Actor:
        return self._office.decides(self._now().path)

    def _now(self) -> Suggestion:
        assert self._suggestion is not None
        return self._suggestion

    def _do(self, verb: Callable[..., Done[Suggestion]], **said: object) -> None:
        self._suggestion = verb(suggestion=self._now(), **said).subject


def _said(day: date) -> str:
    return f"{day.month}月{day.day}日"
