"""Runs `steelyard` as a person does: arguments in, exit code and both outputs out."""

import asyncio
import contextlib
import io
import os
import sys
from typing import NamedTuple
from unittest import mock

from deploy.cli import main


class Said(NamedTuple):
    """What the command said."""

    code: int
    out: str
    err: str


def steelyard(*arguments: str) -> Said:
    """One command, in this process."""
    out, err = io.StringIO(), io.StringIO()
    argv = mock.patch.object(sys, "argv", ["steelyard", *arguments])
    # a command takes over the settings of the stack it finds; the next one finds its own
    with (
        argv,
        mock.patch.dict(os.environ),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as ended:
            return Said(int(ended.code or 0), out.getvalue(), err.getvalue())
    raise AssertionError("a command ends with an exit code")


async def from_a_loop(*arguments: str) -> Said:
    """The same in a thread of its own, since a command runs a loop of its own."""
    return await asyncio.to_thread(steelyard, *arguments)
