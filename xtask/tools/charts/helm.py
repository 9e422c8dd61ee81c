"""Helm's own engine, for machines without a `helm`: lints or renders what standard input lists, and answers in JSON."""

import json
import sys

import helm_python as helm


def values_of(job):
    """The values file, and what is laid over it, as Helm would merge two files."""
    values = {}
    for text in job["values"]:
        values = merged(values, helm.values_from_yaml(text))
    return values


def merged(under, over):
    if not (isinstance(under, dict) and isinstance(over, dict)):
        return over
    return {**under, **{key: merged(under.get(key), value) for key, value in over.items()}}


def lint(job):
    report = helm.lint(job["chart"], values_of(job), strict=True, namespace=job["namespace"])
    # Severity 1 is advice, like the wish for an icon.
    return [f"{message['path']}: {message['error']}" for message in report["messages"] if message["severity"] > 1]


def render(job):
    chart = helm.Chart.load(job["chart"])
    values = values_of(job)
    chart.validate_schema(values)
    return "\n---\n".join(chart.render(values, name=job["name"], namespace=job["namespace"]).values())


def run(job):
    try:
        return {"ok": {"lint": lint, "render": render}[job["do"]](job)}
    except helm.HelmError as error:
        return {"error": str(error)}


json.dump([run(job) for job in json.load(sys.stdin)], sys.stdout)
