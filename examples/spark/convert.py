"""Converts the documents of a folder with Spark: spark-submit convert.py BANSHI FORMATS INPUT OUTPUT

INPUT is whatever Spark reads (a folder, hdfs://, s3a://, with patterns), FORMATS a list such as docx,md, BANSHI the program
as the executors find it (`--files banshi` puts it beside each of them: then it is ./banshi). OUTPUT becomes a table in Parquet
with a row for every document and format:

    path, format, status, document (bytes), error, diagnostics (JSON)

Every partition is one call of the program over the documents in it, so that starting it costs nothing to speak of. The program
gets one job: Spark shares out the processors. A document that fails is a row with its error and stops nothing.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import unquote

from pyspark.sql import SparkSession
from pyspark.sql.types import BinaryType, StringType, StructField, StructType

ROW = StructType(
    [
        StructField("path", StringType(), False),
        StructField("format", StringType(), False),
        StructField("status", StringType(), False),
        StructField("document", BinaryType(), True),
        StructField("error", StringType(), True),
        StructField("diagnostics", StringType(), False),
    ]
)
EXTENSIONS = {"pandoc-json": "pandoc.json"}


def converted(program, formats):
    """The function of a partition: rows of path and content in, rows of ROW out."""

    def convert(rows):
        with tempfile.TemporaryDirectory() as folder:
            sources, out, report = Path(folder, "in"), Path(folder, "out"), Path(folder, "report")
            paths = {}
            for number, row in enumerate(rows):
                # A folder for each: two documents may have one name, and the name is kept, since a PDF without a title has it.
                source = sources / str(number) / unquote(Path(row.path).name)
                source.parent.mkdir(parents=True)
                source.write_bytes(row.content)
                paths[str(source)] = row.path
            if not paths:
                return
            command = [program, "--recursive", "--quiet", "--jobs", "1", "--to", ",".join(formats)]
            called = subprocess.run([*command, "--out-dir", out, "--report", report, sources], capture_output=True)
            if called.returncode not in (0, 1):
                raise RuntimeError(called.stderr.decode(errors="replace"))
            with report.open(encoding="utf-8") as lines:
                for line in map(json.loads, lines):
                    source = Path(line["source"])
                    path = paths[str(source)]
                    error = line["error"] and line["error"].replace(str(source), path)
                    findings = json.dumps(line["diagnostics"], ensure_ascii=False)
                    for format in formats:
                        stem = out / source.relative_to(sources).with_suffix("")
                        made = stem.with_name(f"{stem.name}.{EXTENSIONS.get(format, format)}")
                        document = made.read_bytes() if line["status"] == "converted" else None
                        yield path, format, line["status"], document, error, findings

    return convert


def main(program, formats, source, target):
    spark = SparkSession.builder.appName("banshi").getOrCreate()
    documents = spark.read.format("binaryFile").load(source).select("path", "content")
    rows = documents.rdd.mapPartitions(converted(program, formats.split(",")))
    spark.createDataFrame(rows, ROW).write.mode("overwrite").parquet(target)
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
