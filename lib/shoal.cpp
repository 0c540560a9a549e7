// SPDX-License-Identifier: BSL-1.0
//
// libshoal as one file, for builds that take the tree as it is: compile this with -Iinclude, and
// every file that includes Shoal with the same SHOAL_CHECKS.

// list: shoal/**/*.cpp except shoal/heap/jemalloc_supply.cpp
#include "shoal/agent/account.cpp"
#include "shoal/agent/agent.cpp"
#include "shoal/agent/cluster.cpp"
#include "shoal/agent/dispatch.cpp"
#include "shoal/heap/handle_pool.cpp"
#include "shoal/heap/heap.cpp"
#include "shoal/heap/heap_context.cpp"
#include "shoal/heap/page_supply.cpp"
#include "shoal/heap/scope_chain.cpp"
#include "shoal/heap/tracer.cpp"
#include "shoal/sync/condition.cpp"
#include "shoal/sync/mailbox.cpp"
#include "shoal/sync/mutex.cpp"
#include "shoal/sync/parking_lot.cpp"
#include "shoal/sync/pending.cpp"
#include "shoal/sync/wait_queue.cpp"
