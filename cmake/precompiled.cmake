# Headers that are read once, not once a file: half of the time of a debug build goes there. KIND is
#   _test      tests: the standard library and GoogleTest
#   _command   the command line: the standard library, CLI11 and JSON
#   _module    what ships: the standard library and JSON; in the sanitizer builds only, so that the release
#              build misses a header which a file forgot to include
set(HARMONIC_STANDARD_HEADERS
  <algorithm> <array> <chrono> <cmath> <filesystem> <fstream> <functional> <map> <memory> <mutex> <numeric>
  <optional> <random> <set> <span> <sstream> <string> <string_view> <thread> <tuple> <unordered_map>
  <utility> <variant> <vector>)
file(WRITE ${CMAKE_BINARY_DIR}/nothing.cpp "")

# harmonic_precompiled(KIND FLAGS HEADERS...)
function(harmonic_precompiled kind flags)
  add_library(harmonic_precompiled${kind} OBJECT ${CMAKE_BINARY_DIR}/nothing.cpp)
  target_link_libraries(harmonic_precompiled${kind} PRIVATE ${flags})
  target_precompile_headers(harmonic_precompiled${kind} PRIVATE ${HARMONIC_STANDARD_HEADERS} ${ARGN})
endfunction()

harmonic_precompiled(_command harmonic_quick_flags <CLI/CLI.hpp> <nlohmann/json.hpp>)
if(HARMONIC_SANITIZE)
  harmonic_precompiled(_module harmonic_flags <nlohmann/json.hpp>)
endif()
if(GTest_FOUND)
  harmonic_precompiled(_test "harmonic_quick_flags;GTest::gmock;GTest::gtest" <gtest/gtest.h> <gmock/gmock.h>)
endif()

# precompile(TARGET KIND LIBS...): FluidSynth's and libtorch's flags set macros that the system's headers
# look at, so what uses them cannot have read those before.
function(precompile target kind)
  set(own_macros ${ARGN})
  list(FILTER own_macros INCLUDE REGEX "FLUIDSYNTH|harmonic_torch|harmonic_onnx")
  if(TARGET harmonic_precompiled${kind} AND NOT own_macros)
    target_precompile_headers(${target} REUSE_FROM harmonic_precompiled${kind})
  endif()
endfunction()
