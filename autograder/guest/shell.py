"""An IPython shell that shows to `Outputs` what Jupyter's would show to a browser."""

from __future__ import annotations

import asyncio
import builtins
import codecs
import contextlib
import getpass
import inspect
import os
import random
import re
import subprocess
import sys
from collections.abc import Coroutine, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

import numpy as np
import torch
from IPython.core import page
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.inputtransformer2 import (
    EscapedCommand,
    HelpEnd,
    MagicAssign,
    SystemAssign,
    TransformerManager,
)
from IPython.core.interactiveshell import InteractiveShell
from IPython.core.profiledir import ProfileDir
from traitlets import Any as AnyTrait
from traitlets import Type
from traitlets.config import Config

from .outputs import CapturedStream, Outputs

# Importing pyplot makes figures inline, without a magic, as in Jupyter's kernel.
_MAY_BE_SPECIAL = re.compile(r"[%!?]|^\s*[,;/]")
INLINE_BACKEND = "module://matplotlib_inline.backend_inline"


class InputNotAvailable(RuntimeError):
    """A cell asked for input while nobody is there to type it."""


class CapturedPublisher(DisplayPublisher):
    """Where `display` goes."""

    def publish(
        self,
        data: dict[str, Any],
        metadata: dict[str, Any] | None = None,
        *_: Any,
        transient: dict[str, Any] | None = None,
        update: bool = False,
        **__: Any,
    ) -> None:
        display_id = (transient or {}).get("display_id")
        outputs: Outputs = self.shell.outputs
        if update:
            outputs.update(data, metadata, str(display_id))
        else:
            outputs.display(data, metadata, None if display_id is None else str(display_id))

    def clear_output(self, wait: bool = False) -> None:
        self.shell.outputs.clear(wait)


class CapturedDisplayHook(DisplayHook):
    """Where the value of a cell's last line goes."""

    def write_output_prompt(self) -> None:
        pass

    def write_format_data(
        self, format_dict: dict[str, Any], md_dict: dict[str, Any] | None = None
    ) -> None:
        self.shell.outputs.result(format_dict, md_dict, self.prompt_count)

    def log_output(self, format_dict: dict[str, Any]) -> None:
        pass

    def finish_displayhook(self) -> None:
        self._is_active = False


class GuestProfile(ProfileDir):
    """A profile without folders for logs, start-up files and the like: no kernel reads them."""

    def _mkdir(self, *_: Any) -> bool:
        return False


class PlainCells(TransformerManager):
    """IPython's own syntax, looked for only where a cell has a character that begins some of it.

    IPython splits every cell into tokens to look, and that is much of what a small cell costs.
    """

    def do_token_transforms(self, lines: list[str]) -> list[str]:
        usual = [MagicAssign, SystemAssign, EscapedCommand, HelpEnd]
        if self.token_transformers == usual and not any(map(_MAY_BE_SPECIAL.search, lines)):
            return lines
        return list(super().do_token_transforms(lines))


class GuestShell(InteractiveShell):
    """IPython as a notebook's kernel has it, without sockets, history file or input."""

    outputs = AnyTrait()
    library = AnyTrait(frozenset[str](), help="Names of the modules that no notebook has imported.")
    displayhook_class = Type(CapturedDisplayHook)
    display_pub_class = Type(CapturedPublisher)

    def init_virtualenv(self) -> None:
        pass  # the interpreter is the one that was chosen

    def init_hooks(self) -> None:
        super().init_hooks()
        # `name?` opens a pager beside a notebook, which is no part of its outputs
        self.set_hook("show_in_pager", page.as_hook(lambda *_, **__: None), 99)

    def enable_gui(self, gui: Any = None) -> None:
        pass  # figures are inline

    def ask_exit(self) -> None:
        print("exit has no effect here: the next cell runs.", file=sys.stderr)

    def should_run_async(self, *args: Any, **keywords: Any) -> bool:
        """Whether code runs inside the event loop.

        All cells do, as in Jupyter's kernel, so that `asyncio.create_task` works in them; code
        that a cell hands to the shell is in it already.
        """
        if self.loop_runner.loop.is_running():
            return bool(super().should_run_async(*args, **keywords))
        return bool(self.autoawait)

    @contextlib.contextmanager
    def _tee(self, channel: str) -> Iterator[None]:
        """IPython 9 keeps another copy of all that is printed; 50 MB of it are 50 MB."""
        yield

    def _format_exception_for_storage(self, *_: Any, **__: Any) -> dict[str, Any]:
        """IPython 9 formats every exception a second time, for a history that nobody will read."""
        return {}

    def showtraceback(self, *args: Any, **keywords: Any) -> None:
        with _cells_in_no_module():
            super().showtraceback(*args, **keywords)

    def _get_exc_info(self, exc_tuple: Any = None) -> Any:
        """The exception at hand, ending at the student's line even if it was raised in here."""
        etype, value, tb = super()._get_exc_info(exc_tuple)
        entries = []
        while tb is not None:
            entries.append(tb)
            tb = tb.tb_next
        while len(entries) > 1 and _is_ours(entries[-1].tb_frame.f_code.co_filename):
            entries.pop()
            entries[-1].tb_next = None
        return etype, value, entries[0] if entries else None

    def _showtraceback(self, etype: Any, evalue: Any, stb: list[str]) -> None:
        try:
            says = str(evalue)
        except Exception:  # a student's __str__ may be wrong as well
            says = "(its text cannot be shown)"
        self.outputs.error(str(etype.__name__), says, [str(line) for line in stb])

    def system_piped(self, cmd: str) -> None:
        """`!cmd`: what it prints appears as it comes. No terminal is needed, unlike IPython's."""
        if cmd.rstrip().endswith("&"):
            raise OSError("Background processes not supported.")
        with subprocess.Popen(
            self.var_expand(cmd, depth=1),
            shell=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        ) as process:
            assert process.stdout is not None
            decoder = codecs.getincrementaldecoder("utf-8")("replace")
            while part := os.read(process.stdout.fileno(), 1 << 16):
                sys.stdout.write(decoder.decode(part))
        self.user_ns["_exit_code"] = process.returncode

    system = system_piped


def make_shell() -> GuestShell:
    """The shell of this process. It runs cells once a guest has taken it over."""
    builtins.input = _no_input
    getpass.getpass = _no_input
    config = Config()
    config.HistoryManager.enabled = False
    shell: GuestShell = GuestShell.instance(config=config)
    shell.input_transformer_manager = PlainCells()
    shell.extension_manager.load_extension("storemagic")  # as in Jupyter's kernel
    return shell


def take_over(shell: GuestShell, outputs: Outputs) -> None:
    """Make the shell this guest's own: its outputs, its folders, its randomness, its event loop.

    What a fork shares with its siblings is made anew, so that no two notebooks draw the same
    numbers.
    """
    shell.outputs = outputs
    sys.stdout = CapturedStream("stdout", outputs)
    sys.stderr = CapturedStream("stderr", outputs)
    shell.loop_runner = LoopRunner()
    _settle_in(shell, Path.home())
    shell.user_ns["_dh"][:] = [Path.cwd()]
    random.seed()
    np.random.seed(int.from_bytes(os.urandom(4)))  # without a number it takes much longer
    torch.default_generator.seed()  # others seed themselves when they are first used


def _settle_in(shell: GuestShell, home: Path) -> None:
    if shell.home_dir != str(home):
        shell.home_dir, shell.ipython_dir = str(home), str(home / ".ipython")
        shell.profile_dir = GuestProfile(location=str(home / ".ipython" / "profile_default"))


@contextlib.contextmanager
def _cells_in_no_module() -> Iterator[None]:
    """Say at once that a cell's frames and code come from no module.

    `inspect` says so, too, after it has looked at every module there is: some thousands, whose
    memory a fork then has to copy: a quarter of what a failing cell cost.
    """
    look = inspect.getmodule

    def getmodule(object: object, _filename: str | None = None) -> ModuleType | None:
        code = getattr(object, "f_code", object)
        if inspect.iscode(code) and code.co_filename.startswith("<ipython-input-"):
            return None
        return look(object, _filename)

    inspect.getmodule = getmodule
    try:
        yield
    finally:
        inspect.getmodule = look


def _is_ours(filename: str) -> bool:
    return os.path.dirname(filename) == os.path.dirname(__file__)


def _no_input(prompt: object = "", *_: Any, **__: Any) -> NoReturn:
    raise InputNotAvailable(
        "input() has nobody to answer it while a notebook is graded: "
        "write the value into the cell instead."
    )


class LoopRunner:
    """Runs cells in one event loop, which lives as long as the notebook."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self.loop)

    def __call__(self, coroutine: Coroutine[Any, Any, Any]) -> Any:
        """Run a cell.

        When an interrupt hits the loop itself, the cell hears of it as a cancellation; else its
        coroutine would stay behind and run on beside the next cells.
        """
        task = self.loop.create_task(coroutine)
        try:
            return self.loop.run_until_complete(task)
        except KeyboardInterrupt:
            if task.done():
                raise
            task.cancel()
            return self.loop.run_until_complete(task)
