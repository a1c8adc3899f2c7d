"""boto3: the script beside this module, run by a Python that has boto3."""

import pathlib

from .server import ACCESS_KEY, SECRET_KEY

NEEDS = "a Python with boto3 (pip install boto3)"
SCRIPT = pathlib.Path(__file__).with_name("boto3_script.py")


def version(tools):
    found = tools.python_with("boto3")
    return found and f"boto3 {found[1]}"


def use(run):
    python, _ = run.tools.python_with("boto3")
    run.environment(
        AWS_ACCESS_KEY_ID=ACCESS_KEY,
        AWS_SECRET_ACCESS_KEY=SECRET_KEY,
        AWS_DEFAULT_REGION="us-east-1",
        PYTHONDONTWRITEBYTECODE="1",
    )
    if run.server.authority:
        trust = str(run.server.authority)
        run.environment(AWS_CA_BUNDLE=trust, SSL_CERT_FILE=trust)  # boto3's, and of presigned URLs
    run(python, SCRIPT, run.server.endpoint, "fill")
    if run.server.keeps_data:
        run.server.restart()
    run(python, SCRIPT, run.server.endpoint, "check")
