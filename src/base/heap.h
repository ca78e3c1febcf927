// base/heap.h - what the C library keeps of memory that was freed.
#pragma once

namespace harmonic {

/// For a program that runs for days and now and then makes something large: few arenas, and large
/// pieces go back when they are freed, while those of a loop stay. Once, before other threads run.
void keep_little_free_memory();

/// Gives back every free page, also those between what is used. Takes milliseconds.
void give_back_free_memory();

}  // namespace harmonic
