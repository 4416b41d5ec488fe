"""The form that the tiny test model answers."""

from __future__ import annotations

from desktop_app.domain.forms.form import Choice, Form, FormField, Text

COLOURS = ("red", "green", "blue", "yellow", "black", "orange", "purple")

SCENE = Form(
    "Scene",
    (
        FormField("kind", "What it is", Choice(("shape", "arrow", "digit"))),
        FormField("color", "Colour", Choice(COLOURS), required=False),
        FormField("shape", "Shape", Choice(("circle", "square", "triangle")), required=False),
        FormField("text", "Digit", Text(max_length=5), required=False),
        FormField("direction", "Direction", Choice(("up", "right", "down", "left")), required=False),
    ),
    "Return JSON.",
    describe=False,
)
