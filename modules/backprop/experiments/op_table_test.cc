#include "modules/backprop/experiments/op_table.h"

#include <filesystem>
#include <regex>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gtest/gtest.h"
#include "modules/backprop/gradient_check.h"
#include "modules/base/file.h"
#include "modules/primitives/reference/array.h"
#include "modules/primitives/testing.h"

namespace dl {
namespace {

// "int y" and "Shape s = {1, 2}" of "int y, Shape s = {1, 2}": cut at the commas outside all brackets.
std::vector<std::string> Parameters(const std::string& list) {
  std::vector<std::string> parameters(1);
  int depth = 0;
  for (char c : list) {
    depth += c == '<' || c == '(' || c == '{';
    depth -= c == '>' || c == ')' || c == '}';
    if (c == ',' && depth == 0) {
      parameters.emplace_back();
    } else {
      parameters.back() += c;
    }
  }
  return parameters;
}

// The text between the parenthesis before `begin` and its partner.
std::string UpToClosing(const std::string& text, size_t begin) {
  int depth = 1;
  size_t end = begin;
  for (; end < text.size() && depth > 0; ++end) depth += (text[end] == '(') - (text[end] == ')');
  return text.substr(begin, end - begin - 1);
}

// "Affine(x, w, b)", from the name and the list of parameters.
std::string Signature(const std::string& name, const std::string& list) {
  std::vector<std::string> names;
  for (const std::string& parameter : Parameters(list)) {
    std::smatch match;
    if (std::regex_search(parameter, match, std::regex("(\\w+)\\s*(=|$)"))) names.push_back(match[1]);
  }
  return absl::StrCat(name, "(", absl::StrJoin(names, ", "), ")");
}

// Whether the header's type `type` holds the result of an operation: a Variable, or a struct with a Variable y.
bool IsResult(const std::string& type, const std::string& header) {
  if (type == "Variable") return true;
  return std::regex_search(header, std::regex("struct " + type + " \\{[^}]*Variable y;"));
}

// What a header declares that the op table must have: functions of Variables that return one, layers and networks.
std::set<std::string> Declarations(const std::string& header) {
  std::set<std::string> found;
  const std::regex function("(^|\\n)(?:inline )?(\\w+) (operator[^\\s\\w]|\\w+)\\(");
  for (std::sregex_iterator it(header.begin(), header.end(), function), end; it != end; ++it) {
    const std::string type = (*it)[2], name = (*it)[3];
    const std::string list = UpToClosing(header, it->position() + it->length());
    const bool op = IsResult(type, header) && std::regex_search(list, std::regex("\\bVariable\\b"));
    if (op || type == "Sequential") found.insert(Signature(name, list));
  }
  const std::regex layer("\\nclass (\\w+) : public Layer\\b");
  for (std::sregex_iterator it(header.begin(), header.end(), layer), end; it != end; ++it) found.insert((*it)[1]);
  return found;
}

TEST(OpTableTest, HasAnEntryForEverythingThatTheHeadersDeclare) {
  std::set<std::string> declared, entered;
  for (const char* room : {"modules/backprop", "modules/cnn"}) {
    int headers = 0;
    for (const auto& file : std::filesystem::directory_iterator(room)) {
      if (file.path().extension() != ".h") continue;
      const auto text = ReadFile(file.path());
      ASSERT_TRUE(text.ok()) << text.status();
      declared.merge(Declarations(*text));
      ++headers;
    }
    EXPECT_GT(headers, 2) << room;
  }
  for (const OpEntry& entry : OpTable()) entered.insert(entry.declaration);
  for (const std::string& name : declared) {
    EXPECT_TRUE(entered.count(name)) << name << " is public and differentiable: add it to op_table.cc";
  }
  for (const std::string& name : entered) EXPECT_TRUE(declared.count(name)) << "no header declares " << name;
}

TEST(OpTableTest, DeclarationsAreFound) {
  const std::string header = R"(
struct Normalized {
  Variable y;
};
class Dense : public Layer {
  Variable Forward(const Variable& x, const Pass& pass) override;
};
inline Variable operator+(const Variable& a, const Variable& b) { return Apply(Binary::kAdd, a, b); }
Variable Join(const std::vector<Variable>& parts, int axis,
              Transposed t = {.a = true});
Normalized Normalize(const Variable& x);
Sequential Tower(const std::vector<int64_t>& widths, Random& random);
Variable Record(const char* op, Tensor value);
std::vector<Tensor> Gradients(const Variable& loss);
)";
  const std::set<std::string> expected = {"Dense", "Join(parts, axis, t)", "Normalize(x)", "Tower(widths, random)",
                                          "operator+(a, b)"};
  EXPECT_EQ(Declarations(header), expected);
}

class OpTest : public ::testing::TestWithParam<OpEntry> {};

std::vector<Variable> Variables(const OpCase& op) {
  std::vector<Variable> variables;
  for (const Parameter& input : op.inputs) variables.push_back(input.variable);
  return variables;
}

// The gradients of the graph in f64, where every operation is its naive twin, against the twins' slopes.
TEST_P(OpTest, GradientsAreSlopes) {
  const OpCase op = GetParam().make(DType::kF64);
  const GradientCheck check = CheckGradients(op.f, Variables(op), {.h = 1e-5, .sample = GetParam().sample});
  EXPECT_TRUE(check.Passes(GetParam().bar)) << check.ToString();
}

// Value and gradients in f32, where the fast operations run, against those in f64.
TEST_P(OpTest, SinglePrecisionAgreesWithDouble) {
  const OpCase single = GetParam().make(DType::kF32), exact = GetParam().make(DType::kF64);
  const GradientCheckOptions only_gradients = {.sample = 1, .directions = 0};
  const GradientCheck fast = CheckGradients(single.f, Variables(single), only_gradients);
  const GradientCheck twin = CheckGradients(exact.f, Variables(exact), only_gradients);
  const auto error = [](const Tensor& a, const Tensor& b) {
    return testing::RelativeL2(a, reference::FromTensor<double>(b));
  };
  EXPECT_LE(error(fast.y, twin.y), testing::kF32Tolerance);
  for (size_t i = 0; i < fast.gradients.size(); ++i) {
    EXPECT_LE(error(fast.gradients[i], twin.gradients[i]), testing::kF32Tolerance) << single.inputs[i].name;
  }
}

INSTANTIATE_TEST_SUITE_P(All, OpTest, ::testing::ValuesIn(OpTable()), [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace dl
