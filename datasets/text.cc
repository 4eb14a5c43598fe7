#include "datasets/text.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace dl {
namespace {

// The letters on a grid: lines, separated by blanks, of points "xy", x to the right from 0, y downwards from 0 (the top
// of a capital) over 2 (the top of a small letter) and 6 (the line that letters stand on) to 8.
const std::map<char, std::string>& Alphabet() {
  // clang-format off
  static const auto& alphabet = *new std::map<char, std::string>{
      {'A', "062046 1434"}, {'B', "06003041423303 3344453606"}, {'C', "4130100105163645"}, {'D', "00062644422000"},
      {'E', "40000646 0333"}, {'F', "400006 0333"}, {'G', "41301001051636454323"}, {'H', "0006 4046 0343"},
      {'I', "0006"}, {'J', "3035261605"}, {'K', "0006 4004 2246"}, {'L', "000646"},
      {'M', "0600234046"}, {'N', "06004640"}, {'O', "100105163645413010"}, {'P', "06003041423303"},
      {'Q', "100105163645413010 3446"}, {'R', "06003041423303 2346"}, {'S', "413010010213334445361605"},
      {'T', "0040 2026"}, {'U', "000516364540"}, {'V', "002640"}, {'W', "0016233640"}, {'X', "0046 4006"},
      {'Y', "002340 2326"}, {'Z', "00400646"},
      {'a', "12324346 441405163645"}, {'b', "0006364543321203"}, {'c', "4332120305163645"}, {'d', "4046160503123243"},
      {'e', "04444332120305163645"}, {'f', "30201116 0232"}, {'g', "4332120304153544 4247381807"},
      {'h', "0006 0312324346"}, {'i', "0206 00"}, {'j', "121708 10"}, {'k', "0006 3204 1336"}, {'l', "0006"},
      {'m', "0206 03122326 23324346"}, {'n', "0206 0312324346"}, {'o', "120305163645433212"},
      {'p', "0208 0312324345361605"}, {'q', "4248 4332120305163645"}, {'r', "0206 041232"},
      {'s', "43321203143445361605"}, {'t', "10152636 0232"}, {'u', "0205163645 4246"}, {'v', "022642"},
      {'w', "0216243642"}, {'x', "0246 4206"}, {'y', "0226 4208"}, {'z', "02420646"},
      {'0', "100105162635312010"}, {'1', "022026"}, {'2', "01103041420646"}, {'3', "01103041423313 334445361605"},
      {'4', "36300444"}, {'5', "400003334445361605"}, {'6', "413010010516364544331304"}, {'7', "004016"},
      {'8', "1001021333444536160504133342413010"}, {'9', "051636454130100102133342"},
      {' ', ""}, {'-', "0333"}, {'+', "2125 0343"}, {'/', "0640"}, {'.', "06"}, {',', "1608"}, {':', "03 06"},
      {'(', "20111526"}, {')', "00111506"}, {'[', "20101626"}, {']', "00101606"}, {'=', "0232 0434"}, {'_', "0747"},
      {'>', "0343 214325"},  // an arrow
  };
  // clang-format on
  return alphabet;
}

const std::string& LinesOf(char letter) {
  static const auto& box = *new std::string("0006464000");
  const auto found = Alphabet().find(letter);
  return found == Alphabet().end() ? box : found->second;
}

// From a letter's left edge to the next one's, in cells of the grid.
int Advance(const std::string& lines) {
  int width = lines.empty() ? 1 : 0;  // the blank
  for (size_t i = 0; i < lines.size(); i += lines[i] == ' ' ? 1 : 2) {
    if (lines[i] != ' ') width = std::max(width, lines[i] - '0');
  }
  return width + 2;
}

}  // namespace

void DrawText(std::string_view text, float x, float y, float height, Ink* ink) {
  const float cell = height / 6, radius = 0.09f * height;
  for (char letter : text) {
    const std::string& lines = LinesOf(letter);
    std::vector<PenPoint> line;
    for (size_t i = 0; i < lines.size();) {
      if (lines[i] == ' ') {
        DrawLine(line, ink);
        line.clear();
        ++i;
        continue;
      }
      const auto place = [&](size_t k) { return cell * static_cast<float>(lines[k] - '0'); };
      line.push_back({x + place(i), y + place(i + 1), radius});
      i += 2;
    }
    DrawLine(line, ink);
    x += cell * static_cast<float>(Advance(lines));
  }
}

float TextWidth(std::string_view text, float height) {
  int cells = 0;
  for (char letter : text) cells += Advance(LinesOf(letter));
  return height / 6 * static_cast<float>(cells);
}

}  // namespace dl
