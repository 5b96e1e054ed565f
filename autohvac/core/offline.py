"""A process that reads hostile files has no business on a network: the kernel refuses it sockets from here on.

A seccomp filter (Linux on x86-64 and 64-bit ARM, no privileges needed) answers `socket` of any family but local ones,
and io_uring, which could open sockets past it, with "operation not permitted". It holds for all children too.
Elsewhere nothing happens. Source: Linux kernel documentation, userspace-api/seccomp_filter.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import socket
import struct
import sys
from typing import NamedTuple


class _Machine(NamedTuple):
    audit_arch: int
    socket_call: int


MACHINES = {"x86_64": _Machine(0xC000003E, 41), "aarch64": _Machine(0xC00000B7, 198)}
IO_URING_SETUP = 425
PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, MODE_FILTER = 38, 22, 2
LOAD_WORD, JUMP_IF_EQUAL, JUMP_IF_NOT_LESS, RETURN = 0x20, 0x15, 0x35, 0x06
X32_CALLS = 0x40000000  # a second set of numbers for the same calls on x86-64
ALLOW, REFUSE = 0x7FFF0000, 0x00050000 | errno.EPERM
AT_CALL, AT_ARCH, AT_FIRST_ARGUMENT = 0, 4, 16  # offsets in struct seccomp_data


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_char_p)]


def _instruction(code: int, value: int, *, yes: int = 0, no: int = 0) -> bytes:
    return struct.pack("HBBI", code, yes, no, value)


def _filter(machine: _Machine) -> bytes:
    """Instructions; `yes` and `no` are how many of the following ones are jumped over."""
    return b"".join(
        (
            _instruction(LOAD_WORD, AT_ARCH),
            _instruction(JUMP_IF_EQUAL, machine.audit_arch, no=7),
            _instruction(LOAD_WORD, AT_CALL),
            _instruction(JUMP_IF_NOT_LESS, X32_CALLS, yes=5),
            _instruction(JUMP_IF_EQUAL, IO_URING_SETUP, yes=4),
            _instruction(JUMP_IF_EQUAL, machine.socket_call, no=2),
            _instruction(LOAD_WORD, AT_FIRST_ARGUMENT),
            _instruction(JUMP_IF_EQUAL, socket.AF_UNIX, no=1),
            _instruction(RETURN, ALLOW),
            _instruction(RETURN, REFUSE),
        )
    )


_machine = MACHINES.get(platform.machine()) if sys.platform == "linux" else None
_instructions = _filter(_machine) if _machine is not None else b""
_program = _Program(len(_instructions) // 8, _instructions)
_prctl = ctypes.CDLL(None, use_errno=True).prctl if _machine is not None else None


def go_offline() -> None:
    """Give up the network for good; between fork and exec this makes two system calls and takes no lock."""
    if _prctl is None:
        return
    word = ctypes.c_ulong
    if _prctl(PR_SET_NO_NEW_PRIVS, word(1), word(0), word(0), word(0)) == 0:
        _prctl(PR_SET_SECCOMP, word(MODE_FILTER), ctypes.byref(_program), word(0), word(0))


def can_go_offline() -> bool:
    """Whether this system has the filter."""
    return _prctl is not None
