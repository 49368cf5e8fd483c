"""Edgewise in PySpark, on the session that runs; docs/howto/python.md shows how.

Options are those of the commands, with underscores: --batch-size 8 is batch_size=8, a switch is True, a repeated option is a list. Results of
the same run that are there are used, a stopped run is resumed, and overwrite=True replaces those of another run. Wrong input raises ValueError
with the line that the command prints, any other failure RuntimeError.
"""

import json
from numbers import Number

from py4j.java_gateway import JavaPackage
from py4j.protocol import Py4JJavaError
from pyspark.sql import DataFrame, SparkSession


def score(out, model, prompts, **options):
    """Scores all edges, as the command score does, and gives Scores."""
    return _ask(lambda: _with_options(_model(model), prompts=prompts, **options).score(str(out)))


def scored(out, model, **options):
    """Scores that are there, with the model and the options of sweeps with them."""
    return _ask(lambda: _with_options(_model(model), **options).scored(str(out)))


def study(out, model, prompts, **options):
    """Scores, measures and reports, as the command study does, and gives a Study."""
    return _ask(lambda: _with_options(_model(model), prompts=prompts, **options).study(str(out)))


def _asking(name):
    return lambda self, *arguments: _ask(lambda: getattr(self._java, name)(*arguments))


class _Results:
    def __init__(self, java):
        self._java = java

    def __repr__(self):
        return self._java.toString()

    manifest = _asking("manifest")


class Scores(_Results):
    """The scores of all edges."""

    edges = _asking("edges")
    nodes = _asking("nodes")
    swept = _asking("swept")

    def sweep(self, out, **options):
        """Measures circuits, as the command sweep does, and gives Circuits. Options of the scores hold unless they are given anew."""
        return _ask(lambda: _with_options(self._java, **options).sweep(str(out)))


class Circuits(_Results):
    """Measured circuits. Jupyter shows the headline's."""

    measurements = _asking("measurements")
    circuits = _asking("circuits")
    answers = _asking("answers")
    headline = _asking("headline")
    report_html = _asking("reportHtml")
    circuit_html = _repr_html_ = _asking("circuitHtml")


class Study(_Results):
    """Tasks times methods. Jupyter shows the report."""

    headlines = _asking("headlines")
    methods = _asking("methods")
    scores = _asking("scores")
    circuits = _asking("circuits")
    report_html = _repr_html_ = _asking("reportHtml")


_PYTHON = {
    "Dataset": lambda rows: DataFrame(rows, _spark()),
    "ObjectNode": lambda manifest: json.loads(manifest.toString()),
    "ScoredEdges": Scores,
    "MeasuredCircuits": Circuits,
    "StudyResults": Study,
}


def _ask(question):
    try:
        answer = question()
    except Py4JJavaError as error:
        failures = _spark()._jvm.io.edgewise.jobs.run.Failures
        kind = ValueError if failures.status(error.java_exception) == failures.WRONG_INPUT else RuntimeError
        raise kind(failures.cause(error.java_exception)) from (None if kind is ValueError else error)
    return answer if isinstance(answer, str) else _PYTHON.get(answer.getClass().getSimpleName(), list)(answer)


def _spark():
    spark = SparkSession.getActiveSession()
    if spark is None:
        raise RuntimeError("edgewise wants a Spark session that runs; start one with spark.jars=edgewise.jar")
    return spark


def _model(uri):
    edgewise = _spark()._jvm.io.edgewise.jobs.notebook.Edgewise
    if isinstance(edgewise, JavaPackage):
        raise RuntimeError("edgewise wants spark.jars=edgewise.jar at the start of the process's first Spark session; set it, and start Python anew")
    return edgewise.model(str(uri))


def _with_options(java, **options):
    for name, value in options.items():
        if value is not None:
            java = java.option("--" + name.replace("_", "-"), _texts(value))
    return java


def _texts(value):
    """A value as a String[]; numbers are one text with commas."""
    values = value if isinstance(value, (list, tuple)) else [value]
    texts = [str(one).lower() if isinstance(one, bool) else str(one) for one in values]
    if all(isinstance(one, Number) for one in values):
        texts = [",".join(texts)]
    gateway = _spark().sparkContext._gateway
    array = gateway.new_array(gateway.jvm.java.lang.String, len(texts))
    for index, text in enumerate(texts):
        array[index] = text
    return array
