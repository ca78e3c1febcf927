#include "audio/text.h"

#include <gtest/gtest.h>

namespace harmonic::audio {
namespace {

// The failure: a Latin-1 tag made the JSON of a whole scan invalid, a line break forged a second
// one.
TEST(CleanText, GivesShownUtf8WhateverComesIn) {
  struct Case {
    std::string foreign;
    std::string clean;
  };
  for (const auto& [foreign, clean] :
       {Case{"Für Elise", "Für Elise"}, Case{"  edges \t", "edges"},
        Case{"two\nlines", "two lines"}, Case{"caf\xE9", "caf\xEF\xBF\xBD"},
        Case{"\xC0\xAF", "\xEF\xBF\xBD\xEF\xBF\xBD"},
        Case{"\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
        Case{"cut \xE2\x82", "cut \xEF\xBF\xBD\xEF\xBF\xBD"},
        Case{"\xF0\x9F\x8E\xB5", "\xF0\x9F\x8E\xB5"},
        Case{"\xF5\x80\x80\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
        Case{"c1\xC2\x85x", "c1 x"}, Case{"", ""}, Case{" \n ", ""}}) {
    EXPECT_EQ(clean_text(foreign), clean) << foreign;
  }
}

TEST(CleanText, CutsAtACharacter) {
  std::string endless;
  for (int i = 0; i < 2000; ++i) endless += "é";
  const auto clean = clean_text(endless);
  EXPECT_EQ(clean.size(), 1024U);
  EXPECT_EQ(clean, endless.substr(0, 1024));
  EXPECT_EQ(clean_text("x" + endless).size(), 1023U);
}

TEST(LeadingNumber, ReadsWhatTagsHold) {
  struct Case {
    std::string_view text;
    std::optional<int> value;
  };
  for (const auto& [text, value] :
       {Case{"3/12", 3}, Case{"2004-05-01", 2004}, Case{" 7", 7}, Case{"07", 7},
        Case{"0", std::nullopt}, Case{"-4", std::nullopt}, Case{"99999", std::nullopt},
        Case{"999999999999999", std::nullopt}, Case{"A1", std::nullopt}, Case{"", std::nullopt}}) {
    EXPECT_EQ(leading_number(text, 1, 9999), value) << text;
  }
}

}  // namespace
}  // namespace harmonic::audio
