# Third-party libraries as targets. Their headers are system headers: our warnings are for our code.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(SQLite3 REQUIRED)
find_package(spdlog REQUIRED)
# Only ./test needs it; ./run builds without.
find_package(GTest QUIET)
pkg_check_modules(FFMPEG REQUIRED IMPORTED_TARGET libavformat libavcodec libswresample libavutil)
pkg_check_modules(FILM REQUIRED IMPORTED_TARGET libavformat libavcodec libswscale libavutil)
pkg_check_modules(EBUR128 REQUIRED IMPORTED_TARGET libebur128)
pkg_check_modules(FFTW REQUIRED IMPORTED_TARGET fftw3f)
pkg_check_modules(FLUIDSYNTH REQUIRED IMPORTED_TARGET fluidsynth)
pkg_check_modules(ARCHIVE REQUIRED IMPORTED_TARGET libarchive)
pkg_check_modules(TAGLIB REQUIRED IMPORTED_TARGET taglib)
pkg_check_modules(LIBXML2 REQUIRED IMPORTED_TARGET libxml-2.0)
find_package(Eigen3 REQUIRED NO_MODULE)

# Debian's OpenCV module packages bring neither a CMake config nor a .pc file.
add_library(harmonic_opencv INTERFACE)
find_path(OPENCV_INCLUDE opencv2/core.hpp PATH_SUFFIXES opencv4 REQUIRED)
target_include_directories(harmonic_opencv SYSTEM INTERFACE ${OPENCV_INCLUDE})
foreach(part core imgproc imgcodecs videoio objdetect dnn ml)
  find_library(OPENCV_${part} opencv_${part} REQUIRED)
  target_link_libraries(harmonic_opencv INTERFACE ${OPENCV_${part}})
endforeach()

find_library(OPENCV_highgui opencv_highgui REQUIRED)
# oneDNN computes with gcc's OpenMP, which src/nn tells to use one thread. Its CMake config would
# ask for OpenCL's headers.
add_library(harmonic_onednn INTERFACE)
find_path(ONEDNN_INCLUDE oneapi/dnnl/dnnl.hpp REQUIRED)
find_library(ONEDNN dnnl REQUIRED)
target_include_directories(harmonic_onednn SYSTEM INTERFACE ${ONEDNN_INCLUDE})
target_link_libraries(harmonic_onednn INTERFACE ${ONEDNN} gomp)

# Beast and Asio are header-only; only src/server/transport*.cpp include them.
find_package(Boost 1.74 REQUIRED)
add_library(harmonic_boost INTERFACE)
target_link_libraries(harmonic_boost INTERFACE Boost::headers Threads::Threads)

# Debian's libcsv brings no .pc file.
add_library(harmonic_csv INTERFACE)
find_path(CSV_INCLUDE csv.h REQUIRED)
find_library(CSV csv REQUIRED)
target_include_directories(harmonic_csv SYSTEM INTERFACE ${CSV_INCLUDE})
target_link_libraries(harmonic_csv INTERFACE ${CSV})

# The trainer alone needs libtorch; without it everything else is built.
find_package(Torch QUIET)
find_path(ONNX_INCLUDE onnx/onnx_pb.h)
find_library(ONNX_PROTO onnx_proto)
find_library(PROTOBUF protobuf)
set(HARMONIC_TRAINER OFF)
if(Torch_FOUND AND ONNX_INCLUDE AND ONNX_PROTO AND PROTOBUF AND NOT HARMONIC_SANITIZE)
  set(HARMONIC_TRAINER ON)
  add_library(harmonic_torch INTERFACE)
  target_include_directories(harmonic_torch SYSTEM INTERFACE ${TORCH_INCLUDE_DIRS})
  target_link_libraries(harmonic_torch INTERFACE ${TORCH_LIBRARIES})
  add_library(harmonic_onnx INTERFACE)
  target_include_directories(harmonic_onnx SYSTEM INTERFACE ${ONNX_INCLUDE})
  target_compile_definitions(harmonic_onnx INTERFACE ONNX_NAMESPACE=onnx ONNX_ML=1)
  target_link_libraries(harmonic_onnx INTERFACE ${ONNX_PROTO} ${PROTOBUF})
endif()
message(STATUS "Trainer (libtorch, onnx): ${HARMONIC_TRAINER}")
