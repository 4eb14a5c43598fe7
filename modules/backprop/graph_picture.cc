#include "modules/backprop/graph_picture.h"

#include <cmath>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "modules/backprop/gradients.h"
#include "modules/primitives/reorder.h"

namespace dl {
namespace {

using Kind = GraphNode::Kind;

// The elements of a tensor of any layout and type.
Tensor Plain(const Tensor& tensor) { return Cast(ToPlain(tensor), DType::kF32); }

// Name and kind of a node of the given number; `op` is "" for a leaf.
GraphNode Named(const GraphNames& names, uint64_t number, const char* op) {
  GraphNode node{};
  node.kind = *op != '\0' ? Kind::kOperation : Kind::kData;
  node.op = op;
  if (const auto other = names.others.find(number); other != names.others.end()) node.name = other->second;
  if (const auto parameter = names.parameters.find(number); parameter != names.parameters.end()) {
    node.kind = Kind::kParameter;
    node.name = parameter->second;
  }
  return node;
}

void Describe(const Tensor& value, GraphNode& node) {
  node.shape = ToString(value.shape());
  node.size = value.size();
  const Tensor plain = Plain(value);
  const double n = static_cast<double>(value.size());
  for (const float v : plain.values()) node.mean += v / n;
  for (const float v : plain.values()) node.deviation += (v - node.mean) * (v - node.mean) / n;
  node.deviation = std::sqrt(node.deviation);
}

double NormOrItself(const Tensor& gradient) {
  if (gradient.size() == 1) return Plain(gradient).item();
  double square = 0;
  const Tensor plain = Plain(gradient);
  for (const float g : plain.values()) square += static_cast<double>(g) * g;
  return std::sqrt(square);
}

// Four digits of a measure, six of a number that a reader may want to check; a minus sign in place of the hyphen.
std::string Number(double number, int digits) {
  return absl::StrReplaceAll(absl::StrFormat("%.*g", digits, number), {{"-", "\u2212"}});
}

std::string Escape(const std::string& text) {
  return absl::StrReplaceAll(text, {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}});
}

std::string Title(const GraphNode& node) {
  std::string title;
  if (!node.name.empty()) title = absl::StrCat("<i>", Escape(node.name), "</i>");
  if (!node.op.empty()) absl::StrAppend(&title, title.empty() ? "" : " = ", "<b>", Escape(node.op), "</b>");
  if (node.size != 1) absl::StrAppend(&title, title.empty() ? "" : " ", Escape(node.shape));
  return title;
}

std::string Row(const std::string& text) { return absl::StrCat("<tr><td>", text, "</td></tr>"); }

// The table of one, two or three lines that stands in the box.
std::string Label(const GraphNode& node) {
  std::string value, gradient;
  if (node.size == 1) {
    value = Number(node.mean, 6);
    gradient = "<i>d</i> " + Number(node.gradient, 6);
  } else {
    value = absl::StrCat(Number(node.mean, 3), " ± ", Number(node.deviation, 3));
    gradient = "|<i>d</i>| " + Number(node.gradient, 3);
  }
  gradient = absl::StrCat("<font color=\"#A84A00\">", gradient, "</font>");
  std::string rows;
  if (const std::string title = Title(node); !title.empty()) absl::StrAppend(&rows, Row(title));
  if (node.size == 1) {
    absl::StrAppend(&rows, Row(absl::StrCat(value, "&#160; ", gradient)));
  } else {
    absl::StrAppend(&rows, Row(value), Row(gradient));
  }
  return absl::StrCat("<<table border=\"0\" cellborder=\"0\" cellspacing=\"0\" cellpadding=\"0\">", rows, "</table>>");
}

const char* Style(Kind kind) {
  switch (kind) {
    case Kind::kData:
      return "shape=note, style=filled, fillcolor=\"#F2F4F5\"";
    case Kind::kParameter:
      return "shape=box, style=filled, fillcolor=\"#FFFFFF\", penwidth=2";
    case Kind::kOperation:
      return "shape=box, style=\"rounded,filled\", fillcolor=\"#DCEAF4\"";
  }
  return "";
}

}  // namespace

GraphNames ParameterNames(const Layer& layer) {
  GraphNames names;
  for (const Parameter& parameter : layer.Parameters()) names.parameters[parameter.variable.id()] = parameter.name;
  return names;
}

GraphPicture PictureOf(const Variable& loss, const GraphNames& names) {
  std::map<uint64_t, Variable> found;  // by id: inputs come first
  std::vector<Variable> pending = {loss};
  while (!pending.empty()) {
    const Variable variable = std::move(pending.back());
    pending.pop_back();
    if (!found.emplace(variable.id(), variable).second) continue;
    for (const Edge& edge : variable.inputs()) pending.push_back(edge.input);
  }
  std::vector<Variable> variables;
  std::map<uint64_t, size_t> places;
  for (const auto& [id, variable] : found) {
    places[id] = variables.size();
    variables.push_back(variable);
  }
  const std::vector<Tensor> gradients = Gradients(loss, variables);
  GraphPicture picture;
  for (size_t i = 0; i < variables.size(); ++i) {
    GraphNode node = Named(names, variables[i].id(), variables[i].op());
    Describe(variables[i].value(), node);
    node.gradient = NormOrItself(gradients[i]);
    for (const Edge& edge : variables[i].inputs()) node.inputs.push_back({places.at(edge.input.id()), std::nullopt});
    picture.push_back(std::move(node));
  }
  return picture;
}

GraphPicture PictureOf(const Scalar& loss, const GraphNames& names) {
  const std::vector<Tape::Node>& tape = loss.tape()->nodes();
  const ScalarGradients gradients = loss.tape()->Gradients(loss);
  std::vector<bool> leads(loss.index() + 1);  // to the loss
  leads.back() = true;
  for (size_t i = leads.size(); i-- > 0;) {
    for (const Tape::Edge& edge : {tape[i].a, tape[i].b}) {
      if (leads[i] && edge.input != Tape::kNone) leads[edge.input] = true;
    }
  }
  GraphPicture picture;
  std::map<uint32_t, size_t> places;
  for (size_t i = 0; i < leads.size(); ++i) {
    if (!leads[i]) continue;
    GraphNode node = Named(names, i, tape[i].op);
    node.size = 1;
    node.mean = tape[i].value;
    node.gradient = gradients[i];
    for (const Tape::Edge& edge : {tape[i].a, tape[i].b}) {
      if (edge.input != Tape::kNone) node.inputs.push_back({places.at(edge.input), edge.derivative});
    }
    places[i] = picture.size();
    picture.push_back(std::move(node));
  }
  return picture;
}

std::string ToDot(const GraphPicture& picture, const DotOptions& options) {
  // No larger than a page of the book; sizes are in inches and points.
  std::string dot = absl::StrCat("digraph {\n  size=\"5.9,7.9\"; rankdir=", options.downwards ? "TB" : "LR",
                                 "; ranksep=0.16; nodesep=0.12; margin=0.02; bgcolor=transparent;\n"
                                 "  node [fontsize=8.5, margin=\"0.05,0.03\", width=0.3, height=0.2, penwidth=0.8, "
                                 "color=\"#404040\"];\n"
                                 "  edge [fontsize=7.5, fontcolor=\"#505050\", color=\"#404040\", penwidth=0.8, "
                                 "arrowsize=0.6];\n");
  for (size_t i = 0; i < picture.size(); ++i) {
    absl::StrAppend(&dot, "  n", i, " [", Style(picture[i].kind), ", label=", Label(picture[i]), "];\n");
  }
  for (size_t i = 0; i < picture.size(); ++i) {
    for (const GraphNode::Input& input : picture[i].inputs) {
      absl::StrAppend(&dot, "  n", input.node, " -> n", i);
      if (input.derivative.has_value() && *input.derivative != 1) {
        absl::StrAppend(&dot, " [label=<&#160;", Number(*input.derivative, 4), ">]");
      }
      absl::StrAppend(&dot, ";\n");
    }
  }
  return dot + "}\n";
}

}  // namespace dl
