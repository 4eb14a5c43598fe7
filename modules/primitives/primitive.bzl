"""One primitive = one concept whose naive twin runs it in f64."""

load("//tools:concept.bzl", "concept")

def primitive(name, deps = [], test_deps = [], contract_deps = []):
    """Declares NAME and its test, on top of NAME_contract: the header alone, which the twin reads too.

    The primitive needs its twin, //modules/primitives/reference:NAME, to run f64 tensors; the twin needs the options
    and enumerations that the primitive's header declares. The contract is what both stand on.

    Args:
      name: the primitive, which is also the stem of its files.
      deps: what its source needs beside the contract, the twin and the tensor.
      test_deps: what its test needs beside the library, the twin, :testing and GoogleTest.
      contract_deps: what its header needs beside the tensor.
    """
    native.cc_library(
        name = name + "_contract",
        hdrs = [name + ".h"],
        deps = [
            ":tensor",
            "@system//:absl",
        ] + contract_deps,
    )
    concept(
        name = name,
        test_deps = [":testing"] + test_deps,
        deps = [
            ":" + name + "_contract",
            ":tensor",
            "//modules/base:check",
            "//modules/primitives/internal:f64",
            "//modules/primitives/reference:" + name,
        ] + deps,
    )
