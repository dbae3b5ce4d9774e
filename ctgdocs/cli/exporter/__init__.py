"""`ctgdocs exporter`: what leaves as data, one subcommand a module of this folder."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

import click

RANK = 13


@cache
def exports() -> tuple[str, ...]:
    """The names of the subcommands: the modules beside this one."""
    return tuple(one.name for one in iter_modules(__path__))


class _Exports(click.Group):
    """The subcommands, each imported when it is named."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(exports())

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in exports():
            return None
        command: click.Command = getattr(import_module(f"{__name__}.{name}"), name)
        return command


@click.group(cls=_Exports, options_metavar="[OPTIONS]", subcommand_metavar="QUOI [ARGUMENTS]…")
def exporter() -> None:
    """Écrit des données à partir des contenus : tableurs, données ouvertes."""
