"""Cursor pagination, newest first."""

from rest_framework.pagination import CursorPagination


class NewestFirst(CursorPagination):
    """Stable pages while rows are added."""

    ordering = ("-created_at", "pk")
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200
