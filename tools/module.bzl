"""The program of a module: `bazel run //modules/NAME`.

    module_program(
        name = "backprop",
        binary = ":main",
        figures = [":mlp_learning_curves"],
    )

is the program `binary` (modules/training/module_main.h) together with the figures that its runs can draw. Experiments
that Bazel runs take the bare `binary`: they do not run again because a figure's script has changed.
"""

load("//tools/plot:plot.bzl", "PlotInfo")

# $DL_FIGURES is the folder of figures.json, to which {root} in its commands refers (modules/training/figures.h).
_LAUNCHER = """#!/bin/sh
root=$(cd "${{RUNFILES_DIR:-$0.runfiles}}/{workspace}" && pwd) || exit
DL_FIGURES=$root exec "$root/{binary}" "$@"
"""

def _module_program_impl(ctx):
    plots = [plot[PlotInfo] for plot in ctx.attr.figures]
    manifest = ctx.actions.declare_file(ctx.label.name + ".figures.json")
    ctx.actions.write(manifest, struct(figures = [
        struct(name = plot.name, experiment = plot.experiment, command = plot.command)
        for plot in plots
        if plot.experiment
    ]).to_json())
    launcher = ctx.actions.declare_file(ctx.label.name)
    ctx.actions.write(
        launcher,
        _LAUNCHER.format(workspace = ctx.workspace_name, binary = ctx.executable.binary.short_path),
        is_executable = True,
    )
    runfiles = ctx.runfiles(symlinks = {"figures.json": manifest})
    for part in [ctx.attr.binary[DefaultInfo].default_runfiles] + [plot.tools for plot in plots]:
        runfiles = runfiles.merge(part)
    return [DefaultInfo(executable = launcher, runfiles = runfiles)]

_module_program = rule(
    implementation = _module_program_impl,
    executable = True,
    attrs = {
        "binary": attr.label(cfg = "target", executable = True, mandatory = True),
        "figures": attr.label_list(providers = [PlotInfo]),
    },
)

def module_program(name, binary, figures = [], visibility = None):
    """Declares the program NAME.

    Args:
      name: the module's name.
      binary: its main program.
      figures: plots and diagrams; after a run, those are drawn that show its experiment alone.
      visibility: of the target.
    """
    _module_program(
        name = name,
        binary = binary,
        figures = figures,
        visibility = visibility,
    )
