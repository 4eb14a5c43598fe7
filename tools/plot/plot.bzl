"""A figure drawn from results.

    plot(
        name = "mlp_learning_curves",
        script = "//tools/plot:learning_curves.gp",
        results = [":mlp_glyphs", ":mlp_fashion"],
    )

builds mlp_learning_curves.svg and .pdf (manual: only what shows the figure draws it). Results of experiments that were
not run are left out, and the chapter that shows the figure says so.
"""

load("//tools:experiment.bzl", "ExperimentInfo", "result_words", "results_of")

PlotInfo = provider(
    doc = "A figure.",
    fields = {
        "name": "by which chapters show it",
        "svg": "for HTML; empty where no experiment was run",
        "pdf": "for LaTeX; empty where no experiment was run",
        "gif": "the same in motion, for HTML; None where the figure has none",
        "not_run": "one line for each result that is missing",
        "experiment": "whose result it draws, so that a run may draw it too; None where it takes more than one",
        "command": "program and arguments that draw it after a run; see //tools:module.bzl",
        "tools": "runfiles of that program, and the files that the arguments name",
    },
)

def _read_files(table):
    usual = ["run.json", "metrics.csv", "summary.csv"]
    return usual + [table] if table and table not in usual else usual

def _options(ctx):
    options = ["--args=" + ",".join(ctx.attr.arguments)]
    if ctx.attr.table:
        return options + ["--table=" + ctx.attr.table]
    return options + ["--group=" + ",".join(ctx.attr.group), "--x=" + ctx.attr.x]

def _command(ctx, kinds):
    """How a figure is drawn after a run, in the pictures `kinds`; see //tools:module.bzl."""
    return [
        "{root}/" + ctx.executable._draw.short_path,
        "--script={root}/" + ctx.file.script.short_path,
        "--style={root}/" + ctx.file._style.short_path,
    ] + _options(ctx) + ["--%s={figure}.%s" % (kind, kind) for kind in kinds] + [
        "result={result}/" + file
        for file in _read_files(ctx.attr.table)
    ]

def _tools(ctx):
    return ctx.runfiles([ctx.file.script, ctx.file._style]).merge(ctx.attr._draw[DefaultInfo].default_runfiles)

def _plot_impl(ctx):
    infos = [result[ExperimentInfo] for result in ctx.attr.results]
    outputs = {kind: ctx.actions.declare_file(ctx.label.name + "." + kind) for kind in ["svg", "pdf", "not_run"]}
    if ctx.attr.animation:
        outputs["gif"] = ctx.actions.declare_file(ctx.label.name + ".gif")
    ctx.actions.run(
        executable = ctx.executable._draw,
        arguments = ["--script=" + ctx.file.script.path, "--style=" + ctx.file._style.path] + _options(ctx) +
                    ["--%s=%s" % (kind, file.path) for kind, file in outputs.items()] +
                    result_words(infos),
        inputs = depset([ctx.file.script, ctx.file._style], transitive = [info.files for info in infos]),
        outputs = outputs.values(),
        mnemonic = "Plot",
        progress_message = "Drawing %s" % ctx.label,
        use_default_shell_env = True,
    )
    experiments = {info.experiment: None for info in infos}.keys()
    return [
        DefaultInfo(files = depset([outputs["svg"], outputs["pdf"]])),
        PlotInfo(
            name = ctx.label.name,
            svg = outputs["svg"],
            pdf = outputs["pdf"],
            gif = outputs.get("gif"),
            not_run = outputs["not_run"],
            experiment = experiments[0] if len(experiments) == 1 else None,
            command = _command(ctx, [kind for kind in outputs if kind in ["svg", "gif"]]),
            tools = _tools(ctx),
        ),
    ]

_LOOK = {
    "script": attr.label(allow_single_file = [".gp"], mandatory = True),
    "arguments": attr.string_list(),
    "group": attr.string_list(),
    "x": attr.string(),
    "table": attr.string(),
    "_draw": attr.label(default = "//tools/plot:draw", executable = True, cfg = "target"),
    "_style": attr.label(default = "//tools/plot:style.gp", allow_single_file = True),
}

_plot = rule(
    implementation = _plot_impl,
    attrs = dict(
        _LOOK,
        results = attr.label_list(providers = [ExperimentInfo], mandatory = True),
        animation = attr.bool(),
    ),
)

def _run_figure_impl(ctx):
    return [PlotInfo(
        name = ctx.label.name,
        svg = None,
        pdf = None,
        gif = None,
        not_run = None,
        experiment = ctx.attr.command,
        command = _command(ctx, ["svg"]),
        tools = _tools(ctx),
    )]

_run_figure = rule(
    implementation = _run_figure_impl,
    attrs = dict(_LOOK, command = attr.string(mandatory = True)),
)

def run_figure(name, script, command, group = [], x = "epoch", table = "", args = [], visibility = None):
    """Declares a figure that a module's program draws after one of its commands, and no chapter shows.

    Args:
      name: of the picture, in the command's folder.
      script: a gnuplot script; see style.gp.
      command: the name under which the command writes its results.
      group: as of plot.
      x: as of plot.
      table: as of plot.
      args: as of plot.
      visibility: of the figure.
    """
    _run_figure(
        name = name,
        script = script,
        command = command,
        arguments = args,
        group = group,
        x = x,
        table = table,
        visibility = visibility,
    )

def plot(
        name,
        script,
        results,
        args = [],
        group = ["dataset", "model"],
        x = "epoch",
        table = "",
        animation = False,
        visibility = None):
    """Declares the figure NAME.

    Args:
      name: by which chapters show it.
      script: a gnuplot script; see style.gp.
      results: labels of experiments, each with its name after a colon.
      args: the script's own arguments (ARG5 and on), without commas.
      group: columns of metrics.csv; rows that agree in these make one curve.
      x: the column of metrics.csv that is the curve's argument.
      table: a CSV file of the results, whose rows are the script's data as they stand, in place of curves.
      animation: whether the script draws an animation too, when its terminal is "gif".
      visibility: of the figure.
    """
    _plot(
        name = name,
        script = script,
        results = results_of(results),
        arguments = args,
        group = group,
        x = x,
        table = table,
        animation = animation,
        tags = ["manual"],
        visibility = visibility,
    )
