"""The JSON Schema of every answer of ``--json`` and of every stored record, generated from their types."""

from __future__ import annotations

import json
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from pnetref import models
from pnetref.answers.shapes import ANSWERS
from pnetref.dataset import FOLDERS


class Complete(GenerateJsonSchema):
    """Every key is there in every answer, those with a default too."""

    def field_is_required(self, field: Any, total: bool) -> bool:  # noqa: ANN401 - as in the base
        """Tell that a key is always there."""
        del field, total
        return True


def schema() -> bytes:
    """Give the schema as it is stored."""
    adapters: list[tuple[str, Any, TypeAdapter[Any]]] = [
        (kind.__name__, "serialization", TypeAdapter(kind))
        for kind in (
            *ANSWERS,
            *(getattr(models, name) for name in (*FOLDERS.values(), "Vocabulary", "Partners", "Manifest")),
        )
    ]
    refs, generated = TypeAdapter.json_schemas(
        adapters,
        title="pnetref: the answers of --json, and the records of the data",
        ref_template="#/$defs/{model}",
        schema_generator=Complete,
    )
    for definition in generated["$defs"].values():
        if "properties" in definition:  # keys may be added within a version of the contract
            definition.pop("additionalProperties", None)
    generated["anyOf"] = [refs[(kind.__name__, "serialization")] for kind in ANSWERS]
    generated["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(generated, indent=2, ensure_ascii=False, sort_keys=True).encode() + b"\n"
