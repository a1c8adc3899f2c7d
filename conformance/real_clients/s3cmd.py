"""s3cmd: put and get, whole and in parts, listings, sync."""

import random

from .server import ACCESS_KEY, SECRET_KEY

NEEDS = "the program s3cmd (pip install s3cmd)"
FILES_IN_DIRECTORY = 60


def version(tools):
    return tools.version("s3cmd", "--version")


def use(run):
    settings = run.directory / "s3cfg"
    settings.write_text(
        f"""[default]
access_key = {ACCESS_KEY}
secret_key = {SECRET_KEY}
host_base = {run.server.address}
host_bucket = {run.server.address}
use_https = False
bucket_location = us-east-1
"""
    )

    def s3cmd(*words):
        return run("s3cmd", "-c", settings, "--no-progress", *words)

    small = run.directory / "small file & more"
    small.write_bytes(b"hello from s3cmd\n" * 100)
    large = run.directory / "large"
    large.write_bytes(random.Random(3).randbytes((17 << 20) + 1))
    s3cmd("mb", "s3://s3cmd")
    s3cmd("put", small, "s3://s3cmd/small file & more")
    s3cmd("put", "--multipart-chunk-size-mb=5", large, "s3://s3cmd/large")
    if run.server.keeps_data:
        run.server.restart()
    listing = s3cmd("ls", "s3://s3cmd")
    run.check("s3://s3cmd/small file & more" in listing, f"ls does not list the file:\n{listing}")
    for file, key in ((small, "small file & more"), (large, "large")):
        got = run.directory / "got"
        s3cmd("get", "--force", f"s3://s3cmd/{key}", got)
        run.same_file(file, got)
    info = s3cmd("info", "s3://s3cmd/large")
    run.check(str(large.stat().st_size) in info, f"info does not say the size:\n{info}")
    directory(run, s3cmd)
    s3cmd("cp", "s3://s3cmd/large", "s3://s3cmd/copied")
    s3cmd("del", "--recursive", "--force", "s3://s3cmd")
    run.check(not s3cmd("ls", "s3://s3cmd").strip(), "something is left after del --recursive")
    s3cmd("rb", "s3://s3cmd")


def directory(run, s3cmd):
    """A directory up and down again."""
    up = run.directory / "up"
    up.mkdir()
    for file in run.tree.files[:: max(1, len(run.tree.files) // FILES_IN_DIRECTORY)]:
        target = up / file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((run.tree.path / file).read_bytes()[: 1 << 20])
    s3cmd("sync", f"{up}/", "s3://s3cmd/dir/")
    down = run.directory / "down"
    down.mkdir()
    s3cmd("sync", "s3://s3cmd/dir/", f"{down}/")
    run.same_tree(up, down)
