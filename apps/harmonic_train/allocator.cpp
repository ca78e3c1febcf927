// Read by jemalloc when it is there: pages of a step's tensors stay with the program, in huge ones.
// Without it the kernel's pages take four fifths of the time.
extern "C" {
extern const char* malloc_conf;  // NOLINT(readability-identifier-naming): jemalloc's name
const char* malloc_conf = "dirty_decay_ms:-1,muzzy_decay_ms:-1,thp:always,metadata_thp:always";
}
