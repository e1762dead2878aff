"""A filter of system calls: what no notebook needs, and what reaches out of a sandbox.

Namespaces and mounts of its own, the memory and descriptors of other processes, the kernel's
keyrings, and parts of the kernel that mostly serve attackers (bpf, perf, io_uring, userfaultfd,
modules). Once installed, the filter holds for the process and all that come from it.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct

from .linux import NEW_NAMESPACES, PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, prctl

_AUDIT = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_X32 = 0x40000000  # x86_64's second set of numbers for the same calls
_CLONE = {"x86_64": 56, "aarch64": 220}
_CLONE3 = 435  # the newest calls have one number on all machines
_CALLS = {  # name -> (number on x86_64, on aarch64)
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "open_by_handle_at": (304, 265),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "process_madvise": (440, 440),
    "pidfd_getfd": (438, 438),
    "kcmp": (312, 272),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
}
# Where no namespaces stand between a guest and the machine: sockets other than pairs, memory and
# queues that processes share by name, and what is done to processes of the same user.
_SHARING = {
    "socket": (41, 198),
    "shmget": (29, 194),
    "shmat": (30, 196),
    "semget": (64, 190),
    "msgget": (68, 186),
    "mq_open": (240, 180),
    "setpriority": (141, 140),
    "ioprio_set": (251, 30),
    "move_pages": (279, 239),
    "migrate_pages": (256, 238),
}
# Landlock does not guard what a file's owner may do besides reading and writing. These succeed and
# do nothing, so that a copy of a file is made all the same. aarch64 has only the newer ones.
_RIGHTS = {
    "chmod": (90, 53),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
    "chown": (92, 54),
    "fchown": (93, 55),
    "lchown": (94, 54),
    "fchownat": (260, 54),
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "fsetxattr": (190, 7),
    "setxattrat": (463, 463),
    "removexattr": (197, 14),
    "lremovexattr": (198, 15),
    "fremovexattr": (199, 16),
    "removexattrat": (466, 466),
    "file_setattr": (469, 469),
    "utime": (132, 88),
    "utimes": (235, 88),
    "futimesat": (261, 88),
    "utimensat": (280, 88),
}
_ON_ITSELF_ONLY = {  # what takes a process as its first argument: 0 is the caller
    "prlimit64": (302, 261),
    "sched_setaffinity": (203, 122),
    "sched_setscheduler": (144, 119),
    "sched_setparam": (142, 118),
    "sched_setattr": (314, 274),
}

# Berkeley packet filter: load a word of struct seccomp_data, jump, end.
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16  # offsets; an argument's low half comes first
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000  # the low 16 bits hold the errno; 0 looks like success
_SECCOMP_MODE_FILTER = 2


class _Program(ctypes.Structure):
    """`struct sock_fprog`: the number of instructions, and where they are."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def refuse_system_calls(*, sharing: bool = True) -> None:
    """Install the filter. Raises `OSError`.

    Without `sharing`, sockets and shared memory are refused as well, and the rights and times of
    files stay as they are.
    """
    instructions = _instructions(platform.machine(), sharing)
    program = _Program(len(instructions) // 8, instructions)
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    prctl(PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.addressof(program))


def _instructions(machine: str, sharing: bool) -> bytes:
    """The filter, eight bytes an instruction.

    `clone3` looks like an old kernel's, so that the C library falls back to `clone`, whose flags a
    filter can see.
    """
    permitted = (_RETURN, 0, 0, _ALLOW)
    not_permitted = (_RETURN, 0, 0, _REFUSE | errno.EPERM)
    filter_: list[tuple[int, int, int, int]] = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, _AUDIT[machine]),
        not_permitted,
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, 0, 1, _X32),
        not_permitted,
        (_EQUAL, 0, 1, _CLONE3),
        (_RETURN, 0, 0, _REFUSE | errno.ENOSYS),
        (_EQUAL, 0, 4, _CLONE[machine]),
        (_LOAD, 0, 0, _FIRST_ARGUMENT),
        (_ANY_BIT, 0, 1, sum(NEW_NAMESPACES.values()) | 0x02000000),  # and a cgroup's
        not_permitted,
        permitted,
    ]
    column = int(machine == "aarch64")
    for numbers in (*_CALLS.values(), *([] if sharing else _SHARING.values())):
        filter_ += [(_EQUAL, 0, 1, numbers[column]), not_permitted]
    for numbers in [] if sharing else _RIGHTS.values():
        filter_ += [(_EQUAL, 0, 1, numbers[column]), (_RETURN, 0, 0, _REFUSE)]
    for numbers in [] if sharing else _ON_ITSELF_ONLY.values():
        filter_ += [
            (_EQUAL, 0, 4, numbers[column]),
            (_LOAD, 0, 0, _FIRST_ARGUMENT),
            (_EQUAL, 0, 1, 0),
            permitted,
            not_permitted,
        ]
    return b"".join(struct.pack("=HBBI", *each) for each in [*filter_, permitted])
