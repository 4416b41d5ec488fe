"""What the vision model would be told about a form."""

from __future__ import annotations

from desktop_app.domain.forms.form import Form
from desktop_app.domain.forms.prompts import form_prompt
from desktop_app.domain.forms.schema import schema_of
from desktop_app.ui.forms.protocols import Preview


def preview_of(form: Form, family: str, left_out: int = 0) -> Preview:
    """The prompt with its variables as they are written: they are different for each picture."""
    schema = None if form.is_plain else schema_of(form)
    return Preview(form_prompt(form, form.instructions, family), schema, left_out)
