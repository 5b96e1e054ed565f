"""Forms of projects, uploads, answers and corrections."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from autohvac.accounts.models import Organization
from autohvac.web.words import choices_of, label_of, question_text, word
from blueprints.models import Blueprint, Project, Question
from blueprints.plan.model import OpeningKind, RoomType

FRONT_WORDS = {
    "N": _("north"), "NE": _("north-east"), "E": _("east"), "SE": _("south-east"),
    "S": _("south"), "SW": _("south-west"), "W": _("west"), "NW": _("north-west"),
}  # fmt: skip


class ProjectForm(forms.ModelForm):
    """What a person knows of the house."""

    front = forms.ChoiceField(
        label=_("The front door faces"),
        required=False,
        choices=[("", _("I do not know")), *FRONT_WORDS.items()],
        help_text=_("If it is not known, the worst direction is used and the spread is reported."),
    )

    class Meta:
        model = Project
        fields = [
            "name",
            "address",
            "zip_code",
            "front",
            "bedrooms",
            "year_built",
            "jurisdiction",
            "permit_no",
            "use_ai",
        ]
        labels = {
            "name": _("Name of the project"), "address": _("Address"), "zip_code": _("ZIP code"),
            "bedrooms": _("Bedrooms"), "year_built": _("Year built"), "jurisdiction": _("Jurisdiction"),
            "permit_no": _("Permit number"), "use_ai": _("An AI service may help to read room names"),
        }  # fmt: skip
        help_texts = {
            "zip_code": _("Decides the design weather. Five digits."),
            "bedrooms": _("Decides how many people are counted."),
        }
        widgets = {
            "zip_code": forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "postal-code"}),
            "address": forms.TextInput(attrs={"autocomplete": "street-address"}),
        }

    def __init__(self, *args: Any, firms: Iterable[Organization] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(firm.pk), firm.name) for firm in firms]
        if len(choices) > 1:
            self.fields["organization"] = forms.ChoiceField(label=_("Firm"), choices=choices)
            self.order_fields(["organization"])


class UploadForm(forms.Form):
    """A plan file."""

    file = forms.FileField(
        label=_("Plan file"),
        allow_empty_file=True,
        help_text=_("PDF, PNG, JPEG or TIFF, up to 100 MB. All sheets of one house in one file."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg,.tif,.tiff"}),
    )
    supersedes = forms.ModelChoiceField(
        Blueprint.objects.none(),
        label=_("It is a revision of"),
        required=False,
        empty_label=_("no other plan"),
        help_text=_("Corrections made on that plan are kept wherever the rooms are found again."),
    )

    def __init__(self, *args: Any, plans: QuerySet[Blueprint], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        newest = plans.order_by("-created_at").first()
        if newest is None:
            del self.fields["supersedes"]
        else:
            self.fields["supersedes"].queryset, self.fields["supersedes"].initial = plans, newest


class AnswersForm(forms.Form):
    """The questions of a run, each with the reason it is asked."""

    def __init__(self, *args: Any, questions: Iterable[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names: dict[str, str] = {}
        for index, question in enumerate(questions):
            name = f"q{index}"
            self.names[name] = question.field
            self.fields[name] = _answer_field(question)

    def answers(self) -> dict[str, str]:
        """Field → answer, only what was answered."""
        given = {
            self.names[name]: str(value) for name, value in self.cleaned_data.items() if name in self.names
        }
        return {field: value for field, value in given.items() if value.strip()}

    def add_code_error(self, field: str, text: str) -> None:
        """Show a service's refusal at the question it is about."""
        names = {field: name for name, field in self.names.items()}
        self.add_error(names.get(field), text)


def _answer_field(question: Question) -> forms.Field:
    common = {
        "label": question_text(question.text),
        "help_text": question_text(question.why),
        "required": question.required,
        "initial": question.answer,
    }
    if question.options:
        options = [(str(o), word(str(o), field=question.field)) for o in question.options]
        return forms.ChoiceField(choices=[("", _("I do not know")), *options], **common)
    return forms.CharField(max_length=200, **common)


class CorrectionForm(forms.Form):
    """Corrections of one room or opening: only what differs from `initial` is recorded."""

    reason = forms.CharField(label=_("Why (for the record)"), max_length=400, required=False)

    def changes(self) -> dict[str, Any]:
        """Changed fields with their values."""
        return {
            name: self.cleaned_data[name]
            for name in self.changed_data
            if name != "reason" and self.cleaned_data.get(name) not in (None, "")
        }


class RoomForm(CorrectionForm):
    """What a person knows better about a room."""

    name = forms.CharField(label=label_of("name"), max_length=200)
    type = forms.ChoiceField(label=label_of("type"), choices=choices_of(RoomType.__args__))
    area_sqft = forms.FloatField(label=label_of("area_sqft"), min_value=1, max_value=20000)
    ceiling_height_ft = forms.FloatField(
        label=label_of("ceiling_height_ft"), min_value=6, max_value=30, required=False
    )
    conditioned = forms.BooleanField(label=label_of("conditioned"), required=False)
    deleted = forms.BooleanField(label=_("This room is not there"), required=False)
    field_order = ["name", "type", "area_sqft", "ceiling_height_ft", "conditioned", "deleted", "reason"]


class OpeningForm(CorrectionForm):
    """What a person knows better about a window or door."""

    kind = forms.ChoiceField(label=label_of("kind"), choices=choices_of(OpeningKind.__args__))
    width_ft = forms.FloatField(label=label_of("width_ft"), min_value=0.5, max_value=40, required=False)
    height_ft = forms.FloatField(label=label_of("height_ft"), min_value=0.5, max_value=30, required=False)
    u_factor = forms.FloatField(label=label_of("u_factor"), min_value=0.05, max_value=2, required=False)
    shgc = forms.FloatField(label=label_of("shgc"), min_value=0.01, max_value=1, required=False)
    deleted = forms.BooleanField(label=_("This opening is not there"), required=False)
    field_order = ["kind", "width_ft", "height_ft", "u_factor", "shgc", "deleted", "reason"]
