"""aws-cli: who it is; a large tree up, the server restarted, the tree down again."""

import json
import re

from .server import ACCESS_KEY, SECRET_KEY

NEEDS = "the program aws (pip install awscli, or AWS's installer)"


def version(tools):
    found = tools.version("aws", "--version")
    return found and found.split()[0]


def use(run):
    run.environment(
        AWS_ACCESS_KEY_ID=ACCESS_KEY,
        AWS_SECRET_ACCESS_KEY=SECRET_KEY,
        AWS_DEFAULT_REGION="us-east-1",
        AWS_EC2_METADATA_DISABLED="true",
        AWS_PAGER="",
    )

    trust = ["--ca-bundle", run.server.authority] if run.server.authority else []

    def aws(*words):
        return run("aws", "--endpoint-url", run.server.endpoint, *trust, *words)

    identity = json.loads(aws("sts", "get-caller-identity"))
    run.check(
        identity["Arn"] == f"arn:aws:iam::{identity['Account']}:root",
        f"the caller is {identity}",
    )
    aws("s3", "mb", "s3://sync")
    aws("s3", "sync", run.tree.path, "s3://sync/tree", "--only-show-errors")
    if run.server.keeps_data:
        run.server.restart()
    listing = aws("s3", "ls", "--recursive", "--summarize", "s3://sync")
    total = re.search(r"Total Objects: (\d+)\s+Total Size: (\d+)", listing)
    expected = (len(run.tree.files), run.tree.bytes)
    run.check(
        total and (int(total[1]), int(total[2])) == expected,
        f"the listing has {total and total.groups()} objects and bytes, not {expected}",
    )
    again = aws("s3", "sync", run.tree.path, "s3://sync/tree", "--dryrun")
    run.check(not again.strip(), f"a second sync would upload again:\n{again[:1000]}")
    down = run.directory / "down"
    aws("s3", "sync", "s3://sync/tree", down, "--only-show-errors")
    run.same_tree(run.tree.path, down)
    aws("s3", "cp", "s3://sync/tree/" + run.tree.files[0].as_posix(), "s3://sync/copy of it")
    aws("s3", "mv", "s3://sync/copy of it", run.directory / "moved")
    run.same_file(run.tree.path / run.tree.files[0], run.directory / "moved")
    aws("s3", "rm", "--recursive", "s3://sync", "--only-show-errors")
    aws("s3", "rb", "s3://sync")
