"""Counts the extracts of a plan on Apache Spark. `popstat run --engine spark` submits it.

Takes: job.json. Gives, beside it: extract-N, the account of each extract; part-N, a part of the cube
for each task; or failure.json with what a task said. Spark moves blobs from one popstat to another;
nothing here looks into one.
"""

import json
import os
import struct
import subprocess
import sys
import tempfile

from pyspark import SparkFiles
from pyspark.sql import SparkSession

FRAME = "<IIQ"
ACCOUNT = 0xFFFFFFFF
MARK = "POPSTAT TASK FAILED "


class TaskFailed(Exception):
    """Holds status and words of a popstat that failed, on one line that the driver finds again."""

    def __init__(self, status, words):
        super().__init__(MARK + json.dumps({"status": status, "lines": words.splitlines()}))


def command(job, verb, folder):
    shipped = SparkFiles.get(os.path.basename(job["program"]))
    program = shipped if os.path.exists(shipped) else job["program"]
    if program == shipped:
        os.chmod(program, 0o700)
    return [program, "cluster", verb, "--plan", job["plan"], "--settings", job["settings"],
            "--folder", folder]


def check(process, errors):
    status = process.wait()
    if status != 0:
        errors.seek(0)
        raise TaskFailed(status, errors.read().decode("utf-8", "replace"))


def blobs(job, number):
    """Ingests one extract: (partition, blob) for each partition, the account under -1 - number."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as errors:
        words = command(job, "map", folder) + ["--extract", job["extracts"][number]]
        process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=errors)
        account = False
        while header := process.stdout.read(struct.calcsize(FRAME)):
            partition, version, size = struct.unpack(FRAME, header)
            payload = process.stdout.read(size)
            account = partition == ACCOUNT
            yield (-1 - number if account else partition), (version, payload)
        check(process, errors)
        if not account:
            raise TaskFailed(70, "a task ended without its account (SPARK-006). Run again.")


def part(job, rows):
    """Counts the people of some partitions; accounts of extracts pass through as they are."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as errors, \
            tempfile.TemporaryFile() as output:
        process = None
        accounts = []
        for key, (version, payload) in rows:
            if key < 0:
                accounts.append((f"extract-{-1 - key}", payload))
                continue
            process = process or start(job, folder, output, errors)
            try:
                process.stdin.write(struct.pack(FRAME, key, version, len(payload)))
                process.stdin.write(payload)
            except BrokenPipeError:
                break  # It says why on its way out.
        if not accounts:
            # A task without people counts nobody, and says so.
            process = process or start(job, folder, output, errors)
        if process:
            try:
                process.stdin.close()
            except BrokenPipeError:
                pass
            check(process, errors)
            output.seek(0)
            yield "part", output.read()
        yield from accounts


def start(job, folder, output, errors):
    return subprocess.Popen(
        command(job, "reduce", folder), stdin=subprocess.PIPE, stdout=output, stderr=errors)


def run(path):
    with open(path, encoding="utf-8") as file:
        job = json.load(file)
    context = SparkSession.builder.appName("popstat").getOrCreate().sparkContext
    context.addFile(job["program"])
    extracts, tasks = len(job["extracts"]), job["tasks"]
    blob_rows = context.parallelize(range(extracts), extracts).flatMap(
        lambda number: blobs(job, number))
    # The last place takes the accounts, the others share the partitions.
    placed = blob_rows.partitionBy(tasks + 1, lambda key: tasks if key < 0 else key % tasks)
    numbered = placed.mapPartitionsWithIndex(
        lambda place, rows: ((place, name, data) for name, data in part(job, rows)))
    for place, name, data in numbered.collect():
        name = f"part-{place}" if name == "part" else name
        write(os.path.join(job["output"], name), data)


def write(path, data):
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)


def main():
    path = sys.argv[1]
    try:
        run(path)
    except Exception as failure:
        words = str(failure)
        start_of_words = words.find(MARK)
        if start_of_words >= 0:
            line = words[start_of_words + len(MARK):].split("\n")[0]
            said, _ = json.JSONDecoder().raw_decode(line)
            write(os.path.join(os.path.dirname(path), "failure.json"),
                  json.dumps(said).encode("utf-8"))
        raise


if __name__ == "__main__":
    main()
