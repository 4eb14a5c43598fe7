"""A figure drawn by Graphviz: from a graph that was written down, or from one that an experiment recorded.

    diagram(
        name = "computational_graph",
        src = "computational_graph.dot",
    )

    diagram(
        name = "recorded_graph",
        result = "//modules/backprop/experiments:graph_picture",
        file = "graph.dot",
    )

builds NAME.svg and .pdf (manual, like plots: only what shows the figure draws it). The book's column is 15 cm wide.
"""

load("//tools:experiment.bzl", "ExperimentInfo", "results_of")
load("//tools/plot:plot.bzl", "PlotInfo")

def _graph(ctx):
    if ctx.file.src:
        return ctx.file.src
    for file in ctx.attr.result[0][ExperimentInfo].files.to_list():
        if file.basename == ctx.attr.file:
            return file
    fail("%s has no %s: name it among its outputs" % (ctx.attr.result[0].label, ctx.attr.file))

def _diagram_impl(ctx):
    svg = ctx.actions.declare_file(ctx.label.name + ".svg")
    pdf = ctx.actions.declare_file(ctx.label.name + ".pdf")
    not_run = ctx.actions.declare_file(ctx.label.name + ".not_run")
    ctx.actions.write(not_run, "")
    graph = _graph(ctx)
    ctx.actions.run(
        executable = ctx.executable._draw,
        arguments = [file.path for file in [graph, svg, pdf]],
        inputs = [graph],
        outputs = [svg, pdf],
        mnemonic = "Diagram",
        progress_message = "Drawing %s" % ctx.label,
        use_default_shell_env = True,
    )
    return [
        DefaultInfo(files = depset([svg, pdf])),
        PlotInfo(
            name = ctx.label.name,
            svg = svg,
            pdf = pdf,
            gif = None,
            not_run = not_run,
            experiment = ctx.attr.result[0][ExperimentInfo].experiment if ctx.attr.result else None,
            command = ["{root}/" + ctx.executable._draw.short_path, "{result}/" + ctx.attr.file, "{figure}.svg"],
            tools = ctx.runfiles([ctx.executable._draw]),
        ),
    ]

_diagram = rule(
    implementation = _diagram_impl,
    attrs = {
        "src": attr.label(allow_single_file = [".dot"]),
        "result": attr.label_list(providers = [ExperimentInfo]),  # of one
        "file": attr.string(),
        "_draw": attr.label(
            default = "//tools/plot:diagram.sh",
            executable = True,
            cfg = "target",
            allow_single_file = True,
        ),
    },
)

def diagram(name, src = None, result = None, file = "graph.dot", visibility = None):
    """Declares the figure NAME.

    Args:
      name: by which chapters show it, among their `plots`.
      src: the graph in Graphviz's language; or
      result: the label of an experiment, with its name after a colon, that wrote the graph as
      file: one of its outputs.
      visibility: of the figure.
    """
    _diagram(
        name = name,
        src = src,
        result = results_of([result]) if result else [],
        file = file,
        tags = ["manual"],
        visibility = visibility,
    )
