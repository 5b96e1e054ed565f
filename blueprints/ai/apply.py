"""What an accepted proposal does to the building: names and classes with their origin said, and nothing a load hangs on."""

from __future__ import annotations

from collections.abc import Sequence

from blueprints.ai.schemas import AiProposal
from blueprints.plan.building import ReviewNote, RoomSpec

NO_NAME = "(no name)"


def named_by_ai(room: RoomSpec, proposal: AiProposal | None) -> RoomSpec:
    """The room with the proposal's name and class; its evidence says `ai_name` or `ai_type`."""
    naming = proposal.rooms.get(room.id) if proposal is not None else None
    if naming is None:
        return room
    kind = naming.type or room.type
    unnamed = naming.name is None and room.name.endswith(NO_NAME)
    name = f"{kind.capitalize()} {NO_NAME}" if unnamed else naming.name or room.name
    said = [word for word, value in (("ai_name", naming.name), ("ai_type", naming.type)) if value is not None]
    return room.model_copy(update={"name": name, "type": kind, "evidence": (*room.evidence, *said)})


def suggestions(rooms: Sequence[RoomSpec], proposal: AiProposal | None) -> list[ReviewNote]:
    """Classes on which a load hangs: for a person to confirm."""
    if proposal is None:
        return []
    return [
        ReviewNote(
            field=f"{room.id}.type",
            reason=f"{room.name}: the AI service takes this {room.type} for {kind}; the loads do not, until somebody confirms it",
            where=room.where,
        )
        for room in rooms
        if (kind := proposal.suggested.get(room.id)) is not None
    ]
