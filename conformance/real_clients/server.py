"""A Coffer server as an operator starts it."""

import os
import re
import signal
import socket
import ssl
import subprocess
import time
import urllib.error
import urllib.request

from .run import Failure

ACCESS_KEY = "conformance"
SECRET_KEY = "conformance-secret"
START_SECONDS = 300
STOP_SECONDS = 60


class Server:
    """./coffer server on a free port of the loopback address: in a directory, or (None) in memory.

    With https (in a directory only) it has a certificate of its own; `authority` is whom to trust.
    """

    def __init__(self, root, data, log, https=False):
        self._root = root
        self._data = data
        self._log = log
        self._https = https
        self._process = None
        self.port = _free_port()

    @property
    def address(self):
        return f"127.0.0.1:{self.port}"

    @property
    def endpoint(self):
        return f"{'https' if self._https else 'http'}://{self.address}"

    @property
    def authority(self):
        """The PEM file of the certificate authority, or None over HTTP."""
        return self._data / "secrets" / "tls" / "ca.pem" if self._https else None

    @property
    def keeps_data(self):
        return self._data is not None

    def __enter__(self):
        self._start()
        return self

    def __exit__(self, *_):
        self._stop()

    def restart(self):
        """Ends the server, as an operator would, and starts it on the same data."""
        if not self.keeps_data:
            raise AssertionError("a server in memory forgets all when it ends")
        self._stop()
        self._start()

    def _start(self):
        where = str(self._data) if self.keeps_data else "--memory"
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("COFFER_")},
            "COFFER_ROOT_ACCESS_KEY": ACCESS_KEY,
            "COFFER_ROOT_SECRET_KEY": SECRET_KEY,
        }
        with open(self._log, "ab") as log:
            self._process = subprocess.Popen(
                [self._root / "coffer", "server", where, "--address", self.address]
                + (["--tls-self-signed"] if self._https else []),
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        end = time.monotonic() + START_SECONDS
        while not self._is_ready():
            if self._process.poll() is not None:
                raise Failure(f"the server ended with {self._process.returncode}; {self._log}")
            if time.monotonic() > end:
                self._stop()
                raise Failure(f"the server was not ready within {START_SECONDS} s")
            time.sleep(0.1)

    def _is_ready(self):
        try:
            context = ssl.create_default_context(cafile=self.authority) if self._https else None
            url = self.endpoint + "/-/health/ready"
            with urllib.request.urlopen(url, timeout=5, context=context) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def is_alive(self):
        return self._process.poll() is None

    def check_log(self):
        """Nothing happened that the server itself calls an error."""
        with open(self._log, encoding="utf-8", errors="replace") as lines:
            errors = [line for line in lines if re.match(r"\S+ (\S+ )?ERROR ", line)]
        if errors:
            raise Failure(f"the server logged {len(errors)} errors, the first:\n{errors[0]}")

    def _stop(self):
        if self._process.poll() is not None:
            raise Failure(f"the server ended by itself with {self._process.returncode}; {self._log}")
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            raise Failure(f"the server did not stop within {STOP_SECONDS} s") from None


def _free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]
