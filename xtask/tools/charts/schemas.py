"""Kubernetes' own schemas, strictly, and those of a folder for kinds that are not Kubernetes'. Standard input lists
objects; the answer says what is wrong with them, and which kinds nothing here knows."""

import json
import pathlib
import sys

import jsonschema
import kubernetes_validate

version, folder = sys.argv[1], pathlib.Path(sys.argv[2])
own = {path.stem: json.loads(path.read_text()) for path in folder.glob("*.json")}


def path_of(error):
    return "/".join(str(part) for part in error.path) or "the object"


def check(item, wrong, unknown):
    where, found = item["where"], item["object"]
    schema = own.get(found["kind"])
    if schema is not None:
        for error in jsonschema.Draft202012Validator(schema).iter_errors(found):
            wrong.append(f"{where}: {path_of(error)}: {error.message}")
        return
    try:
        kubernetes_validate.validate(found, version, strict=True)
    except kubernetes_validate.ValidationError as error:
        wrong.append(f"{where}: {path_of(error)}: {error.message}")
    except kubernetes_validate.SchemaNotFoundError:
        unknown.append(item)


wrong, unknown = [], []
for item in json.load(sys.stdin):
    check(item, wrong, unknown)
json.dump({"wrong": wrong, "unknown": unknown}, sys.stdout)
