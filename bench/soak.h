// soak.h - whether an hour of camera pictures leaves memory behind.
#pragma once

namespace harmonic::bench {

/// Takes `frames` pictures from JPEG to mood, one after the other, and prints how resident memory
/// grew after the warm-up. Returns the exit code: 1 when it grew above the limit that it prints.
int soak(long frames);

}  // namespace harmonic::bench
