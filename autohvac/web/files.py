"""The one way a stored file leaves: after authorisation, streamed, with a safe name."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404


def stored_file(
    file: Any, *, media_type: str, name: str, etag: str = "", inline: bool = False
) -> FileResponse:
    """Stream a FieldFile; Http404 when storage does not have it. Content-Disposition is quoted by Django."""
    try:
        stream = file.storage.open(file.name, "rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(stream, as_attachment=not inline, filename=name, content_type=media_type)
    response["Cache-Control"] = "private, max-age=3600" if inline else "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    if etag:
        response["ETag"] = f'"{etag}"'
    return response
