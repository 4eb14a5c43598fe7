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
        "not_run": "one line for each result that is missing",
    },
)

def _plot_impl(ctx):
    svg = ctx.actions.declare_file(ctx.label.name + ".svg")
    pdf = ctx.actions.declare_file(ctx.label.name + ".pdf")
    not_run = ctx.actions.declare_file(ctx.label.name + ".not_run")
    infos = [result[ExperimentInfo] for result in ctx.attr.results]
    arguments = [
        "--script=" + ctx.file.script.path,
        "--style=" + ctx.file._style.path,
        "--svg=" + svg.path,
        "--pdf=" + pdf.path,
        "--not_run=" + not_run.path,
        "--group=" + ",".join(ctx.attr.group),
        "--x=" + ctx.attr.x,
        "--args=" + ",".join(ctx.attr.arguments),
    ]
    ctx.actions.run(
        executable = ctx.executable._draw,
        arguments = arguments + result_words(infos),
        inputs = depset([ctx.file.script, ctx.file._style], transitive = [info.files for info in infos]),
        outputs = [svg, pdf, not_run],
        mnemonic = "Plot",
        progress_message = "Drawing %s" % ctx.label,
        use_default_shell_env = True,
    )
    return [
        DefaultInfo(files = depset([svg, pdf])),
        PlotInfo(name = ctx.label.name, svg = svg, pdf = pdf, not_run = not_run),
    ]

_plot = rule(
    implementation = _plot_impl,
    attrs = {
        "script": attr.label(allow_single_file = [".gp"], mandatory = True),
        "results": attr.label_list(providers = [ExperimentInfo], mandatory = True),
        "arguments": attr.string_list(),
        "group": attr.string_list(),
        "x": attr.string(),
        "_draw": attr.label(default = "//tools/plot:draw", executable = True, cfg = "target"),
        "_style": attr.label(default = "//tools/plot:style.gp", allow_single_file = True),
    },
)

def plot(name, script, results, args = [], group = ["dataset", "model"], x = "epoch", visibility = None):
    """Declares the figure NAME.

    Args:
      name: by which chapters show it.
      script: a gnuplot script; see style.gp.
      results: labels of experiments, each with its name after a colon.
      args: the script's own arguments (ARG5 and on), without commas.
      group: columns of metrics.csv; rows that agree in these make one curve.
      x: the column of metrics.csv that is the curve's argument.
      visibility: of the figure.
    """
    _plot(
        name = name,
        script = script,
        results = results_of(results),
        arguments = args,
        group = group,
        x = x,
        tags = ["manual"],
        visibility = visibility,
    )
