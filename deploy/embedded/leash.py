"""Becomes another program that is told to stop when the process that started it dies.

Run as a file, before any package is importable: `leash.py PARENT SIGNAL USER COMMAND...`, where
SIGNAL is what the kernel sends on the parent's death and USER is `uid:gid` or `-`. Nothing of ours
may be imported here: the other user may not be able to read it.
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1


def main(parent: str, signal: str, user: str, *command: str) -> None:
    if user != "-":
        uid, gid = (int(part) for part in user.split(":"))
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    if sys.platform == "linux":
        # After setuid, which clears it. Elsewhere only an orderly stop takes the servers along.
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal), 0, 0, 0)
    if os.getppid() != int(parent):
        sys.exit("leash: the parent died first")
    os.execv(command[0], command)


if __name__ == "__main__":
    main(*sys.argv[1:])
