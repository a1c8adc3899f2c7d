"""The files that are synchronised: real ones, copied so that nobody changes them meanwhile."""

import os
import pathlib
import shutil
import subprocess
import zipfile

from .run import Failure

LEAST_FILES = 10_000
LEAST_BYTES = 500_000_000
SMALL_FILES = 1_500


class Tree:
    """Regular files only: S3 knows neither symbolic links nor empty directories."""

    def __init__(self, path):
        self.path = path
        self._sizes = {
            file.relative_to(path): file.stat().st_size for file in path.rglob("*") if file.is_file()
        }

    @staticmethod
    def of(directory, path, root):
        """A copy of the directory, or of the default, at the path."""
        path.mkdir()
        if directory is not None:
            _copy(pathlib.Path(directory), path)
            return Tree(path)
        jdk = _jdk(root)
        _copy(jdk, path / "jdk")
        sources = jdk / "lib" / "src.zip"
        if sources.is_file():
            with zipfile.ZipFile(sources) as archive:
                archive.extractall(path / "sources")
        _copy(pathlib.Path.home() / ".m2", path / "m2")
        tree = Tree(path)
        if len(tree.files) < LEAST_FILES or tree.bytes < LEAST_BYTES:
            raise Failure(
                f"the default tree has only {tree}; --tree DIR names one with at least"
                f" {LEAST_FILES:,} files and {LEAST_BYTES / 1e6:.0f} MB"
            )
        return tree

    @property
    def files(self):
        return sorted(self._sizes)

    @property
    def bytes(self):
        return sum(self._sizes.values())

    def small(self, path):
        """A copy of some of the files, of all depths and sizes, for clients that do more with them."""
        step = max(1, len(self.files) // SMALL_FILES)
        for file in self.files[::step]:
            target = path / file
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(self.path / file, target)
        return Tree(path)

    def __str__(self):
        return f"{len(self._sizes):,} files, {self.bytes / 1e6:,.0f} MB"


def _jdk(root):
    script = f'. "{root}/.mvn/find-jdk.sh" && find_jdk javac'
    found = subprocess.run(["bash", "-c", script], capture_output=True, text=True)
    if found.returncode != 0:
        raise Failure(found.stderr.strip())
    return pathlib.Path(found.stdout.strip())


def _copy(source, target):
    """Files that can be read; file modes are kept away, so that the copy can be removed."""
    for directory, _, names in os.walk(source):
        for name in names:
            file = pathlib.Path(directory, name)
            if file.is_symlink() or not file.is_file() or not os.access(file, os.R_OK):
                continue
            copy = target / file.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, copy)
            times = file.stat()
            os.utime(copy, ns=(times.st_atime_ns, times.st_mtime_ns))
