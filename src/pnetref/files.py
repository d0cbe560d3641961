"""Files and folders, written whole or not at all: whatever ends the program, the old one is whole or the new one is."""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from pnetref.errors import OutputProblem, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

UNSYNCED = frozenset(getattr(errno, name, 0) for name in ("EINVAL", "ENOTSUP", "ENOSYS", "EACCES", "EBADF"))
"""What a file system says that has no sync, or none of folders."""


def write_file(where: str, content: bytes, *, new: bool = False) -> None:
    """Write a file whole or not at all; one that is replaced keeps its mode. Raises ``OSError``.

    What is there and is no file, such as a device or a pipe, is written to and never replaced; a ``new`` file
    replaces nothing, whoever else writes it meanwhile.
    """
    import shutil

    where = os.path.realpath(where)
    if os.path.exists(where) and not os.path.isfile(where):
        with open(where, "wb") as device:
            device.write(content)
        return
    temporary = _beside(where)
    with _uninterrupted():
        try:
            with open(temporary, "xb") as file:
                if os.path.exists(where):
                    shutil.copymode(where, temporary)
                file.write(content)
                _sync(file)
            if new:
                _put_new(temporary, where)
            else:
                os.replace(temporary, where)
            _sync_folder(os.path.dirname(where))
        finally:
            with suppress(FileNotFoundError):
                os.unlink(temporary)


def _beside(where: str) -> str:
    """Give a name in the same folder that nothing has: it is known before anything is made, so that it can be removed."""
    return os.path.join(os.path.dirname(where), f".pnetref-{os.getpid()}-{os.urandom(4).hex()}")


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let what asks the program to end wait until what is being written is whole, and nothing is left beside it."""
    import signal

    came: list[int] = []
    asked = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {
        number: handler for number in asked if (handler := signal.getsignal(number)) not in (signal.SIG_IGN, None)
    }
    try:
        for number in before:
            signal.signal(number, lambda number, _: came.append(number))
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        if came:
            signal.raise_signal(came[0])


def _sync(file: object) -> None:
    """Have what is written reach the disk, where the file system can say so."""
    file.flush()  # type: ignore[attr-defined]
    try:
        os.fsync(file.fileno())  # type: ignore[attr-defined]
    except OSError as error:
        if error.errno not in UNSYNCED:
            raise


def _sync_folder(folder: str) -> None:
    """Have the name of what was put in a folder reach the disk, where a folder can be opened."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in UNSYNCED:
            raise
    finally:
        os.close(handle)


def _put_new(temporary: str, where: str) -> None:
    """Give a file the name ``where``, which nothing has. Raises ``FileExistsError`` where another is by now."""
    try:
        os.link(temporary, where)  # whole from the first
        return
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        os.close(os.open(where, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    try:
        os.replace(temporary, where)
    except BaseException:
        os.unlink(where)
        raise


def new_folder(folder: str, *, replaces: Callable[[str, list[str]], bool] | None = None) -> str:
    """Give the whole path of a folder that may be written: it is not there, or it is empty.

    ``replaces`` tells of a folder and the names in it whether it may be replaced. Raises ``UsageProblem``, and
    ``OutputProblem`` where the system does not let it be seen.
    """
    try:
        where = os.path.realpath(folder)
        if not os.path.lexists(where):
            if not os.path.isdir(parent := os.path.dirname(where)):
                raise UsageProblem(f"{folder} cannot be written: there is no folder {parent}; make that first")
            return where
        if not os.path.isdir(where):
            raise UsageProblem(f"{folder} is a file; name a new folder")
        names = os.listdir(where)
        if where == os.path.realpath(os.curdir):
            raise UsageProblem(
                f"{folder or repr('')} is the folder that you are in; name a new one, or run it from the folder above"
            )
    except ValueError as error:
        raise UsageProblem(f"{folder!r} cannot be written: {error}") from None
    except OSError as error:
        raise OutputProblem(f"{folder!r} cannot be written: {error.strerror}") from None
    if not names or (replaces is not None and replaces(where, names)):
        return where
    if replaces is None:
        raise UsageProblem(f"{folder} is not empty; name a new folder, or give --force to replace an earlier export")
    raise UsageProblem(f"{folder} holds other files than an export, and --force replaces no others; name a new folder")


def write_folder(files: Mapping[str, bytes], where: str, *, force: bool = False) -> None:
    """Write files as the folder ``where``, whole or not at all; ``force`` lets it replace what is there.

    Raises ``OutputProblem`` where it cannot be written.
    """
    import shutil

    made = _beside(where)
    aside = f"{made}-old"
    with _uninterrupted():
        try:
            os.mkdir(made)
            for name, content in files.items():
                with open(os.path.join(made, name), "xb") as file:
                    file.write(content)
                    _sync(file)
            _sync_folder(made)
            _put(made, where, aside if force else None)
            _sync_folder(os.path.dirname(where))
        except OSError as error:
            raise OutputProblem(f"{where} cannot be written: {error.strerror}") from None
        finally:
            if os.path.lexists(aside) and not os.path.lexists(where):
                _put_back(aside, where)
            for left in (made, aside):
                shutil.rmtree(left, ignore_errors=True)


def _put_back(aside: str, where: str) -> None:
    try:
        os.rename(aside, where)
    except OSError as error:
        raise OutputProblem(f"{where} cannot be written: {error.strerror}; what was there is in {aside}") from None


def _put(made: str, where: str, aside: str | None) -> None:
    """Move a folder to where it belongs; one that it replaces is moved ``aside``. Raises ``OSError``."""
    import shutil

    if os.path.isdir(where):
        shutil.copymode(where, made)
        if aside is not None:
            os.rename(where, aside)
        elif os.name == "nt":
            os.rmdir(where)  # elsewhere an empty folder is replaced, and one with anything in it is not
    os.rename(made, where)


@contextmanager
def alone(folder: str) -> Iterator[None]:
    """Wait until no other process is in here with this folder. Raises ``OSError``, after five seconds too.

    The folder itself is locked: nothing is made for it that could be left behind.
    """
    try:
        import fcntl
    except ImportError:  # where folders cannot be locked; the file of the lock goes with it there
        from filelock import FileLock

        with FileLock(os.path.join(folder, ".pnetref.lock"), timeout=5):
            yield
        return
    import time

    handle = os.open(folder, os.O_RDONLY)
    try:
        last = time.monotonic() + 5
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > last:
                    raise OSError(errno.EAGAIN, "another process is changing it") from None
                time.sleep(0.01)
            except OSError as error:  # a file system without such locks: what is written is whole there too
                if error.errno not in {*UNSYNCED, errno.ENOLCK}:
                    raise
                break
        yield
    finally:
        os.close(handle)
