"""Real data sets, as the repository @real_data: one filegroup each, empty where this machine has not got it.

A data set NAME is the folder NAME below $DL_DATASETS (relative: against the workspace root) or, where that has none,
below $XDG_CACHE_HOME/deep-learning/datasets, or ~/.cache/deep-learning/datasets. The folder is linked even while it
does not exist, so that files which arrive later are seen by the next build; what the files hold is part of the key of
every action that reads them.
"""

_STEMS = ["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"]

# name: the files that it may consist of
_DATASETS = {
    "fashion-mnist": _STEMS + [stem + ".gz" for stem in _STEMS],
    "mnist": _STEMS + [stem + ".gz" for stem in _STEMS],
    "nowhere": [],  # on no machine: for the tests of what becomes of a report without data
}

_RULE = """
filegroup(
    name = "{name}",
    srcs = glob({files}, allow_empty = True),
)
"""

def _roots(ctx):
    env = ctx.os.environ
    roots = []
    given = env.get("DL_DATASETS")
    if given:
        workspace = str(ctx.path(Label("@//:WORKSPACE")).dirname)
        roots.append(ctx.path(given if given.startswith("/") else workspace + "/" + given))
    cache = env.get("XDG_CACHE_HOME") or env.get("HOME", "/") + "/.cache"
    roots.append(ctx.path(cache + "/deep-learning/datasets"))
    return roots

def _impl(ctx):
    rules = ['package(default_visibility = ["//visibility:public"])']
    for name, files in _DATASETS.items():
        candidates = [root.get_child(name) for root in _roots(ctx)]
        found = [folder for folder in candidates if folder.exists]
        ctx.symlink((found or candidates)[0], name)
        rules.append(_RULE.format(name = name, files = [name + "/" + file for file in files]))
    ctx.file("BUILD", "\n".join(rules))

real_data = repository_rule(
    implementation = _impl,
    environ = ["DL_DATASETS", "XDG_CACHE_HOME", "HOME"],
    local = True,
    doc = "The data sets that this machine has, one filegroup each.",
)
