"""Guests of one warm parent: none reaches the parent, a sibling, the next one or the machine."""

import contextlib
import os
import signal
import socket
import subprocess
import threading
import time
from pathlib import Path

import nbformat
import pytest

import autograder.oracles
from autograder.engine.execute import execute
from autograder.records import Job, Limits
from autograder.sandbox import warm
from autograder.sandbox.guests import GuestFailed, Guests
from autograder.sandbox.isolation import Isolation
from autograder.sandbox.rungs import choose

PROJECT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def guests(isolated):
    with Guests(isolated, PROJECT) as made:
        yield made


@pytest.fixture
def in_namespaces(guests):
    if guests.isolation.name != "namespaces":
        pytest.skip("only a namespace takes things out of sight")


def outputs(guests, *cells, limits=None, files=None):
    """Run cells in a guest of their own. Returns what they printed, or their last error."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    transcript = execute(Job("a/b/c", notebook, {}, limits or Limits(), files), guests)
    return "".join(
        output.get("text") or output.get("evalue", "")
        for cell in transcript.cells.values()
        for output in cell.outputs
    )


def parent(guests):
    """The warm parent itself: below it are guests, above it only bubblewrap."""
    pid = guests.parent.process.pid
    while "bwrap" in Path(f"/proc/{pid}/comm").read_text():
        pid = int(Path(f"/proc/{pid}/task/{pid}/children").read_text().split()[0])
    return pid


CALLS = """
import ctypes, errno, os, platform, signal
libc = ctypes.CDLL(None, use_errno=True)
def refused(name, *arguments):
    result = getattr(libc, name)(*arguments)
    return result == -1 and ctypes.get_errno() in (errno.EPERM, errno.ENOSYS)
"""


# -- what a guest cannot do --------------------------------------------------------------------


@pytest.mark.parametrize(
    "call",
    [
        "'unshare', 0x10000000",
        "'unshare', 0x20000",
        "'setns', 0, 0",
        "'mount', b'tmpfs', b'/tmp', b'tmpfs', 0, None",
        "'umount2', b'/home/student', 2",
        "'ptrace', 16, os.getppid(), 0, 0",
        "'process_vm_readv', 1, None, 0, None, 0, 0",
        "'process_vm_writev', 1, None, 0, None, 0, 0",
        "'sethostname', b'mine', 4",
        "'syscall', 250 if platform.machine() == 'x86_64' else 219, 0, -3, 0",
        "'syscall', 435, None, 0",
        "'syscall', 425, 1, None",
        "'syscall', 56 if platform.machine() == 'x86_64' else 220, 0x10000011, 0, 0, 0, 0",
    ],
)
def test_a_system_call_that_reaches_out_is_refused(guests, call):
    assert outputs(guests, CALLS, f"print(refused({call}))") == "True\n"


def test_a_guest_has_no_capability(guests):
    ask = (
        "import ctypes, struct\n"
        "held = ctypes.create_string_buffer(24)\n"
        "ctypes.CDLL(None).capget(struct.pack('Ii', 0x20080522, 0), held)\n"
        "print(any(held.raw))"
    )
    assert outputs(guests, ask) == "False\n"


@pytest.mark.usefixtures("in_namespaces")
def test_only_processes_of_its_own_are_in_sight(guests):
    look = (
        "import os\n"
        "def there(pid):\n"
        "    try: os.kill(pid, 0)\n"
        "    except OSError: return False\n"
        "    return True\n"
        "print(os.getpid(), os.getppid(), [pid for pid in range(1, 5000) if there(pid)])\n"
        "print([name for name in os.listdir('/proc') if name.isdigit() or name == 'self'])"
    )
    assert outputs(guests, look) == "2 1 [1, 2]\n[]\n"


def test_neither_grader_nor_parent_can_be_sent_a_signal(guests):
    outputs(guests, "1")
    ask = (
        "import os\n"
        f"for pid in ({os.getpid()}, {parent(guests)}):\n"
        "    try: os.kill(pid, 0); print('reached')\n"
        "    except OSError: pass"
    )
    assert outputs(guests, ask) == ""


def test_the_first_process_of_a_guest_does_not_hear_its_signals(guests):
    send = (
        "import contextlib, os, signal, time\n"
        "for number in range(1, 65):\n"
        "    with contextlib.suppress(OSError): os.kill(os.getppid(), number)\n"
        "time.sleep(0.3)\n"  # until it would have acted on one
        "print('unharmed')"
    )
    assert outputs(guests, send, "print('still here')") == "unharmed\nstill here\n"


def test_no_descriptor_leads_out_but_the_line(guests, tmp_path):
    look = (
        "import os, stat\n"
        "found = []\n"
        "for fd in range(512):\n"
        "    try: mode = os.fstat(fd).st_mode\n"
        "    except OSError: continue\n"
        "    try: kind = os.readlink(f'/proc/self/fd/{fd}')\n"
        "    except OSError: kind = ''\n"
        "    found.append('folder' if stat.S_ISDIR(mode) else"
        " 'pipe' if stat.S_ISFIFO(mode) else 'socket' if stat.S_ISSOCK(mode) else 'other')\n"
        "print({kind: found.count(kind) for kind in ('folder', 'pipe', 'socket')}, len(found))"
    )
    # three sockets: the line, and the two ends on which asyncio wakes itself
    assert outputs(guests, look, files=tmp_path) == "{'folder': 0, 'pipe': 0, 'socket': 3} 9\n"


@pytest.mark.usefixtures("in_namespaces")
def test_it_can_talk_to_itself_over_the_loopback_and_to_nobody_else(guests):
    talk = (
        "import socket\n"
        "server = socket.create_server(('127.0.0.1', 0))\n"
        "socket.create_connection(server.getsockname(), 2)\n"
        "try: socket.create_connection(('192.0.2.1', 80), 2)\n"
        "except OSError as error: print(error.strerror)"
    )
    assert outputs(guests, talk) == "Network is unreachable\n"


def test_there_is_no_way_to_a_server_on_this_machine(guests):
    with socket.create_server(("127.0.0.1", 0)) as server:
        call = (
            "import socket\n"
            f"try: socket.create_connection({server.getsockname()!r}, 2); print('connected')\n"
            "except OSError: print('refused')"
        )
        assert outputs(guests, call) == "refused\n"


def test_no_file_of_the_graders_can_be_read_or_written_or_changed(guests, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("the key")
    secret.chmod(0o666)
    os.utime(secret, (1, 1))
    (tmp_path / "folder").mkdir()
    attack = (
        "import contextlib, os\n"
        f"path = {str(secret)!r}\n"
        "attempts = [lambda: print(open(path).read()), lambda: open(path, 'a').write('x'),\n"
        "    lambda: os.truncate(path, 0), lambda: os.remove(path), lambda: os.rename(path, 'x'),\n"
        "    lambda: os.link(path, 'mine'), lambda: os.chmod(path, 0), lambda: os.utime(path),\n"
        "    lambda: os.rmdir(path[:-6] + 'folder'), lambda: open(path + '2', 'w'),\n"
        "    lambda: os.chown(path, 1, 1), lambda: os.setxattr(path, 'user.x', b'x')]\n"
        "for attempt in attempts:\n"
        "    with contextlib.suppress(OSError): attempt()"
    )
    before = secret.stat()
    assert outputs(guests, attack) == ""
    after = secret.stat()
    assert secret.read_text() == "the key"
    assert (after.st_mode, after.st_uid, after.st_mtime, after.st_ctime) == (
        before.st_mode,
        before.st_uid,
        1.0,
        before.st_ctime,
    )
    assert sorted(each.name for each in tmp_path.iterdir()) == ["folder", "secret"]


def test_the_grader_itself_cannot_be_imported(guests):
    look = (
        "try: import autograder.oracles.distillation; print('imported')\n"
        "except (ImportError, PermissionError): print('not there')"
    )
    assert outputs(guests, look, f"open({autograder.oracles.__file__!r})").startswith("not there")


# -- what passes from one guest to another -----------------------------------------------------


def test_files_and_shared_memory_are_gone_with_the_guest(guests):
    leave = (
        "import contextlib, ctypes, os, pathlib\n"
        "for place in ('/tmp', '/dev/shm', os.environ['HOME']):\n"
        "    with contextlib.suppress(OSError): pathlib.Path(place, 'left').write_text('x')\n"
        "ctypes.CDLL(None).shmget(4711, 4096, 0o1666)\n"
        "print(os.path.exists(os.environ['HOME'] + '/left'))"
    )
    look = (
        "import ctypes, os\n"
        "places = ('/tmp', '/dev/shm', os.environ['HOME'])\n"
        "print([place for place in places if os.path.exists(place + '/left')],"
        " ctypes.CDLL(None).shmget(4711, 4096, 0o666))"
    )
    assert outputs(guests, leave) == "True\n"
    assert outputs(guests, look) == "[] -1\n"


def test_what_a_guest_has_changed_in_memory_is_not_there_in_the_next(guests):
    spoil = (
        "import builtins, os, sys, torch\n"
        "torch.softmax = builtins.len = None\n"
        "os.environ['MARK'] = sys.modules['mark'] = 'left'\n"
        "torch.set_default_dtype(torch.float64)\n"
        "get_ipython().input_transformers_cleanup.append(lambda lines: ['print(1)'])"
    )
    look = (
        "import os, sys, torch\n"
        "print(torch.softmax(torch.zeros(2), 0).tolist(), len([1]), 'MARK' in os.environ,"
        " 'mark' in sys.modules, torch.get_default_dtype())"
    )
    outputs(guests, spoil)
    assert outputs(guests, look) == "[0.5, 0.5] 1 False False torch.float32\n"


def test_no_two_guests_draw_the_same_numbers(guests):
    draw = (
        "import random, numpy as np, torch, uuid\n"
        "print(random.random()); print(np.random.rand()); print(torch.rand(1).item())"
    )
    first, second = outputs(guests, draw).split(), outputs(guests, draw).split()
    assert len({*first, *second}) == 6


def test_siblings_at_the_same_time_do_not_meet(guests):
    listen = (
        "import contextlib, os, socket, time\n"
        "with contextlib.suppress(OSError):\n"
        "    server = socket.socket(socket.AF_UNIX); server.bind('\\0meet'); server.listen()\n"
        "with contextlib.suppress(OSError): open('/tmp/meet', 'w').write('x')\n"
        "import ctypes; ctypes.CDLL(None).shmget(4712, 4096, 0o1666)\n"
        "time.sleep(2)\nprint('unharmed')"
    )
    seek = (
        "import ctypes, os, signal, socket\n"
        "try: socket.socket(socket.AF_UNIX).connect('\\0meet'); print('met')\n"
        "except OSError: print('alone')\n"
        "print(os.path.exists('/tmp/meet'), ctypes.CDLL(None).shmget(4712, 4096, 0o666))\n"
        "try: os.kill(-1, signal.SIGKILL)\n"  # all that it may, but for itself
        "except OSError: pass"
    )
    heard = []
    listening = threading.Thread(target=lambda: heard.append(outputs(guests, listen)))
    listening.start()
    time.sleep(0.8)
    assert outputs(guests, seek) == "alone\nFalse -1\n"
    listening.join()
    assert heard == ["unharmed\n"]


def test_a_process_that_makes_itself_a_daemon_ends_with_its_guest(guests):
    marker = f"{os.getpid() + 2_000_000}"
    daemon = (
        "import os, subprocess\n"
        "if os.fork() == 0:\n"
        "    os.setsid()\n"
        f"    subprocess.Popen(['sleep', '{marker}'], start_new_session=True)\n"
        "    os._exit(0)\n"
        "os.wait(); print('started')"
    )
    assert outputs(guests, daemon) == "started\n"
    listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True).stdout
    assert f"sleep {marker}" not in listed


# -- the parent --------------------------------------------------------------------------------


def test_the_parent_has_one_thread_and_shares_no_memory_with_guests(guests):
    outputs(guests, "1")
    pid = parent(guests)
    shared = [line for line in Path(f"/proc/{pid}/maps").read_text().splitlines() if "rw-s" in line]
    assert not shared
    assert "libtorch" in Path(f"/proc/{pid}/maps").read_text()
    assert len(list(Path(f"/proc/{pid}/task").iterdir())) == 1


@contextlib.contextmanager
def impatient(monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(warm, "_FORK_SECONDS", 0.5)
        yield


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP])
def test_a_parent_that_dies_or_falls_silent_is_started_anew(guests, monkeypatch, number):
    outputs(guests, "1")
    before = guests.parent.process
    os.kill(parent(guests), number)
    with impatient(monkeypatch):
        assert outputs(guests, "print('served')") == "served\n"
    assert guests.parent.process is not before
    assert before.returncode is not None


def test_a_parent_that_cannot_start_is_the_graders_error_and_says_why(isolated, monkeypatch):
    broken = "raise ImportError('no torch here')  # {module} {control}"
    monkeypatch.setattr(warm, "_PROGRAM", broken)
    with (
        Guests(isolated, PROJECT) as made,
        pytest.raises(GuestFailed, match="no torch here"),
    ):
        outputs(made, "1")


@pytest.mark.usefixtures("in_namespaces")
def test_a_room_that_cannot_be_closed_is_the_graders_error_and_says_why(guests):
    with pytest.raises(GuestFailed, match="mount /tmp"):
        outputs(guests, "1", limits=Limits(file_bytes=-1))


def test_nothing_is_left_of_a_parent_that_is_closed(isolated):
    with Guests(isolated, PROJECT) as made:
        outputs(made, "1")
        pid = parent(made)
    deadline = time.monotonic() + 5
    while Path(f"/proc/{pid}").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not Path(f"/proc/{pid}").exists()


def test_where_nothing_can_be_forked_a_guest_is_started(monkeypatch, tmp_path):
    monkeypatch.setattr(Isolation, "forks", False)
    (tmp_path / "beside").write_text("x")
    with Guests(choose("none"), PROJECT) as made:
        assert made.parent is None
        ask = "import os; print(os.listdir())"
        assert outputs(made, ask, files=tmp_path) == "['beside']\n"
        assert "exit status 3" in outputs(made, "import os; os._exit(3)")
