"""History on every model: `history = tracked()`. Bulk writes go through `audit.bulk`."""

from __future__ import annotations

from typing import Any

from django.db import models
from simple_history.models import HistoricalRecords
from simple_history.signals import pre_create_historical_record

from audit.context import current_actor


class ActorFields(models.Model):
    """Who, through which door and for which run a historical row was written."""

    actor_label = models.CharField(max_length=254, blank=True, default="")
    actor_source = models.CharField(max_length=40, blank=True, default="")
    actor_run_id = models.UUIDField(null=True, blank=True)

    class Meta:
        abstract = True


def _acting_user(instance: Any, **kwargs: Any) -> Any:
    user = current_actor().user
    return user if user is not None and user.pk else None


def tracked(*, excluded: tuple[str, ...] = ()) -> HistoricalRecords:
    """The history manager all models use; `excluded` names heavy or volatile fields."""
    return HistoricalRecords(
        bases=[ActorFields],
        get_user=_acting_user,
        excluded_fields=list(excluded),
        use_base_model_db=False,
    )


def actor_attributes() -> dict[str, Any]:
    """The extra history fields of the present actor."""
    actor = current_actor()
    return {"actor_label": actor.label[:254], "actor_source": actor.source, "actor_run_id": actor.run_id}


def _stamp(sender: Any, *, history_instance: Any, **kwargs: Any) -> None:
    for name, value in actor_attributes().items():
        setattr(history_instance, name, value)
    if not history_instance.history_change_reason:
        history_instance.history_change_reason = current_actor().reason or None


pre_create_historical_record.connect(_stamp, dispatch_uid="audit.history.stamp")
