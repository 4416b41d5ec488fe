"""Fields of earlier runs that a prompt names."""

from __future__ import annotations

from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.forms.variables import OF_PICTURE, check_variables, earlier_field, variables_in
from desktop_app.services.runs.ports import RunRepository


async def check_prompt(prompt: str, repository: RunRepository) -> None:
    """Refuse a prompt with a variable that no picture will have a value for, before anybody pays for it.

    Raises:
        AppError: PROMPT_VARIABLE; RUN_UNKNOWN and RUN_FIELD_UNKNOWN for a field that is not there.
    """
    check_variables(prompt)
    for variable in variables_in(prompt):
        earlier = None if variable in OF_PICTURE else earlier_field(variable)
        if earlier is None:
            continue
        name, key = earlier
        run = await repository.find(name)
        if run is None:
            raise AppError(ErrorCode.RUN_UNKNOWN, name=name)
        if run.plan.form.field_named(key) is None:
            fields = ", ".join(run.plan.form.keys)
            raise AppError(ErrorCode.RUN_FIELD_UNKNOWN, name=name, field=key, fields=fields)
