"""Where programs are found."""

import os
import pathlib
import shutil
import subprocess
import sys


class Tools:
    """Programs in the given directories (or their bin/), then on the PATH."""

    def __init__(self, directories):
        places = []
        for directory in directories:
            place = pathlib.Path(directory).expanduser().absolute()
            places += [place / "bin", place]
        self.path = os.pathsep.join([*map(str, places), os.environ.get("PATH", os.defpath)])

    def find(self, program):
        """The path of a program, or None."""
        return shutil.which(program, path=self.path)

    def version(self, program, *arguments):
        """The first line that a program says of itself, or None if it is not there."""
        found = self.find(program)
        return _first_line([found, *arguments]) if found else None

    def python_with(self, module):
        """A Python that can import the module and the module's version, or None."""
        candidates = [self.find("python"), self.find("python3"), sys.executable]
        for python in filter(None, candidates):
            version = _first_line([python, "-c", f"import {module}; print({module}.__version__)"])
            if version:
                return python, version
        return None


def _first_line(command):
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return None
    lines = (done.stdout or done.stderr).splitlines()
    return lines[0].strip() if done.returncode == 0 and lines else None
