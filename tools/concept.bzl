"""One concept = one header, one source, one test, all of one name."""

def concept(name, deps = [], test_deps = [], test_size = "small", test_data = [], **kwargs):
    """Declares the library NAME (NAME.h, NAME.cc) and, where NAME_test.cc stands beside it, its test NAME_test.

    Args:
      name: the concept, which is also the stem of its files.
      deps: what the library needs.
      test_deps: what the test needs beside the library and GoogleTest.
      test_size: Bazel's size of the test.
      test_data: files that the test reads.
      **kwargs: passed on to cc_library; the test is compiled with the same copts.
    """
    native.cc_library(
        name = name,
        srcs = native.glob([name + ".cc"]),
        hdrs = native.glob([name + ".h"]),
        deps = deps,
        **kwargs
    )
    tests = native.glob([name + "_test.cc"])
    if tests:
        native.cc_test(
            name = name + "_test",
            size = test_size,
            srcs = tests,
            copts = kwargs.get("copts", []),
            data = test_data,
            deps = [":" + name, "@system//:gtest_main"] + test_deps,
        )
