"""One client on one server: its directory, its environment, its log."""

import filecmp
import os
import subprocess
import time

COMMAND_SECONDS = 3600
LINES_SHOWN = 20


class Failure(Exception):
    """What a client was to do and did not."""


class Run:
    """What a client's module is given."""

    def __init__(self, server, tools, tree, directory, log):
        self.server = server
        self.tools = tools
        self.tree = tree
        self.directory = directory
        self._log = log
        self._environment = {}

    def environment(self, **variables):
        """Variables for all further commands."""
        self._environment |= variables

    def __call__(self, *command, cwd=None, expect=0):
        """Runs a command that must end with `expect`; gives what it printed."""
        words = [str(word) for word in command]
        words[0] = self.tools.find(words[0]) or words[0]
        output, code = self._run(words, cwd or self.directory)
        with open(self._log, "a", encoding="utf-8") as log:
            log.write(f"$ {' '.join(words)}\n{output}(exit {code})\n")
        if code != expect:
            end = "\n".join(output.splitlines()[-LINES_SHOWN:])
            raise Failure(f"{' '.join(words)}: exit {code}\n{end}")
        return output

    def _run(self, words, cwd):
        """Until the command ends; not on and on against a server that is gone."""
        end = time.monotonic() + COMMAND_SECONDS
        with subprocess.Popen(
            words,
            cwd=cwd,
            env=self._clean_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        ) as process:
            while True:
                try:
                    output, _ = process.communicate(timeout=1)
                    return output.decode(errors="replace"), process.returncode
                except subprocess.TimeoutExpired:
                    gone = not self.server.is_alive()
                    if gone or time.monotonic() > end:
                        process.kill()
                        why = "the server ended" if gone else f"not done after {COMMAND_SECONDS} s"
                        raise Failure(f"{' '.join(words)}: {why}") from None

    def _clean_environment(self):
        """Nothing of the user's own settings for any of the clients."""
        foreign = ("AWS_", "RCLONE_", "RESTIC_", "S3CMD_", "BOTO_")
        kept = {k: v for k, v in os.environ.items() if not k.startswith(foreign)}
        home = self.directory / "home"
        home.mkdir(exist_ok=True)
        no_proxy = {"NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}
        return kept | no_proxy | {"HOME": str(home), "XDG_CONFIG_HOME": str(home)} | self._environment

    def same_tree(self, expected, actual):
        """Both trees have the same files with the same bytes."""
        self("diff", "-r", expected, actual)

    def same_file(self, expected, actual):
        if not filecmp.cmp(expected, actual, shallow=False):
            raise Failure(f"{actual} differs from {expected}")

    def check(self, condition, what):
        if not condition:
            raise Failure(what)
