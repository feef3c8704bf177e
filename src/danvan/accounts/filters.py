"""Lists kept as somebody filtered them, under names of his own."""

from uuid import UUID

from django.db.models import QuerySet

from .models import SavedFilter

MOST = 30  # of one page


def kept(user_id: UUID, page: str) -> QuerySet[SavedFilter]:
    return SavedFilter.objects.filter(user=user_id, page=page)


def keep(user_id: UUID, page: str, name: str, query: str) -> SavedFilter:
    """Keep a filter; one of the same name is replaced. The oldest stay where there are too many."""
    if kept(user_id, page).exclude(name=name).count() >= MOST:
        raise ValueError(name)
    found, _is_new = SavedFilter.objects.update_or_create(
        user_id=user_id, page=page, name=name, defaults={"query": query[:1000]}
    )
    return found


def drop(user_id: UUID, pk: UUID) -> None:
    """Only one's own; what is gone already stays so."""
    SavedFilter.objects.filter(user=user_id, pk=pk).delete()
