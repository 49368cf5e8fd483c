"""Edgewise on a schedule: finds the circuits of each prompt set by score, then sweep, then report, each a spark-submit.

Put this file, or a link to it, into Airflow's DAG folder. Airflow 3 with apache-airflow-providers-apache-spark, a
spark-submit of Spark 3.5 on the PATH of the workers, and a connection that says which Spark:

    export EDGEWISE_HOME=/opt/edgewise     # this checkout, after mvn -q -DskipTests package
    export AIRFLOW_CONN_SPARK_DEFAULT='{"conn_type": "spark", "host": "local[*]"}'
    airflow dags test edgewise --conf '{"prompts": ["/data/ioi.json"], "model": "/data/model", "out": "/data/out"}'

Without --conf it takes the demo's model and prompts. On a cluster the connection's host is spark://HOST, its port 7077, and
properties_file conf/spark/standalone.conf; model, prompts and out lie where every executor sees them. EDGEWISE_SCHEDULE
("@daily", a cron line) runs it on a schedule; EDGEWISE_JAR and EDGEWISE_PROPERTIES are the defaults of jar and properties_file.

Each prompt set, called by its file's name, gets OUT/NAME/score, OUT/NAME/sweep and OUT/NAME/report.html. Its first `limit`
prompts score the edges, as many after them measure the circuits. A retry goes on from the batches that were finished, and
what is complete already is left as it is. Wrong options or input (exit status 2) fail at once: no retry would mend them.
"""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlparse

from airflow.exceptions import AirflowException
from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator
from airflow.sdk import BaseHook, Param, dag, task, task_group
from airflow.sdk.exceptions import AirflowFailException, AirflowNotFoundException

HOME = Path(os.environ.get("EDGEWISE_HOME") or Path(__file__).resolve().parents[2])
DEMO = HOME / "conf" / "demo"
METHODS = ["mask_gradient", "edge_attribution_patching", "activation_magnitude", "random"]

PARAMS = {
    "prompts": Param(
        [str(DEMO / "datasets" / f"{name}.json") for name in ("greaterthan", "ioi")],
        type="array",
        items={"type": "string", "minLength": 1},
        minItems=1,
        description="Prompt sets: AutoCircuit JSON, JSONL or Parquet, one a line.",
    ),
    "model": Param(str(DEMO / "model"), type="string", minLength=1, description="Hugging Face directory."),
    "out": Param(str(HOME / "out" / "airflow"), type="string", minLength=1, description="Directory for the results."),
    "spark_conn_id": Param("spark_default", type="string", minLength=1, description="Airflow's connection to Spark."),
    "method": Param(METHODS[0], type="string", enum=METHODS, description="How edges are scored."),
    "integrated_grad_samples": Param(
        8, type="integer", minimum=0, description="Of mask_gradient; 0 takes the gradient at the clean run alone."
    ),
    "limit": Param(128, type="integer", minimum=1, description="Prompts that score; as many after them measure."),
    "batch_size": Param(32, type="integer", minimum=1, description="Prompt pairs in a batch."),
    "edge_counts": Param("logarithmic", type="string", minLength=1, description="0,10,100; 0.1%,1%; all; logarithmic."),
    "overwrite": Param(False, type="boolean", description="Replace the results of another run."),
    "jar": Param(
        os.environ.get("EDGEWISE_JAR", str(HOME / "jobs" / "target" / "edgewise.jar")),
        type="string",
        description="edgewise.jar, as the build makes it.",
    ),
    "properties_file": Param(
        os.environ.get("EDGEWISE_PROPERTIES", str(HOME / "conf" / "spark" / "local.conf")),
        type="string",
        description="Spark's settings; see conf/spark.",
    ),
}


class SubmitEdgewise(SparkSubmitOperator):
    """spark-submit with a connection that is a parameter, and without retries where nothing would change."""

    template_fields = (*SparkSubmitOperator.template_fields, "_conn_id")

    def execute(self, context):
        try:
            super().execute(context)
        except AirflowException as failure:
            if "Error code is: 2." not in str(failure):
                raise
            said = [line for line in str(failure).splitlines() if "edgewise: " in line]
            raise AirflowFailException("\n".join(said) or "Wrong options or input: see the log") from failure


def submit(step, **arguments):
    return SubmitEdgewise(
        task_id=step,
        application="{{ params.jar }}",
        java_class="io.edgewise.jobs.Main",
        conn_id="{{ params.spark_conn_id }}",
        properties_file="{{ params.properties_file }}",
        map_index_template="{{ task.name }}",
        **arguments,
    )


def score(params, prompts, place):
    samples = params["integrated_grad_samples"]
    integrates = params["method"] == "mask_gradient" and samples > 0
    return [
        "score",
        *shared(params, prompts),
        *["--method", params["method"]],
        *(["--integrated-grad-samples", str(samples)] if integrates else []),
        *["--out", f"{place}/score"],
    ]


def sweep(params, prompts, place):
    return [
        "sweep",
        *shared(params, prompts),
        *["--skip", str(params["limit"])],
        *["--edge-counts", params["edge_counts"]],
        *["--scores", f"{place}/score"],
        *["--out", f"{place}/sweep"],
    ]


def shared(params, prompts):
    return [
        *["--model", params["model"]],
        *["--prompts", prompts],
        *["--limit", str(params["limit"])],
        *["--batch-size", str(params["batch_size"])],
        "--resume",
        *(["--overwrite"] if params["overwrite"] else []),
    ]


def report(name, place):
    return [
        "report",
        *["--scores", f"{place}/score"],
        *["--sweep", f"{place}/sweep"],
        *["--name", name],
        *["--out", f"{place}/report.html"],
        "--overwrite",
    ]


def check(params, names):
    """Ends with one line that says what would be right."""
    double = sorted({name for name in names if names.count(name) > 1})
    if double:
        raise AirflowFailException(f"prompts has files of one name, {double[0]}: their results would lie in one place")
    for param in ("jar", "properties_file"):
        file = params[param]
        if not urlparse(file).scheme and not Path(file).is_file():
            raise AirflowFailException(f"{param} wants a file that is there, got {file}; build with mvn -DskipTests package")
    try:
        BaseHook.get_connection(params["spark_conn_id"])
    except AirflowNotFoundException:
        raise AirflowFailException(
            f"spark_conn_id wants a connection that Airflow knows, got {params['spark_conn_id']}; for this machine:"
            """ export AIRFLOW_CONN_SPARK_DEFAULT='{"conn_type": "spark", "host": "local[*]"}'"""
        ) from None


@dag(
    dag_id="edgewise",
    schedule=os.environ.get("EDGEWISE_SCHEDULE"),
    catchup=False,
    max_active_runs=1,
    params=PARAMS,
    default_args={"retries": 2, "retry_delay": timedelta(minutes=1)},
    tags=["edgewise"],
    doc_md=__doc__,
)
def edgewise():
    @task
    def prompt_sets(params=None):
        names = [Path(urlparse(prompts).path).stem for prompts in params["prompts"]]
        check(params, names)
        places = [f"{params['out'].rstrip('/')}/{name}" for name in names]
        return [
            {
                "name": f"edgewise {name}",
                "score_line": score(params, prompts, place),
                "sweep_line": sweep(params, prompts, place),
                "report_line": report(name, place),
            }
            for name, prompts, place in zip(names, params["prompts"], places)
        ]

    @task_group
    def circuit(name, score_line, sweep_line, report_line):
        scored = submit("score", name=name, application_args=score_line)
        swept = submit("sweep", name=name, application_args=sweep_line)
        scored >> swept >> submit("report", name=name, application_args=report_line)

    circuit.expand_kwargs(prompt_sets())


edgewise()
