"""Counts the extracts of a plan on Apache Spark. `popstat run --engine spark` submits it.

Takes: job.json. Gives, beside it: extract-N-M, the account of each split of an extract; digest-N of an
extract in several splits; part-N, a part of the cube for each task; or failure.json with what a task
said. Spark moves blobs from one popstat to another; nothing here looks into one.
"""

import fcntl
import json
import os
import struct
import subprocess
import sys
import tempfile

import popstat_daemon  # Sees to the path of the next import.
from pyspark import SparkConf, SparkContext, SparkFiles
from pyspark.serializers import CPickleSerializer

FRAME = "<IIQ"
ACCOUNT = 0xFFFFFFFF
# F_SETPIPE_SZ of Linux, which older Pythons do not name.
SET_PIPE_SIZE = 1031
MARK = "POPSTAT TASK FAILED "


class TaskFailed(Exception):
    """Holds status and words of a popstat that failed, on one line that the driver finds again."""

    def __init__(self, status, words):
        super().__init__(MARK + json.dumps({"status": status, "lines": words.splitlines()}))


class BlobSerializer(CPickleSerializer):
    """Gives a blob as it is and all else as a pickle: most of what travels is copied less often."""

    # Nothing that a blob begins with, which is a partition's number.
    pickle_mark = struct.pack("<I", ACCOUNT)

    def dumps(self, rows):
        if len(rows) == 1 and isinstance(rows[0], tuple):
            place, blob = rows[0]
            if isinstance(place, int) and isinstance(blob, bytes):
                return blob
        return self.pickle_mark + super().dumps(rows)

    def loads(self, data):
        size = len(self.pickle_mark)
        if data[:size] == self.pickle_mark:
            return super().loads(memoryview(data)[size:])
        return [(None, data)]


def start(job, verb, folder, words=(), **channels):
    """popstat as a child: the one that was shipped, with its own libraries, or this machine's."""
    program, environment = job["program"], dict(os.environ)
    shipped = SparkFiles.get(os.path.basename(program))
    if os.path.exists(shipped):
        os.chmod(shipped, 0o700)
        program, environment["LD_LIBRARY_PATH"] = shipped, os.path.dirname(shipped)
    process = subprocess.Popen(
        [program, "cluster", verb, "--plan", job["plan"], "--settings", job["settings"],
         "--folder", folder, *words], env=environment, **channels)
    for pipe in filter(None, [process.stdin, process.stdout]):
        try:
            fcntl.fcntl(pipe, SET_PIPE_SIZE, 1 << 20)
        except OSError:
            pass  # One of the usual size does too, in more steps.
    return process


def check(process, errors):
    status = process.wait()
    if status != 0:
        errors.seek(0)
        raise TaskFailed(status, errors.read().decode("utf-8", "replace"))


def say(job, verb, words):
    """What a popstat prints that only looks at an extract."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as errors:
        process = start(
            job, verb, folder, words, stdout=subprocess.PIPE, stderr=errors)
        said = process.stdout.read().decode("utf-8").strip()
        check(process, errors)
        return said


def split_words(job, number, split, link=None):
    extract = job["extracts"][number]
    if len(extract["splits"]) == 1:
        return ["--extract", extract["path"]]
    chosen = dict(extract["splits"][split], **({"link": link} if link else {}))
    return ["--extract", extract["path"], "--split", json.dumps(chosen)]


def look(job, what):
    """The links of a split as far as it can tell alone, or the digest of an extract."""
    number, split = what
    if split is None:
        return what, say(job, "digest", ["--extract", job["extracts"][number]["path"]])
    return what, json.loads(say(job, "links", split_words(job, number, split)))


def settle(context, job):
    """Where the first record of every split begins: what a split took for it holds when the split
    before it ends there, else the split is looked at again, as somebody who knows."""
    cut = [number for number, extract in enumerate(job["extracts"]) if len(extract["splits"]) > 1]
    wanted = [(number, split) for number in cut
              for split in [*range(len(job["extracts"][number]["splits"])), None]]
    seen = dict(context.parallelize(wanted, len(wanted)).map(
        lambda what: look(job, what)).collect()) if wanted else {}
    links = {}
    for number in cut:
        write(os.path.join(job["output"], f"digest-{number}"),
              seen[number, None].encode("ascii"))
        link = None
        for split in range(len(job["extracts"][number]["splits"])):
            links[number, split] = link
            told = seen[number, split]
            first, after = told.get("first"), told.get("next")
            if link and (first is None or first["start"] != link["start"]):
                words = split_words(job, number, split, link)
                link = json.loads(context.parallelize([words], 1).map(
                    lambda words: say(job, "links", words)).collect()[0])["next"]
            elif link:
                link = {"start": after["start"], "rows": link["rows"] + after["rows"],
                        "lineEnds": link["lineEnds"] + after["lineEnds"]}
            else:
                link = after
    return links


def blobs(job, links, what):
    """Ingests a split: (place, blobs) for each place of the counting; the account has one of its own."""
    number, split = what
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as errors:
        process = start(
            job, "map", folder, split_words(job, number, split, links.get(what)),
            stdout=subprocess.PIPE, stderr=errors)
        account = False
        while header := process.stdout.read(struct.calcsize(FRAME)):
            place, _, size = struct.unpack(FRAME, header)
            payload = process.stdout.read(size)
            account = place == ACCOUNT
            yield (job["tasks"], (f"extract-{number}-{split}", payload)) if account else (
                place, payload)
        check(process, errors)
        if not account:
            raise TaskFailed(70, "a task ended without its account (SPARK-006). Run again.")


def part(job, place, rows):
    """Counts the people of some partitions; accounts of extracts pass through as they are."""
    name = f"part-{place}"
    stays = job["alone"] and place < job["tasks"]
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as errors, (
            create(os.path.join(job["output"], name)) if stays
            else tempfile.TemporaryFile()) as output:
        process = None
        accounts = []
        for _, data in rows:
            if isinstance(data, tuple):
                accounts.append(data)
                continue
            process = process or counting(job, folder, output, errors)
            try:
                process.stdin.write(data)
            except BrokenPipeError:
                break  # It says why on its way out.
        if not accounts:
            # A task without people counts nobody, and says so.
            process = process or counting(job, folder, output, errors)
        if process:
            try:
                process.stdin.close()
            except BrokenPipeError:
                pass
            check(process, errors)
            if not stays:
                output.seek(0)
                yield name, output.read()
        yield from accounts


def counting(job, folder, output, errors):
    return start(job, "reduce", folder, stdin=subprocess.PIPE, stdout=output, stderr=errors)


def run(path):
    with open(path, encoding="utf-8") as file:
        job = json.load(file)
    context = SparkContext(
        conf=SparkConf().setAppName("popstat"), serializer=BlobSerializer())
    # On one machine a part need not travel: it is written where it is wanted.
    job["alone"] = context.master.startswith("local")
    if not job["alone"]:
        for file in [job["program"], *job["libraries"]]:
            context.addFile(file)
    links = settle(context, job)
    splits = [(number, split) for number, extract in enumerate(job["extracts"])
              for split in range(len(extract["splits"]))]
    tasks = job["tasks"]
    blob_rows = context.parallelize(splits, len(splits)).flatMap(
        lambda what: blobs(job, links, what))
    # The last place takes the accounts, the others share the partitions.
    placed = blob_rows.partitionBy(tasks + 1, lambda place: place)
    results = placed.mapPartitionsWithIndex(lambda place, rows: part(job, place, rows))
    for name, data in results.collect():
        write(os.path.join(job["output"], name), data)


def write(path, data):
    with create(path) as file:
        file.write(data)


def create(path):
    return open(os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "wb")


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
