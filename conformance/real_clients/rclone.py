"""rclone: sync, check, changes, and large files in parts."""

import random

from .server import ACCESS_KEY, SECRET_KEY

NEEDS = "the program rclone (go install github.com/rclone/rclone@latest, or a package)"


def version(tools):
    return tools.version("rclone", "version")


def use(run):
    run.environment(
        RCLONE_CONFIG=str(run.directory / "rclone.conf"),
        RCLONE_CONFIG_COFFER_TYPE="s3",
        RCLONE_CONFIG_COFFER_PROVIDER="Other",
        RCLONE_CONFIG_COFFER_ENDPOINT=run.server.endpoint,
        RCLONE_CONFIG_COFFER_REGION="us-east-1",
        RCLONE_CONFIG_COFFER_ACCESS_KEY_ID=ACCESS_KEY,
        RCLONE_CONFIG_COFFER_SECRET_ACCESS_KEY=SECRET_KEY,
    )
    if run.server.authority:
        run.environment(RCLONE_CA_CERT=str(run.server.authority))
    (run.directory / "rclone.conf").touch()
    there = "coffer:rclone/tree"
    source = run.directory / "source"
    tree = run.tree.small(source)
    run("rclone", "mkdir", "coffer:rclone")
    run("rclone", "sync", source, there)
    run("rclone", "check", source, there)
    if run.server.keeps_data:
        run.server.restart()
    run("rclone", "check", "--download", source, there)
    listed = run("rclone", "lsf", "-R", "--files-only", there).splitlines()
    run.check(len(listed) == len(tree.files), f"{len(listed)} files listed, not {len(tree.files)}")
    change(source, tree)
    run("rclone", "sync", source, there, "--s3-upload-cutoff", "5Mi", "--s3-chunk-size", "5Mi")
    run("rclone", "check", "--download", source, there)
    down = run.directory / "down"
    run("rclone", "sync", there, down)
    run.same_tree(source, down)
    run("rclone", "purge", there)
    run("rclone", "rmdir", "coffer:rclone")


def change(source, tree):
    """A file more, one fewer, another one changed, and names that are easily got wrong."""
    (source / "large").write_bytes(random.Random(2).randbytes(17 << 20))
    (source / tree.files[0]).unlink()
    (source / tree.files[1]).write_bytes(b"changed")
    odd = source / "odd names"
    odd.mkdir()
    for name in ("a b", "a+b", "a%20b", "ä☃🗃", "'quoted\" & <more>", "x=y;z,w", "tilde~"):
        (odd / name).write_text(name, encoding="utf-8")
