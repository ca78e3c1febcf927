// smartlist/typed_rule.h - a rule as people type it.
#pragma once

#include <string_view>

#include "base/result.h"
#include "smartlist/rules.h"

namespace harmonic::smartlist {

/// FIELD OPERATOR VALUE: "genre is Rock|Pop", "bpm 100..120", "year > 1999", "title contains love",
/// "lastplayed not in the last 30", "mood is not sad", "key missing", "liked", "not liked",
/// "in playlist Road", "not in playlist Road". "|" separates values of which any will do.
/// Errors  kInvalidInput, naming the rule and what is allowed.
[[nodiscard]] Result<Condition> read_typed_rule(std::string_view text);

}  // namespace harmonic::smartlist
