"""The command: finds the clients, starts the servers, prints the table."""

import argparse
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

from . import aws_cli, boto3_client, rclone, restic, s3cmd
from .run import Failure, Run
from .server import Server
from .tools import Tools
from .tree import Tree

CLIENTS = {
    "aws-cli": aws_cli,
    "boto3": boto3_client,
    "rclone": rclone,
    "s3cmd": s3cmd,
    "restic": restic,
}
BACKENDS = ("files", "memory", "https")

# Over HTTPS, with data in files, goes who can be told of an authority for one run.
OVER_HTTPS = ("aws-cli", "boto3", "rclone")
ROOT = pathlib.Path(__file__).resolve().parents[2]
NEEDS = "\n".join(f"  {name:9} {client.NEEDS}" for name, client in CLIENTS.items())


def arguments():
    parser = argparse.ArgumentParser(
        prog="conformance/clients",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description="Starts ./coffer server, with its data in files and then in memory, and uses"
        " it with real\nclients as people do. Ends with 1 if anything failed.",
        epilog=f"What it needs, in the directories of --tools or on the PATH:\n{NEEDS}\n"
        "and some 3 GB of disk and, for the memory backend, 3 GB of memory with the default tree.",
    )
    parser.add_argument(
        "--tools",
        action="append",
        default=[],
        metavar="DIR",
        help="a directory of programs, or a Python virtual environment; may be repeated",
    )
    parser.add_argument("--client", action="append", choices=CLIENTS, help="only this one; may be repeated")
    parser.add_argument("--backend", action="append", choices=BACKENDS, help="only this one")
    parser.add_argument(
        "--tree",
        metavar="DIR",
        help="what is synchronised; default: a JDK, its unpacked sources and ~/.m2"
        " (at least 10,000 files and 500 MB)",
    )
    parser.add_argument(
        "--require-all", action="store_true", help="a client that is absent is a failure"
    )
    parser.add_argument(
        "--keep", action="store_true", help="leave the scratch directory where it is"
    )
    return parser.parse_args()


def main():
    options = arguments()
    tools = Tools(options.tools)
    names = options.client or list(CLIENTS)
    backends = options.backend or BACKENDS
    versions = {name: CLIENTS[name].version(tools) for name in names}
    for name in names:
        print(f"{name:9} {versions[name] or 'absent: ' + CLIENTS[name].NEEDS}", flush=True)
    logs = ROOT / "conformance" / "target" / "clients"
    shutil.rmtree(logs, ignore_errors=True)
    logs.mkdir(parents=True)
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="coffer-clients-"))
    results = {}
    try:
        build()
        tree = Tree.of(options.tree, scratch / "tree", ROOT)
        print(f"tree      {tree}", flush=True)
        for backend in backends:
            results |= use(backend, names, versions, tools, tree, scratch, logs)
    finally:
        if options.keep:
            print(f"scratch directory: {scratch}")
        else:
            shutil.rmtree(scratch, ignore_errors=True)
    print_table(names, backends, versions, results)
    bad = {"FAIL", "absent"} if options.require_all else {"FAIL"}
    return 1 if any(result.split()[0] in bad for result in results.values()) else 0


def build():
    """The launcher builds what is not built: once, before any clock runs."""
    if subprocess.run([ROOT / "coffer", "version"]).returncode != 0:
        raise SystemExit("clients: ./coffer does not run; see above")


def use(backend, names, versions, tools, tree, scratch, logs):
    """All clients on one backend; a server for each, so that none suffers from another."""
    results = {}
    for name in names:
        if versions[name] is None:
            results[name, backend] = "absent"
            continue
        if backend == "https" and name not in OVER_HTTPS:
            results[name, backend] = "–"
            continue
        begin = time.monotonic()
        directory = scratch / f"{backend}-{name}"
        directory.mkdir()
        log = logs / f"{backend}-{name}.log"
        data = directory / "data" if backend != "memory" else None
        try:
            server_log = logs / f"{backend}-{name}-server.log"
            with Server(ROOT, data, server_log, backend == "https") as server:
                CLIENTS[name].use(Run(server, tools, tree, directory, log))
                server.check_log()
            verdict, detail = "PASS", ""
        except Failure as failure:
            verdict, detail = "FAIL", f"\n{failure}\n(log: {log.relative_to(ROOT)})"
        finally:
            shutil.rmtree(directory, ignore_errors=True)
        seconds = f"{time.monotonic() - begin:.0f} s"
        results[name, backend] = f"{verdict} {seconds}"
        print(f"{backend:7} {name:9} {verdict} {seconds}{detail}", flush=True)
    return results


def print_table(names, backends, versions, results):
    print("\n| client | version | " + " | ".join(backends) + " |")
    print("|---|---|" + "---|" * len(backends))
    for name in names:
        cells = [results[name, backend] for backend in backends]
        print(f"| {name} | {versions[name] or '–'} | " + " | ".join(cells) + " |")
    sys.stdout.flush()
