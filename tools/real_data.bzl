"""Real data sets and trained networks, as the repository @real_data: one filegroup each, empty where this machine has
not got it.

A data set is some files below $DL_DATASETS (relative: against the workspace root) or, where that has none of them,
below $XDG_CACHE_HOME/deep-learning/datasets, or ~/.cache/deep-learning/datasets. The repository holds them under the
same names; they are linked even while they do not exist, so that files which arrive later are seen by the next build;
what the files hold is part of the key of every action that reads them.

Networks that others trained are the same in its package pretrained: some files in $DL_PRETRAINED or, where that has not
got them all, in $DL_DATASETS/../pretrained, or in deep-learning/pretrained in the cache.
"""

_STEMS = ["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"]

def _in(folder, files):
    return [folder + "/" + file for file in files]

_IDX_FILES = _STEMS + [stem + ".gz" for stem in _STEMS]

# name: the files that it may consist of; for a file that may come in several forms, all of them (datasets/catalog.h)
_DATASETS = {
    "cifar10": [
        "cifar-10-batches-bin/*.bin",
        "cifar-10-binary.tar.gz",
        "cifar10-jpeg.tar",
        "cifar10-jpeg/*/*/*.jpg",
    ],
    "fashion-mnist": _in("fashion-mnist", _IDX_FILES),
    "mnist": _in("mnist", _IDX_FILES),
    "nowhere": [],  # on no machine: for the tests of what becomes of a report without data
}

# name: its files, weights and golden outputs; all are wanted
_PRETRAINED = {
    "cifar10-resnet20": ["cifar10-resnet20.safetensors", "cifar10-resnet20-golden.safetensors"],
    "squeezenet1_0": ["squeezenet1_0-imagenet.safetensors", "squeezenet1_0-golden.safetensors"],
}

def pretrained_files(network):
    """What a folder of weights holds of the network NAME."""
    return _PRETRAINED[network]

def place_of(dataset):
    """What a data folder holds of the data set NAME, for a user who has not got it."""
    return "cifar-10-binary.tar.gz" if dataset == "cifar10" else dataset + "/"

_RULE = """
filegroup(
    name = "{name}",
    srcs = glob({files}, allow_empty = True),
)
"""

_ALL_OR_NONE = """
filegroup(
    name = "{name}",
    srcs = {files} if len(glob({files}, allow_empty = True)) == {count} else [],
)
"""

_PACKAGE = 'package(default_visibility = ["//visibility:public"])'

# Where to look: below the folders that environment variables name, {variable: what comes behind}, then in the cache.
def _roots(ctx, variables, cached):
    env = ctx.os.environ
    roots = []
    for variable, suffix in variables.items():
        given = env.get(variable)
        if given:
            workspace = str(ctx.path(Label("@//:WORKSPACE")).dirname)
            roots.append(ctx.path((given if given.startswith("/") else workspace + "/" + given) + suffix))
    cache = env.get("XDG_CACHE_HOME") or env.get("HOME", "/") + "/.cache"
    roots.append(ctx.path(cache + "/deep-learning/" + cached))
    return roots

def _link_datasets(ctx):
    roots = _roots(ctx, {"DL_DATASETS": ""}, "datasets")
    rules = [_PACKAGE]
    for name, files in _DATASETS.items():
        places = {file.partition("/")[0]: None for file in files}.keys()
        having = [root for root in roots if [place for place in places if root.get_child(place).exists]]
        for place in places:
            ctx.symlink((having or roots)[0].get_child(place), place)
        rules.append(_RULE.format(name = name, files = files))
    ctx.file("BUILD", "\n".join(rules))

def _link_pretrained(ctx):
    roots = _roots(ctx, {"DL_PRETRAINED": "", "DL_DATASETS": "/../pretrained"}, "pretrained")
    rules = [_PACKAGE]
    for name, files in _PRETRAINED.items():
        having = [root for root in roots if not [file for file in files if not root.get_child(file).exists]]
        for file in files:
            ctx.symlink((having or roots)[0].get_child(file), "pretrained/" + file)
        rules.append(_ALL_OR_NONE.format(name = name, files = files, count = len(files)))
    ctx.file("pretrained/BUILD", "\n".join(rules))

def _impl(ctx):
    _link_datasets(ctx)
    _link_pretrained(ctx)

real_data = repository_rule(
    implementation = _impl,
    environ = ["DL_DATASETS", "DL_PRETRAINED", "XDG_CACHE_HOME", "HOME"],
    local = True,
    doc = "The data sets and the trained networks that this machine has, one filegroup each.",
)
