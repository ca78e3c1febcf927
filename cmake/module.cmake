# The flags of all our code, and harmonic_module(), which makes one library and one test of a folder.
add_library(harmonic_flags INTERFACE)
target_include_directories(harmonic_flags INTERFACE ${PROJECT_SOURCE_DIR}/src)
target_compile_options(harmonic_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # gcc 12 sees overlapping copies in "literal" + std::string (gcc bug 105329, mended in 13).
  target_compile_options(harmonic_flags INTERFACE -Wno-restrict)
endif()
if(HARMONIC_SANITIZE)
  list(JOIN HARMONIC_SANITIZE "," sanitizers)
  target_compile_options(harmonic_flags INTERFACE
    -fsanitize=${sanitizers} -fno-sanitize-recover=all -fno-omit-frame-pointer
    -fsanitize-ignorelist=${PROJECT_SOURCE_DIR}/cmake/not_sanitized.txt)
  target_link_options(harmonic_flags INTERFACE -fsanitize=${sanitizers})
endif()
if(HARMONIC_FUZZ)
  target_compile_options(harmonic_flags INTERFACE -fsanitize=fuzzer-no-link
    -fsanitize-coverage-ignorelist=${PROJECT_SOURCE_DIR}/cmake/not_sanitized.txt)
  add_custom_target(fuzzers)
endif()

# Of a test and of a command's words, their own speed matters less than the time it takes to compile them;
# what they call keeps its flags.
add_library(harmonic_quick_flags INTERFACE)
target_link_libraries(harmonic_quick_flags INTERFACE harmonic_flags)
if(HARMONIC_SANITIZE)
  target_compile_options(harmonic_quick_flags INTERFACE -O0)
else()
  target_compile_options(harmonic_quick_flags INTERFACE -O1)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    # Half optimised, gcc 12 sees a std::string's literal overflow the string (gcc bug 105651).
    target_compile_options(harmonic_quick_flags INTERFACE -Wno-array-bounds -Wno-stringop-overflow)
  endif()
endif()

include(${CMAKE_CURRENT_LIST_DIR}/precompiled.cmake)
# Every module's GoogleTest program, without the commands.
add_custom_target(unit_tests)

# Modules whose tests wait for what must happen within seconds: nothing runs beside them.
set(HARMONIC_TIMED_TESTS session server)

# harmonic_module(NAME [USES modules...] [LIBS targets...])
# NAME/*.cpp is the library; NAME/*_test.cpp one GoogleTest program, NAME/x_fuzz.cpp a libFuzzer
# program each. A folder without .cpp files is a header-only module.
function(harmonic_module name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "USES;LIBS")
  set(folder ${PROJECT_SOURCE_DIR}/src/${name})
  file(GLOB all CONFIGURE_DEPENDS ${folder}/*.cpp)
  set(sources ${all})
  set(tests ${all})
  set(fuzzers ${all})
  list(FILTER sources EXCLUDE REGEX "_(test|fuzz)\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  list(FILTER fuzzers INCLUDE REGEX "_fuzz\\.cpp$")
  set(uses harmonic_flags)
  foreach(used IN LISTS arg_USES)
    if(NOT TARGET harmonic_${used})
      message(FATAL_ERROR "${name} uses ${used}, which is declared later or nowhere")
    endif()
    list(APPEND uses harmonic_${used})
  endforeach()
  if(sources)
    add_library(harmonic_${name} STATIC ${sources})
    target_link_libraries(harmonic_${name} PUBLIC ${uses} PRIVATE ${arg_LIBS})
    precompile(harmonic_${name} _module ${arg_LIBS})
  else()
    add_library(harmonic_${name} INTERFACE)
    target_link_libraries(harmonic_${name} INTERFACE ${uses})
  endif()
  if(tests AND GTest_FOUND)
    add_executable(harmonic_${name}_test ${tests})
    target_link_libraries(harmonic_${name}_test PRIVATE
      harmonic_${name} harmonic_quick_flags ${arg_LIBS} GTest::gmock GTest::gtest_main)
    target_compile_definitions(harmonic_${name}_test PRIVATE
      HARMONIC_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
    precompile(harmonic_${name}_test _test ${arg_LIBS})
    add_dependencies(unit_tests harmonic_${name}_test)
    add_test(NAME ${name} COMMAND harmonic_${name}_test)
    if(name IN_LIST HARMONIC_TIMED_TESTS)
      set_tests_properties(${name} PROPERTIES RUN_SERIAL ON)
    endif()
  endif()
  if(HARMONIC_FUZZ)
    foreach(fuzzer IN LISTS fuzzers)
      get_filename_component(target ${fuzzer} NAME_WE)
      add_executable(harmonic_${target} ${fuzzer})
      add_dependencies(fuzzers harmonic_${target})
      target_link_libraries(harmonic_${target} PRIVATE harmonic_${name} ${arg_LIBS})
      target_link_options(harmonic_${target} PRIVATE -fsanitize=fuzzer)
    endforeach()
  endif()
endfunction()
