# The architecture, stated once: CMake links by it, tools/check_layers.py checks every #include by it.
# A module may use only modules declared above it, so a cycle cannot be written down.
# LIBS names third-party targets; their headers stay inside the module's .cpp files.
harmonic_module(base      LIBS OpenSSL::Crypto spdlog::spdlog)
harmonic_module(image     USES base LIBS harmonic_opencv)
harmonic_module(audio     USES base LIBS PkgConfig::FFMPEG PkgConfig::EBUR128 PkgConfig::FFTW)
harmonic_module(nn        USES base LIBS harmonic_opencv harmonic_onednn)
harmonic_module(catalog   USES base)
harmonic_module(face      USES base image nn LIBS harmonic_opencv)
harmonic_module(affect    USES base image nn)
harmonic_module(scan      USES base audio catalog)
harmonic_module(store     USES base catalog LIBS SQLite::SQLite3)
harmonic_module(recommend USES base affect catalog)
harmonic_module(evaluate  USES base image affect)
harmonic_module(session   USES base image face affect catalog recommend)
harmonic_module(server    USES base audio catalog recommend scan store session LIBS harmonic_boost)
if(HARMONIC_TRAINER)
  harmonic_module(train   USES base image affect evaluate LIBS harmonic_torch harmonic_onnx)
endif()
