// server/journey_json.h - the body and the answer of `POST /api/journey`.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "journey/journey.h"
#include "recommend/targets.h"
#include "session/library.h"

namespace harmonic::server {

/// Errors  kInvalidInput: not JSON, a field missing, of the wrong type or out of range.
[[nodiscard]] Result<journey::Options> read_journey(std::string_view body,
                                                    const recommend::Targets& targets);

[[nodiscard]] std::string write_journey(const recommend::Snapshot& library,
                                        const session::History& history,
                                        const journey::Options& asked,
                                        const journey::Journey& made);

}  // namespace harmonic::server
