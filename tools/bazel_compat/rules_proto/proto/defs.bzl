"""The native protocol-buffer rules under the names that rules_proto gives them; Bazel's own tools ask for them."""

proto_lang_toolchain = native.proto_lang_toolchain
proto_library = native.proto_library
