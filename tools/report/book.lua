-- Turns what the weaver leaves (tools/report/weaver.h) into what each format has for it: divs of the classes figure
-- and table become numbered, captioned figures and tables; spans of the class ref become references to them; and code
-- blocks with a file attribute get the file's path as their caption.

local is_latex, is_html = FORMAT:match("latex") ~= nil, FORMAT:match("html") ~= nil
local words = { figure = "Figure", table = "Table" }
local counts = { figure = 0, table = 0 }
local numbered = {} -- name → {label, text}

local function raw(text)
  return pandoc.RawInline(is_latex and "latex" or "html", text)
end

local function kind_of(div)
  for kind in pairs(words) do
    if div.classes:includes(kind) then return kind end
  end
end

-- First pass: numbers in the order of the text.
local function number(div)
  local kind = kind_of(div)
  if not kind then return end
  counts[kind] = counts[kind] + 1
  local name = div.identifier:sub(#kind + 2)
  if numbered[name] then error("two figures or tables are named '" .. name .. "': give one an id=NAME") end
  numbered[name] = { label = div.identifier, text = words[kind] .. "\u{a0}" .. counts[kind] }
end

-- "Figure 3. Caption"; LaTeX numbers by itself.
local function captioned(div, kind)
  local caption = pandoc.List(div.content[#div.content].content)
  if is_latex then
    caption:insert(raw("\\label{" .. div.identifier .. "}"))
    return caption
  end
  local label = numbered[div.identifier:sub(#kind + 2)].text .. "."
  return pandoc.List({ pandoc.Strong({ pandoc.Str(label) }), pandoc.Space() }) .. caption
end

local function figure(div)
  -- An animation follows its still picture, and is not for paper.
  local images = div.content[1].content:filter(function(inline) return inline.t == "Image" end)
  local image, caption = images[1], captioned(div, "figure")
  if is_latex then
    local path = image.src:gsub("%.svg$", ".pdf")
    local open = "\\begin{figure}[!htbp]\n\\centering\n\\includegraphics{" .. path .. "}\n\\caption{"
    return pandoc.Plain(pandoc.List({ raw(open) }) .. caption .. { raw("}\n\\end{figure}") })
  end
  for _, each in ipairs(images) do each.caption = pandoc.List({ pandoc.Str(pandoc.utils.stringify(caption)) }) end
  if is_html then
    return {
      pandoc.RawBlock("html", '<figure id="' .. div.identifier .. '">'),
      pandoc.Plain(images),
      pandoc.RawBlock("html", "<figcaption>"),
      pandoc.Plain(caption),
      pandoc.RawBlock("html", "</figcaption></figure>"),
    }
  end
  return { pandoc.Para(images), pandoc.Para(caption) }
end

local function captioned_table(div)
  local block, caption = div.content[1], captioned(div, "table")
  if not (is_latex or is_html) then return { block, pandoc.Para(caption) } end
  block.caption = { long = { pandoc.Plain(caption) } }
  if is_latex then
    -- A short table stays on one page.
    local rows = #block.bodies[1].body
    local open = rows < 16 and "\\needspace{" .. rows + 7 .. "\\baselineskip}" or ""
    return { pandoc.RawBlock("latex", open), block }
  end
  return pandoc.Div({ block }, pandoc.Attr(div.identifier, { "table" }))
end

local function div(element)
  local kind = kind_of(element)
  if kind == "figure" then return figure(element) end
  if kind == "table" then return captioned_table(element) end
  if not (is_latex or is_html) then return element.content end
end

local function span(element)
  if not element.classes:includes("ref") then return end
  local name = pandoc.utils.stringify(element)
  local target = numbered[name] or error("ref: there is no figure or table '" .. name .. "'")
  if is_latex then
    return raw(target.text:match("^%a+") .. "~\\ref{" .. target.label .. "}")
  end
  return is_html and pandoc.Link(target.text, "#" .. target.label) or pandoc.Str(target.text)
end

local function code_block(block)
  local path = block.attributes.file
  if not path then return end
  block.attributes.file = nil
  if is_latex then
    local _, breaks = block.text:gsub("\n", "")
    local open = "\\begingroup\\fvset{samepage=" .. tostring(breaks < 30) .. "}"
    return {
      pandoc.RawBlock("latex", open .. "\\sourcefile{\\detokenize{" .. path .. "}}"),
      block,
      pandoc.RawBlock("latex", "\\endgroup"),
    }
  end
  local caption = pandoc.Para({ pandoc.Code(path) })
  return is_html and pandoc.Div({ caption, block }, pandoc.Attr("", { "listing" })) or { caption, block }
end

-- A long path, flag or checksum in running text may be broken: after punctuation (not after a hyphen, with which a flag
-- begins), and, where it has none, every eight letters.
local function code(element)
  if not is_latex or (#element.text < 12 and element.text:sub(1, 2) ~= "--") then return end
  local text, run = "", 0
  for _, codepoint in utf8.codes(element.text) do
    local letter = utf8.char(codepoint)
    text = text .. (letter:match("[#$%%&_{}~^\\]") and string.format("\\char%d{}", codepoint) or letter)
    run = letter:match("%w") and run + 1 or 0
    if run == 0 and letter ~= "-" or run >= 24 and run % 8 == 0 then text = text .. "\\allowbreak{}" end
  end
  return raw("\\texttt{" .. text .. "}")
end

-- \addchap, unlike \chapter*, also sets the running head.
local function header(element)
  if not (is_latex and element.level == 1 and element.classes:includes("unnumbered")) then return end
  local open = pandoc.List({ raw("\\addchap{") })
  return pandoc.Plain(open .. element.content .. { raw("\\label{" .. element.identifier .. "}}") })
end

-- Plain Markdown has no title page.
local function title(document)
  if is_latex or is_html then return end
  local blocks = pandoc.List({ pandoc.Header(1, document.meta.title) })
  if document.meta.subtitle then blocks:insert(pandoc.Para({ pandoc.Emph(document.meta.subtitle) })) end
  document.blocks = blocks .. document.blocks
  return document
end

return {
  { Div = number },
  { Div = div, Span = span, Code = code, Header = header, CodeBlock = code_block, Pandoc = title },
}
