"""The libraries that Debian's packages provide, as the repository @system.

A library is found by its header; where the header carries a version, the version is checked too. What is missing
stops the build with one line that names the package and the way out: tools/setup.sh.
"""

# name: (Debian package, header below an include folder, version header, version macros, least version, link options)
_LIBRARIES = {
    "dnnl": ("libdnnl-dev", "dnnl.hpp", "oneapi/dnnl/dnnl_version.h", ["DNNL_VERSION_MAJOR", "DNNL_VERSION_MINOR"], [2, 6], ["-ldnnl"]),
    "openblas": (
        "libopenblas-openmp-dev",
        "openblas-openmp/cblas.h",
        None,
        [],
        [],
        ["-L{lib}/openblas-openmp", "-Wl,-rpath,{lib}/openblas-openmp", "-lopenblas"],
    ),
    "absl": ("libabsl-dev", "absl/status/statusor.h", None, [], [], ["-Wl,--start-group", "{absl}", "-Wl,--end-group", "-lpthread"]),
    "gtest": ("libgtest-dev", "gtest/gtest.h", None, [], [], ["-lgtest", "-lpthread"]),
    "gtest_main": ("libgtest-dev", "gtest/gtest.h", None, [], [], ["-lgtest_main", "-lgtest", "-lpthread"]),
    "gmock": ("libgmock-dev", "gmock/gmock.h", None, [], [], ["-lgmock"]),
    "json": ("nlohmann-json3-dev", "nlohmann/json.hpp", None, [], [], []),
    "zlib": ("zlib1g-dev", "zlib.h", None, [], [], ["-lz"]),
    "png": ("libpng-dev", "png.h", None, [], [], ["-lpng"]),
    "jpeg": ("libjpeg62-turbo-dev", "jpeglib.h", None, [], [], ["-ljpeg"]),
    "archive": ("libarchive-dev", "archive.h", None, [], [], ["-larchive"]),
}

_MISSING = "{name} is missing: install it with tools/setup.sh (Debian package {package})."

_RULE = """
cc_library(
    name = "{name}",
    hdrs = glob([folder + "/*.h" for folder in {includes}]),
    includes = {includes},
    linkopts = {linkopts},
    visibility = ["{visibility}"],
)
"""

# Only the primitives speak to these two.
_OF_THE_PRIMITIVES = ["dnnl", "openblas"]

def _multiarch(ctx):
    for folder in ctx.path("/usr/lib").readdir():
        if folder.basename.endswith("-linux-gnu") and folder.get_child("libc.so.6").exists:
            return folder.basename
    return ""

def _find_header(ctx, header, multiarch):
    for folder in ["/usr/include/" + multiarch, "/usr/include", "/usr/local/include"]:
        path = ctx.path(folder + "/" + header)
        if path.exists:
            return path
    return None

def _macro(text, name):
    for line in text.split("\n"):
        words = [word for word in line.replace("\t", " ").split(" ") if word]
        if len(words) >= 3 and words[0] == "#define" and words[1] == name:
            return int(words[2])
    return None

def _check_version(ctx, name, package, header, macros, least, multiarch):
    path = _find_header(ctx, header, multiarch)
    text = ctx.read(path) if path else ""
    found = [_macro(text, macro) for macro in macros]
    if None in found or found < least:
        fail("{} {} or later is needed, {} was found: install it with tools/setup.sh (Debian package {}).".format(
            name,
            ".".join([str(number) for number in least]),
            ".".join([str(number) for number in found]) if None not in found else "no version",
            package,
        ))

def _impl(ctx):
    multiarch = _multiarch(ctx)
    lib = "/usr/lib/" + multiarch
    absl = sorted([str(p) for p in ctx.path(lib).readdir() if p.basename.startswith("libabsl_") and p.basename.endswith(".a")])
    rules = []
    for name, (package, header, version_header, macros, least, link) in _LIBRARIES.items():
        found = _find_header(ctx, header, multiarch)
        if not found:
            fail(_MISSING.format(name = name, package = package))
        if version_header:
            _check_version(ctx, name, package, version_header, macros, least, multiarch)
        linkopts = []
        for option in link:
            linkopts += absl if option == "{absl}" else [option.replace("{lib}", lib)]
        includes = []
        if header.startswith("openblas-openmp/"):  # not on the compiler's default path
            ctx.symlink(found.dirname, "include/openblas-openmp")
            includes = ["include/openblas-openmp"]
        visibility = "@//modules/primitives:__subpackages__" if name in _OF_THE_PRIMITIVES else "//visibility:public"
        rules.append(_RULE.format(name = name, includes = includes, linkopts = linkopts, visibility = visibility))
    ctx.file("BUILD", "\n".join(rules) + "\n")

system_libraries = repository_rule(
    implementation = _impl,
    configure = True,
    local = True,
    doc = "The libraries that Debian's packages provide, one cc_library each.",
)
