"""A guest for other languages: it runs a notebook's cells in a Jupyter kernel, by nbclient.

The kernel, and what it says to nbclient, is the student's; both stay in here. What leaves is the
same as from any guest: reports on cells, over the same line. There are no snapshots.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from .channel import Channel, Closed
from .confine import limit_resources
from .files import copy_files
from .messages import Task, decode_task
from .outputs import Outputs
from .parent import serve
from .reports import send_changed
from .walls import move_in

_START_SECONDS = 50  # less than the grader waits
_INTERRUPT_SECONDS = 4.0  # less than the grader's grace
_MOST_WORDS = 1000  # characters of what a kernel says about its own failure


def main(root: str, control: int) -> None:
    """Fork guests for the grader at the other end of the descriptor `control`."""
    line = socket.socket(fileno=control)
    serve(line, move_in(line), partial(begin, root))


def run_alone(root: str, line: int) -> None:
    """Run one notebook in this process, where none can be forked."""
    files = os.path.join(root, "files")
    left_out: list[str] = []
    if os.path.isdir(files):
        left_out = copy_files(os.open(files, os.O_RDONLY), Path.cwd())
    begin(root, line, left_out)()


def begin(root: str, line: int, left_out: list[str]) -> Callable[[], None]:
    """Hear what the task is. What is returned does it, and does not return.

    `root` is where the sandbox shows folders. No student's code has run yet when this returns:
    what lies beside the notebook may be run by the kernel when it starts.
    """
    os.set_inheritable(line, False)
    channel = Channel(socket.socket(fileno=line))
    task = decode_task(channel.receive())
    limit_resources(task)
    channel.send({"kind": "ready", "left_out": left_out[:20]})
    return partial(_run, root, task, channel)


def _run(root: str, task: Task, channel: Channel) -> None:
    try:
        asyncio.run(_Notebook(root, task, channel).run_cells())
        channel.send({"kind": "done"})
        while True:
            request = channel.receive()
            channel.send({"kind": "answered", "cell": request["cell"]})
    except Closed:
        pass
    finally:
        os._exit(0)  # the grader ends the kernel with the room


class _Client(NotebookClient):
    """Shows to `Outputs` what a kernel shows, as it comes, and keeps nothing itself."""

    def show_to(self, outputs: Outputs) -> None:
        self._outputs = outputs
        self.reply: dict[str, Any] = {}
        self._errors: set[str] = set()

    def begin(self, index: int) -> None:
        """What is shown belongs to the cell `index` from now on."""
        self._outputs.begin(index)
        self.reply = {}
        self._errors = set()
        self.idle = asyncio.Event()

    def process_message(
        self, msg: dict[str, Any], cell: NotebookNode, cell_index: int
    ) -> NotebookNode | None:
        if msg["msg_type"] == "status":
            if msg["content"]["execution_state"] == "idle":
                self.idle.set()
            return super().process_message(msg, cell, cell_index)  # says when the cell is done
        with contextlib.suppress(KeyError, TypeError, AttributeError, ValueError):  # no message
            self.show(msg["msg_type"], msg["content"])
        return None

    def show(self, kind: str, content: dict[str, Any]) -> None:
        display_id = (content.get("transient") or {}).get("display_id")
        match kind:
            case "stream":
                name = "stderr" if content["name"] == "stderr" else "stdout"
                self._outputs.stream(name, str(content["text"]))
            case "display_data":
                shown_as = None if display_id is None else str(display_id)
                self._outputs.display(content["data"], content.get("metadata"), shown_as)
            case "update_display_data":
                self._outputs.update(content["data"], content.get("metadata"), str(display_id))
            case "execute_result":
                count = int(content["execution_count"])
                self._outputs.result(content["data"], content.get("metadata"), count)
            case "clear_output":
                self._outputs.clear(bool(content.get("wait")))
            case "error":
                self._error(content)

    def take_reply(self, execute_reply: dict[str, Any], **_: Any) -> None:
        """Hear how a cell ended; an error that was not shown is shown, as nbgrader has it."""
        self.reply = execute_reply["content"]
        if self.reply.get("status") == "error" and self.reply.get("ename") not in self._errors:
            self._error(self.reply)

    def _error(self, content: dict[str, Any]) -> None:
        name = str(content.get("ename", ""))
        self._errors.add(name)
        lines = [str(line) for line in content.get("traceback") or ()]
        self._outputs.error(name, str(content.get("evalue", "")), lines)


class _Notebook:
    """The cells of one task, and the kernel that runs them."""

    def __init__(self, root: str, task: Task, channel: Channel) -> None:
        self._root, self._task, self._channel = root, task, channel
        self._outputs = Outputs(task.output_bytes_per_cell, task.output_bytes)
        self._outcomes: dict[int, str] = {}

    async def run_cells(self) -> None:
        """Run the cells in order and report each."""
        failure = await self._start()
        until = time.monotonic() + self._task.notebook_seconds
        for index, cell in zip(self._task.sources, self._client.nb.cells, strict=True):
            left = until - time.monotonic()
            if left <= 0:
                break
            self._client.begin(index)
            if failure:
                self._outputs.error("KernelFailed", failure, [failure])
                self._outcomes[index] = "error"
            else:
                seconds = min(self._task.cell_seconds, left)
                self._outcomes[index] = await self._execute(cell, index, seconds)
            send_changed(self._channel, self._outputs, self._outcomes)

    async def _start(self) -> str:
        """Start the kernel. Returns why that failed, "" if it did not."""
        specs = KernelSpecManager(
            kernel_dirs=[os.path.join(self._root, "kernels")], ensure_native_kernel=False
        )
        manager = AsyncKernelManager(kernel_name="kernel", kernel_spec_manager=specs)
        self._manager = manager
        manager.connection_file = os.path.join(tempfile.mkdtemp(), "connection.json")
        cells = [new_code_cell(source) for source in self._task.sources.values()]
        client = self._client = _Client(
            new_notebook(cells=cells),
            km=manager,
            startup_timeout=_START_SECONDS,
            allow_errors=True,
            interrupt_on_timeout=False,
            iopub_timeout=1,
        )
        client.show_to(self._outputs)
        client.on_cell_executed = client.take_reply
        with tempfile.TemporaryFile() as words:
            try:
                await manager.start_kernel(cwd=os.getcwd(), stderr=words.fileno())
                await client.async_start_new_kernel_client()
            except Exception as error:
                said = os.pread(words.fileno(), 1 << 20, 0).decode("utf-8", "replace")
                return f"the kernel did not start: {error}. {said[-_MOST_WORDS:]}".strip()
        return ""

    async def _execute(self, cell: NotebookNode, index: int, seconds: float) -> str:
        self._client.timeout_func = lambda _: max(1, round(seconds))
        try:
            await self._client.async_execute_cell(cell, list(self._task.sources).index(index))
        except CellTimeoutError:
            await self._interrupt()
            return "timeout"
        except DeadKernelError:
            await self._end_like_the_kernel()
        return "ok" if self._client.reply.get("status", "ok") == "ok" else "error"

    async def _interrupt(self) -> None:
        """Stop the cell. A kernel that does not heed it is the grader's to end, with this cell."""
        await self._manager.interrupt_kernel()
        try:
            await asyncio.wait_for(self._client.idle.wait(), _INTERRUPT_SECONDS)
        except TimeoutError:
            await asyncio.Event().wait()

    async def _end_like_the_kernel(self) -> None:
        """A kernel that died costs the guest its life, in the same way."""
        provisioner = self._manager.provisioner
        status = await provisioner.poll() if provisioner is not None else None
        if status is not None and status < 0:
            with contextlib.suppress(OSError):  # of SIGKILL
                signal.signal(-status, signal.SIG_DFL)
            os.kill(os.getpid(), -status)
        os._exit(1)
