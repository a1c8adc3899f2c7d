"""restic: a repository begun, backed up to twice, checked, restored, thinned out."""

import random

from .server import ACCESS_KEY, SECRET_KEY

NEEDS = "the program restic (go install github.com/restic/restic/cmd/restic@latest, or a package)"


def version(tools):
    found = tools.version("restic", "version")
    return found and found.split(" compiled")[0]


def use(run):
    run.environment(
        AWS_ACCESS_KEY_ID=ACCESS_KEY,
        AWS_SECRET_ACCESS_KEY=SECRET_KEY,
        AWS_DEFAULT_REGION="us-east-1",
        RESTIC_REPOSITORY=f"s3:{run.server.endpoint}/restic/repository",
        RESTIC_PASSWORD="conformance",
        RESTIC_CACHE_DIR=str(run.directory / "cache"),
    )
    source = run.directory / "source"
    tree = run.tree.small(source)
    run("restic", "init")
    run("restic", "backup", source)
    (source / "more").write_bytes(random.Random(4).randbytes(40 << 20))
    (source / tree.files[0]).unlink()
    run("restic", "backup", source)
    if run.server.keeps_data:
        run.server.restart()
    run("restic", "check", "--read-data")
    restored = run.directory / "restored"
    run("restic", "restore", "latest", "--target", restored)
    # Restored files have their whole former path below the target.
    run.same_tree(source, restored / source.relative_to("/"))
    run("restic", "forget", "--keep-last", "1", "--prune")
    run("restic", "check", "--read-data")
