"""A small verb for the tests of the record: name a subdistrict anew."""

from shapely import box

from xiuhua.ground.journal import values
from xiuhua.ground.journal.actions import Done, action, locked
from xiuhua.ground.journal.actors import System
from xiuhua.ground.journal.record import reference_of
from xiuhua.ground.layers.geometry import placed
from xiuhua.ground.territory.models import Subdistrict
from xiuhua.ground.verdicts import Reason, Refused

SYSTEM = System("test")


def always(actor, **_):
    return True


@action("test.settle", says="落地", permits=always)
def settle(*, actor, path="310107014", name="试验街道"):
    return Done(Subdistrict.objects.create(path=path, name=name, **placed(box(121.0, 31.0, 121.1, 31.1))))


@action("test.rename", says="改名", permits=always)
def rename(*, actor, subdistrict, name):
    subdistrict = locked(subdistrict)
    if not name:
        raise Refused(Reason("名称空着", field="name", mend="请填名称"))
    before, subdistrict.name = subdistrict.name, name
    subdistrict.save(update_fields=["name"])
    return Done(subdistrict, {"fields": ["name"]}, sealed={"name": [before, name]})


@action("test.forget", says="忘掉", permits=always)
def forget(*, actor, subdistrict):
    """A verb that destroys the keys of what is sealed about its subject."""
    return Done(subdistrict, {values.SHREDDED: values.shred(reference_of(subdistrict))})
