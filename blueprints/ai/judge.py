"""The rules an AI proposal must pass."""

from __future__ import annotations

from blueprints.ai.schemas import AiContext, AiProposal, RoomContext, RoomNaming

TRUSTED = 0.7


def accepted(proposal: AiProposal, context: AiContext) -> AiProposal:
    """Namings of rooms that exist and that the plan itself does not name; names must stand on the sheet."""
    rooms = {room.id: room for room in context.rooms}
    spoken = " ".join(context.words).upper()
    kept = {
        key: _limited(naming, spoken)
        for key, naming in proposal.rooms.items()
        if key in rooms and _open(rooms[key]) and naming.confidence >= 0.5
    }
    return AiProposal(rooms={key: naming for key, naming in kept.items() if naming.name or naming.type})


def _open(room: RoomContext) -> bool:
    return not room.named_on_plan or room.confidence < TRUSTED


def _limited(naming: RoomNaming, spoken: str) -> RoomNaming:
    """A name that the sheet does not print is dropped; the class may stay."""
    on_sheet = naming.name is not None and naming.name.upper() in spoken
    return naming if on_sheet else naming.model_copy(update={"name": None})
