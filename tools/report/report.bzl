"""The book: chapters, woven with the results they speak of and typeset.

In a room's BUILD, beside the code that the chapter explains:

    chapter(
        name = "chapter",
        src = "chapter.md",
        plots = [":mlp_learning_curves"],
        results = [":mlp_glyphs"],
        sources = glob(["*.h", "*.cc"]),
    )

In reports/BUILD:

    report(name = "report", chapters = ["//modules/backprop:chapter"], ...)

`bazel run //reports:report` builds report.md, report.html and report.pdf, and copies them to reports/published/.
"""

load("//tools:experiment.bzl", "ExperimentInfo", "result_words", "results_of")
load("//tools/plot:plot.bzl", "PlotInfo")

ChapterInfo = provider(
    doc = "A chapter and what its directives may ask for.",
    fields = {
        "text": "the Markdown file",
        "sources": "depset of source files",
        "results": "list of ExperimentInfo",
        "plots": "list of PlotInfo",
    },
)

def _chapter_impl(ctx):
    return [
        DefaultInfo(files = depset([ctx.file.src])),
        ChapterInfo(
            text = ctx.file.src,
            sources = depset(ctx.files.sources),
            results = [result[ExperimentInfo] for result in ctx.attr.results],
            plots = [plot[PlotInfo] for plot in ctx.attr.plots],
        ),
    ]

_chapter = rule(
    implementation = _chapter_impl,
    attrs = {
        "src": attr.label(allow_single_file = [".md"], mandatory = True),
        "sources": attr.label_list(allow_files = True),
        "results": attr.label_list(providers = [ExperimentInfo]),
        "plots": attr.label_list(providers = [PlotInfo]),
    },
)

def chapter(name, src, sources = [], results = [], plots = [], visibility = None):
    """Declares a chapter (manual: only a report needs it).

    Args:
      name: the target.
      src: the Markdown, with directives (tools/report/weaver.h).
      sources: files that its `code` directives show.
      results: experiments that its `table` and `value` directives name, each label with its name after a colon.
      plots: figures that its `plot` directives name.
      visibility: of the target.
    """
    _chapter(
        name = name,
        src = src,
        sources = sources,
        results = results_of(results),
        plots = plots,
        tags = ["manual"],
        visibility = visibility,
    )

def _weave(ctx, chapters, plots):
    woven = ctx.actions.declare_file(ctx.label.name + "/woven.md")
    results = {info.name: info for chapter in chapters for info in chapter.results}.values()
    sources = depset(transitive = [chapter.sources for chapter in chapters])
    words = ["chapter=" + chapter.text.path for chapter in chapters]
    words += ["source=" + file.path for file in sources.to_list()]
    words += ["result:" + word for word in result_words(results)]
    words += ["plot:%s=%s" % (plot.name, plot.svg.path) for plot in plots]
    words += ["gif:%s=%s" % (plot.name, plot.gif.path) for plot in plots if plot.gif]
    words += ["not_run:%s=%s" % (plot.name, plot.not_run.path) for plot in plots]
    ctx.actions.run(
        executable = ctx.executable._weave,
        arguments = ["--output=" + woven.path] + words,
        inputs = depset(
            [chapter.text for chapter in chapters] + [file for plot in plots for file in [plot.svg, plot.gif, plot.not_run] if file],
            transitive = [sources] + [info.files for info in results],
        ),
        outputs = [woven],
        mnemonic = "Weave",
        progress_message = "Weaving %s" % ctx.label,
    )
    return woven

def _typeset(ctx, kind, woven, look, figures):
    output = ctx.actions.declare_file("%s/report.%s" % (ctx.label.name, kind))
    parts = [woven, ctx.file.metadata, ctx.file.bibliography, ctx.file._filter, ctx.file._theme, look] + figures
    ctx.actions.run(
        executable = ctx.executable._typeset,
        arguments = [kind, output.path] + [file.path for file in parts],
        inputs = parts,
        outputs = [output],
        mnemonic = "Typeset",
        progress_message = "Typesetting %s" % output.short_path,
        use_default_shell_env = True,
    )
    return output

def _report_impl(ctx):
    chapters = [target[ChapterInfo] for target in ctx.attr.chapters]
    plots = {plot.name: plot for chapter in chapters for plot in chapter.plots}.values()
    woven = _weave(ctx, chapters, plots)
    pictures = [file for plot in plots for file in [plot.svg, plot.gif] if file]
    files = [
        _typeset(ctx, "md", woven, ctx.file._css, []),
        _typeset(ctx, "html", woven, ctx.file._css, pictures),
        _typeset(ctx, "pdf", woven, ctx.file._preamble, [plot.pdf for plot in plots]),
    ]
    launcher = ctx.actions.declare_file(ctx.label.name + "/publish")
    published = files + pictures
    ctx.actions.write(
        launcher,
        "#!/bin/sh\nexec %s %s\n" % (
            ctx.executable._publish.short_path,
            " ".join([file.short_path for file in published]),
        ),
        is_executable = True,
    )
    return [DefaultInfo(
        executable = launcher,
        files = depset(files),
        runfiles = ctx.runfiles(published + [ctx.executable._publish]),
    )]

_report = rule(
    implementation = _report_impl,
    executable = True,
    attrs = {
        "chapters": attr.label_list(providers = [ChapterInfo], mandatory = True),
        "metadata": attr.label(allow_single_file = [".yaml"], mandatory = True),
        "bibliography": attr.label(allow_single_file = [".bib"], mandatory = True),
        "_weave": attr.label(default = "//tools/report:weave", executable = True, cfg = "target"),
        "_typeset": attr.label(
            default = "//tools/report:typeset.sh",
            executable = True,
            cfg = "target",
            allow_single_file = True,
        ),
        "_publish": attr.label(
            default = "//tools/report:publish.sh",
            executable = True,
            cfg = "target",
            allow_single_file = True,
        ),
        "_filter": attr.label(default = "//tools/report:book.lua", allow_single_file = True),
        "_theme": attr.label(default = "//tools/report:code.theme", allow_single_file = True),
        "_css": attr.label(default = "//tools/report:book.css", allow_single_file = True),
        "_preamble": attr.label(default = "//tools/report:book.tex", allow_single_file = True),
    },
)

def report(name, chapters, metadata, bibliography, visibility = None):
    """Declares a book; `bazel run` it to have it in reports/published/.

    Args:
      name: the target; its files are NAME/report.md, .html and .pdf.
      chapters: chapters, in order.
      metadata: YAML for Pandoc: title, subtitle, author, lang.
      bibliography: BibTeX.
      visibility: of the target.
    """
    _report(
        name = name,
        chapters = chapters,
        metadata = metadata,
        bibliography = bibliography,
        tags = ["manual"],
        visibility = visibility,
    )
