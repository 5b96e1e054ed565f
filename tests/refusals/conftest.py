"""Rows and clients as at the edges."""

from __future__ import annotations

from tests.edges.conftest import api, fresh_edges, page, whole

__all__ = ["api", "fresh_edges", "page", "whole"]
