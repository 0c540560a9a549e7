// SPDX-License-Identifier: BSL-1.0
#pragma once

// Relacy, without what it does to whoever includes it: its last lines make macros of keywords and
// functions. Standard headers come first, as they would not survive them.
//
// It also replaces operator new: what is allocated in a run counts as the body's. Hence list<T>.

#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <sstream>
#include <string>
#include <vector>

#include <relacy/relacy.hpp>
#undef new
#undef delete
#undef malloc
#undef calloc
#undef realloc
#undef free
#undef assert
#undef errno

namespace engine {

// A vector whose memory is not the body's.
template <class T>
using list = std::vector<T, rl::raw_allocator<T>>;

}  // namespace engine
