"""A figure drawn by Graphviz from a graph that was written down, not measured.

    diagram(
        name = "computational_graph",
        src = "computational_graph.dot",
    )

builds computational_graph.svg and .pdf (manual, like plots: only what shows the figure draws it). The graph names no
font: it gets the book's, in the SVG as outlines, since readers may not have it. The book's column is 15 cm wide.
"""

load("//tools/plot:plot.bzl", "PlotInfo")

_DRAW = """
command -v dot > /dev/null || { echo "error: dot is not installed: install it with tools/setup.sh" >&2; exit 7; }
draw() { dot -Nfontname=LMRoman10 -Efontname=LMRoman10 -Nfontsize=10 -Efontsize=10 -T"$1" "$2" -o "$3"; }
draw svg:cairo "$1" "$2" && draw pdf "$1" "$3"
"""

def _diagram_impl(ctx):
    svg = ctx.actions.declare_file(ctx.label.name + ".svg")
    pdf = ctx.actions.declare_file(ctx.label.name + ".pdf")
    not_run = ctx.actions.declare_file(ctx.label.name + ".not_run")
    ctx.actions.write(not_run, "")
    ctx.actions.run_shell(
        command = _DRAW,
        arguments = [file.path for file in [ctx.file.src, svg, pdf]],
        inputs = [ctx.file.src],
        outputs = [svg, pdf],
        mnemonic = "Diagram",
        progress_message = "Drawing %s" % ctx.label,
        use_default_shell_env = True,
    )
    return [
        DefaultInfo(files = depset([svg, pdf])),
        PlotInfo(name = ctx.label.name, svg = svg, pdf = pdf, not_run = not_run),
    ]

_diagram = rule(
    implementation = _diagram_impl,
    attrs = {"src": attr.label(allow_single_file = [".dot"], mandatory = True)},
)

def diagram(name, src, visibility = None):
    """Declares the figure NAME.

    Args:
      name: by which chapters show it, among their `plots`.
      src: the graph in Graphviz's language.
      visibility: of the figure.
    """
    _diagram(
        name = name,
        src = src,
        tags = ["manual"],
        visibility = visibility,
    )
