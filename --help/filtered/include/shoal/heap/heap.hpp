// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// Floor 4: the shared heap. Page supply, allocation, scopes and handles, write barrier, test
/// tracer.
///
/// Includes floors 0 to 2. Knows neither local/ nor agent/. jemalloc_supply.hpp is apart, as it
/// needs a library of its own.

#include <shoal/heap/handle.hpp>
#include <shoal/heap/handle_pool.hpp>
#include <shoal/heap/heap_context.hpp>
#include <shoal/heap/instance.hpp>
#include <shoal/heap/page_supply.hpp>
#include <shoal/heap/scope.hpp>
#include <shoal/heap/scope_chain.hpp>
#include <shoal/heap/shared_heap.hpp>
#include <shoal/heap/tracer.hpp>
