"""Runs examples/spark on the samples: python3 .ci/check_spark.py BANSHI

Installs PySpark by pip into a folder of its own. Every row must be what the program makes of the document by itself.
"""

import json
import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from checks import ROOT, SAMPLES, check, finish, run

EXAMPLE = ROOT / "examples" / "spark" / "convert.py"
READ = """
import json, sys
from pyspark.sql import SparkSession
for row in SparkSession.builder.getOrCreate().read.parquet(sys.argv[1]).collect():
    print(json.dumps({**row.asDict(), "document": row.document and row.document.hex()}))
"""


def main(banshi):
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        venv.create(folder / "spark", with_pip=True)
        programs = folder / "spark" / "bin"
        run(programs / "pip", "install", "--quiet", "--disable-pip-version-check", "pyspark>=3.5,<4")
        documents = folder / "documents"
        documents.mkdir()
        for sample in SAMPLES:
            (documents / sample.name).write_bytes(sample.read_bytes())
        (documents / "坏.txt").write_bytes(b"\x00\x00\x00\x01broken\xff\xff")
        table = folder / "table"
        master = ["--master", "local[2]", "--conf", "spark.ui.enabled=false"]
        # Java sees files with Chinese names only where the locale has such characters.
        environment = {**os.environ, "LC_ALL": "C.UTF-8", "PYSPARK_PYTHON": str(programs / "python")}
        run(programs / "spark-submit", *master, EXAMPLE, banshi, "docx,md", documents, table, env=environment)
        rows = [json.loads(line) for line in run(programs / "python", "-c", READ, table, env=environment).splitlines()]
        check("a row for every document and format", len(rows) == 2 * (len(SAMPLES) + 1), len(rows))
        by_key = {(Path(row["path"]).name, row["format"]): row for row in rows}
        for sample in SAMPLES:
            for form in ["docx", "md"]:
                subprocess.run([banshi, "--quiet", "--to", form, "--out-dir", folder / "alone", sample], check=True)
                alone = folder / "alone" / f"{sample.stem}.{form}"
                row = by_key.get((sample.name, form))
                check(f"{sample.name} as {form}", row and row["document"] == alone.read_bytes().hex(), row and row["status"])
                check(f"{sample.name}: findings", row and isinstance(json.loads(row["diagnostics"]), list))
        bad = by_key.get(("坏.txt", "docx"))
        check("a bad document is a row with its error", bad and bad["status"] == "failed" and bad["error"], bad)
    finish("Spark makes of every sample what the program makes of it")


main(Path(sys.argv[1]).resolve())
