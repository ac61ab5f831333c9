"""An analysis in bytes, to be kept and looked at again without walking it once more."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import Any

import numpy as np

from xiuhua.engine.network import WalkNetwork
from xiuhua.ground import standards
from xiuhua.programmes.lifecircle.analysis.outcome import Analysis
from xiuhua.programmes.lifecircle.analysis.town import Origins, Places, Town

_FORMAT = "xiuhua-lifecircle-1"
_PEOPLE = "people_"


def pack(analysis: Analysis, day: date) -> bytes:
    """Write everything but the network, as an ``.npz`` without pickles.

    Parameters
    ----------
    day : date
        Whose rule book was asked.
    """
    origins, facilities = analysis.town.origins, analysis.town.facilities
    head = {
        "format": _FORMAT,
        "day": day.isoformat(),
        "standard": analysis.standard.key,
        "personas": [persona.key for persona in analysis.personas],
        "types": list(analysis.types),
        "hour": analysis.hour,
        "islands": analysis.islands,
        "unmapped": sorted(analysis.town.unmapped),
        "origin_id": list(origins.id),
        "label": list(origins.label),
        "group_names": list(origins.group_names),
        "counted": origins.counted,
        "facility_id": list(facilities.facility_id),
        "facility_type": list(facilities.facility_type),
        "facility_name": list(facilities.name),
    }
    arrays: dict[str, Any] = {f"{_PEOPLE}{column}": people for column, people in origins.weights.items()}
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        head=np.frombuffer(json.dumps(head, ensure_ascii=False).encode(), np.uint8),
        seconds=analysis.seconds,
        metres=analysis.metres,
        origin_state=analysis.origin_state,
        facility_state=analysis.facility_state,
        lon=origins.lon,
        lat=origins.lat,
        group=np.zeros(0, np.int32) if origins.group is None else origins.group,
        facility_lon=facilities.lon,
        facility_lat=facilities.lat,
        **arrays,
    )
    return buffer.getvalue()


def unpack(content: bytes, network: WalkNetwork) -> Analysis:
    """Read what `pack` wrote; the rule book is that of its day.

    Raises
    ------
    ValueError
        The bytes are of another format.
    """
    with np.load(io.BytesIO(content), allow_pickle=False) as stored:
        head = json.loads(stored["head"].tobytes())
        if head["format"] != _FORMAT:
            raise ValueError(f"an analysis of the format {head['format']}, not {_FORMAT}")
        book = standards.on(date.fromisoformat(head["day"]))
        origins = Origins(
            id=head["origin_id"],
            lon=stored["lon"],
            lat=stored["lat"],
            weights={name.removeprefix(_PEOPLE): stored[name] for name in stored.files if name.startswith(_PEOPLE)},
            label=head["label"],
            group=stored["group"] if len(stored["group"]) == len(stored["lon"]) else None,
            group_names=head["group_names"],
            counted=head["counted"],
        )
        facilities = Places(
            head["facility_id"],
            head["facility_type"],
            stored["facility_lon"],
            stored["facility_lat"],
            head["facility_name"],
        )
        return Analysis(
            town=Town(network, np.array([], object), origins, facilities, frozenset(head["unmapped"])),
            standard=book.lifecircle(head["standard"]),
            personas=tuple(book.personas[key] for key in head["personas"]),
            types=tuple(head["types"]),
            hour=head["hour"],
            seconds=stored["seconds"],
            metres=stored["metres"],
            origin_state=stored["origin_state"],
            facility_state=stored["facility_state"],
            islands=head["islands"],
        )
