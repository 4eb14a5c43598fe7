"""An experiment is a cached build action: it runs again only when its program, its arguments or its data change.

    experiment(
        name = "learning_curves",
        binary = ":backprop",
        args = ["--seeds=1,2,3"],
        smoke_args = ["--seeds=1", "--epochs=1"],
    )

declares three targets:

    learning_curves             the full run (manual: only what needs its result runs it)
    learning_curves_smoke       the same run in miniature
    learning_curves_smoke_test  checks the miniature's result, so that `bazel test //...` runs every experiment

The action is `BINARY run EXPERIMENT --output_dir=FOLDER ARGS`; it writes run.json, metrics.csv and summary.csv (see
//tools/results). Reports and plots name the full run; `--define report=smoke` makes them read the miniature instead.
"""

load("//tools:real_data.bzl", "place_of", "pretrained_files")

ExperimentInfo = provider(
    doc = "The result of one experiment.",
    fields = {
        "name": "by which chapters refer to the result",
        "experiment": "what the program calls the experiment",
        "run": "run.json: what was run, on what",
        "metrics": "metrics.csv: one row per measurement",
        "summary": "summary.csv: one row per compared method",
        "files": "depset of all files, those that the experiment adds among them",
    },
)

_NOT_HERE = "{dataset} is not on this machine: type bazel run //datasets:fetch -- {dataset}, or set DL_DATASETS to " + \
            "a folder that holds {place}"

_NO_WEIGHTS = "the network {network} is not on this machine: set DL_PRETRAINED to a folder that holds {files}"

_USUAL = ["run.json", "metrics.csv", "summary.csv"]

# Why the experiment cannot be run; empty where it can.
def _lack(ctx):
    if ctx.attr.dataset and not ctx.files.data:
        return _NOT_HERE.format(dataset = ctx.attr.dataset, place = place_of(ctx.attr.dataset))
    for network in ctx.attr.pretrained:
        if not network.files.to_list():
            name = network.label.name
            return _NO_WEIGHTS.format(network = name, files = " and ".join(pretrained_files(name)))
    return ""

def _write_not_run(ctx, outputs, reason):
    record = struct(experiment = ctx.attr.experiment, status = "not run", reason = reason)
    for output in outputs:
        ctx.actions.write(output, record.to_json() + "\n" if output.basename == "run.json" else "")

def _experiment_impl(ctx):
    outputs = [ctx.actions.declare_file(ctx.label.name + "/" + name) for name in ctx.attr.outputs]
    lack = _lack(ctx)
    if lack:
        _write_not_run(ctx, outputs, lack)
    else:
        arguments = ["run", ctx.attr.experiment, "--output_dir=" + outputs[0].dirname] + ctx.attr.arguments
        if ctx.attr.dataset:
            arguments.append("--data_dir=" + ctx.files.data[0].owner.workspace_root)
        if ctx.attr.pretrained:
            arguments.append("--pretrained_dir=" + ctx.files.pretrained[0].dirname)
        ctx.actions.run(
            executable = ctx.executable.binary,
            arguments = arguments,
            inputs = ctx.files.data + ctx.files.pretrained,
            outputs = outputs,
            mnemonic = "Experiment",
            progress_message = "Running experiment %s" % ctx.label,
            use_default_shell_env = True,
        )
    by_name = {output.basename: output for output in outputs}
    return [
        DefaultInfo(files = depset(outputs), runfiles = ctx.runfiles(outputs)),
        ExperimentInfo(
            name = ctx.attr.result_name,
            experiment = ctx.attr.experiment,
            run = by_name["run.json"],
            metrics = by_name["metrics.csv"],
            summary = by_name["summary.csv"],
            files = depset(outputs),
        ),
    ]

_experiment = rule(
    implementation = _experiment_impl,
    attrs = {
        "binary": attr.label(cfg = "target", executable = True, mandatory = True),
        "experiment": attr.string(mandatory = True),
        "result_name": attr.string(mandatory = True),
        "arguments": attr.string_list(),
        "dataset": attr.string(),
        "data": attr.label_list(allow_files = True),
        "pretrained": attr.label_list(allow_files = True),
        "outputs": attr.string_list(),
    },
)

def experiment(
        name,
        binary,
        experiment = None,
        args = [],
        smoke_args = [],
        dataset = None,
        pretrained = [],
        outputs = [],
        visibility = None):
    """Declares the experiment NAME, its miniature NAME_smoke and the miniature's test.

    Args:
      name: by which plots and chapters refer to the result.
      binary: the program; it takes `run EXPERIMENT --output_dir=FOLDER`.
      experiment: what the program calls it; NAME where left out.
      args: the full run's flags.
      smoke_args: the miniature's flags, in place of `args`.
      dataset: a data set of @real_data that the run reads through `--data_dir`; where this machine has not got it, the
        result says that the experiment was not run, and why.
      pretrained: networks of @real_data//pretrained whose files the run reads through `--pretrained_dir`; where this
        machine has not got them, as with a data set.
      outputs: the files that the program writes beside the usual three.
      visibility: of the full run and the miniature.
    """
    for suffix, arguments, tags in [("", args, ["manual"]), ("_smoke", smoke_args, [])]:
        _experiment(
            name = name + suffix,
            binary = binary,
            experiment = experiment or name,
            result_name = name,
            arguments = arguments,
            dataset = dataset or "",
            data = ["@real_data//:" + dataset] if dataset else [],
            pretrained = ["@real_data//pretrained:" + network for network in pretrained],
            outputs = _USUAL + outputs,
            tags = tags,
            visibility = visibility,
        )
    native.sh_test(
        name = name + "_smoke_test",
        size = "small",
        srcs = ["//tools/results:check"],
        args = ["$(rootpaths :%s_smoke)" % name],
        data = [":%s_smoke" % name],
    )

def results_of(experiments):
    """The labels of the full runs or, under `--define report=smoke`, of the miniatures.

    Args:
      experiments: labels of experiments, each with its name after a colon.

    Returns:
      a value for a label_list attribute.
    """
    for label in experiments:
        if ":" not in label:
            fail("name the experiment %s in full, as in //room:%s" % (label, label.rpartition("/")[2]))
    return select({
        "//tools:smoke": [label + "_smoke" for label in experiments],
        "//conditions:default": experiments,
    })

def result_words(infos):
    """NAME=PATH for each file of each result, as //tools/results reads them.

    Args:
      infos: list of ExperimentInfo.

    Returns:
      list of strings
    """
    return ["%s=%s" % (info.name, file.path) for info in infos for file in info.files.to_list()]
