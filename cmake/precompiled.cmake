# The sanitizer builds read the standard library's and GoogleTest's headers once, not once a file: half of
# their time goes there. The release build does without, so that a header which a file forgot to include
# is missed. harmonic_precompiled is for what ships, harmonic_precompiled_test for tests.
set(HARMONIC_PRECOMPILED OFF)
if(HARMONIC_SANITIZE)
  set(HARMONIC_PRECOMPILED ON)
endif()

if(HARMONIC_PRECOMPILED)
  set(standard <algorithm> <array> <chrono> <cmath> <filesystem> <fstream> <functional> <map> <memory>
               <mutex> <numeric> <optional> <random> <set> <span> <sstream> <string> <string_view> <thread>
               <tuple> <unordered_map> <utility> <variant> <vector>)
  file(WRITE ${CMAKE_BINARY_DIR}/nothing.cpp "")
  add_library(harmonic_precompiled OBJECT ${CMAKE_BINARY_DIR}/nothing.cpp)
  target_link_libraries(harmonic_precompiled PRIVATE harmonic_flags)
  target_precompile_headers(harmonic_precompiled PRIVATE ${standard})
  if(GTest_FOUND)
    add_library(harmonic_precompiled_test OBJECT ${CMAKE_BINARY_DIR}/nothing.cpp)
    target_link_libraries(harmonic_precompiled_test PRIVATE harmonic_test_flags GTest::gmock GTest::gtest)
    target_precompile_headers(harmonic_precompiled_test PRIVATE ${standard} <gtest/gtest.h> <gmock/gmock.h>)
  endif()
endif()

# precompile(TARGET KIND LIBS...): KIND is empty or _test. FluidSynth's flags set macros that the system's
# headers look at, so what uses it cannot have read them before.
function(precompile target kind)
  if(HARMONIC_PRECOMPILED AND NOT "PkgConfig::FLUIDSYNTH" IN_LIST ARGN)
    target_precompile_headers(${target} REUSE_FROM harmonic_precompiled${kind})
  endif()
endfunction()
