"""The sentences behind our codes: what is wrong; what to do. Translated at the edge."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

ERRORS: dict[str, Any] = {  # values are lazy translations
    "file_empty": _("The file is empty; export the plan again and upload that file."),
    "file_too_large": _(
        "The file is larger than allowed; send only the sheets with plans, or compress the PDF."
    ),
    "not_a_plan_file": _(
        "This is not a PDF, PNG, JPEG or TIFF file; export the plan as a PDF and upload that."
    ),
    "pdf_encrypted": _("This PDF is locked; print it to a new PDF without a password and upload that."),
    "pdf_damaged": _("This PDF is damaged and cannot be repaired; export it again from the drawing program."),
    "pdf_no_pages": _("This PDF has no pages; export the plan again and upload that file."),
    "pdf_too_many_pages": _("This PDF has too many pages; send only the sheets of one house."),
    "page_too_large": _("A page is larger than any plan sheet; print the plan to a standard sheet size."),
    "image_too_large": _("A picture in the file has too many pixels; scan at 200 to 300 dpi."),
    "image_damaged": _("This picture is damaged; save it again as PNG or PDF and upload that."),
    "pdf_active_content": _(
        "This PDF contains scripts or attached programs; print it to a plain PDF and upload that."
    ),
    "plan_too_complex": _(
        "Reading this plan took more memory or time than allowed; send single sheets or a simpler export."
    ),
    "no_floor_plan": _(
        "No floor plan was found in this file; upload the sheet that shows the rooms from above."
    ),
    "zip_invalid": _("This is not a ZIP code; give five digits."),
    "zip_unknown": _("This ZIP code is not known; check it, or give the ZIP code of the next town."),
    "fact_invalid": _("A given value of the building cannot be used; correct the field that is named."),
    "answer_unknown": _("This setting is not known; see the list in the documentation."),
    "answer_invalid": _("This value cannot be used for the setting; see the list in the documentation."),
    "edit_impossible": _("The rooms cannot be changed like that; see why, and draw it differently."),
    "house_invalid": _("A value of the house cannot be used; correct the field that is named."),
    "hpxml_invalid": _("This HPXML file cannot be read; validate it against the HPXML schema."),
    "hpxml_unsafe": _("This HPXML file declares entities or external parts; remove its document type."),
    "hpxml_too_large": _("This HPXML file is larger than allowed; send one house per file."),
    "hpxml_design_missing": _(
        "Design conditions are missing; add them to the file, or the ZIP code of the house."
    ),
    "hpxml_unsupported": _(
        "This HPXML file uses something that is not supported; see the path that is named."
    ),
    "file_not_found": _("The file does not exist; check the path."),
    "manifest_invalid": _("This list of plans cannot be used; see docs/reading.md for its two forms."),
    "building_invalid": _("This building file cannot be read; use the `building` part of an analysis."),
    "loads_invalid": _("This loads file cannot be read; use the JSON of calculate_loads or an analysis."),
    "equipment_invalid": _("This equipment file cannot be used; correct the field that is named."),
    "run_not_found": _("There is no such run; check its id."),
    "run_not_ended": _("This run is still going; ask again as soon as it has ended."),
    "run_not_retryable": _("This run is still going; wait for it or cancel it first."),
    "stage_unknown": _("There is no such stage; the eight stages are named in the documentation."),
    "answer_needed": _("A load cannot be given yet; answer the questions that are listed."),
    "attempts_exhausted": _("A stage failed several times and was given up; staff can retry it from there."),
    "stage_failed": _("A stage failed on our side; nothing was lost, and staff can retry it from there."),
    "worker_lost": _("A worker was lost while it worked on this stage; the stage is taken over by another."),
    "storage_unavailable": _("The file storage does not answer; the run goes on when it does."),
    "cancelled": _("The run was cancelled; start it again when you like."),
    "not_found": _("Not found; check the address."),
    "forbidden": _("Your role does not allow this; ask an administrator of your firm."),
    "not_authenticated": _("You are not signed in; sign in, or send a valid token."),
    "throttled": _("Too many requests; wait as long as Retry-After says."),
    "invalid": _("Some fields cannot be used; see which."),
    "method_not_allowed": _("This address does not take that method; see the API documentation."),
    "media_type_unsupported": _("This kind of body cannot be read; send JSON, or a form with the file."),
    "precondition_required": _(
        "The edit does not say which version it changes; send If-Match with the ETag you last saw."
    ),
    "precondition_failed": _("Somebody changed this meanwhile; load it again and repeat your edit."),
    "idempotency_mismatch": _("This Idempotency-Key was used for another request; use a new one."),
    "internal_error": _(
        "This is our failure; nothing was lost. Try again, and tell us the run code if it repeats."
    ),
}


def error_text(code: str, **facts: Any) -> str:
    """The sentence of a code in the active language, with its facts behind it."""
    text = str(ERRORS.get(code, ERRORS["internal_error"]))
    shown = ", ".join(
        f"{key}: {value}" for key, value in facts.items() if isinstance(value, str | int | float)
    )
    return f"{text} ({shown})" if shown else text
