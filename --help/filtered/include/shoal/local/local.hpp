// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// Floor 3: behaviour that stays local. Prototype tables, agent-local slots, thread-local functions,
/// thread-bound handles. The last floor of tier 0.
///
/// Includes floors 0 to 2. Knows nothing of the heap.

#include <shoal/local/bound_body.hpp>
#include <shoal/local/hooks.hpp>
#include <shoal/local/local_context.hpp>
#include <shoal/local/local_space.hpp>
#include <shoal/local/prototype_table.hpp>
#include <shoal/local/realm.hpp>
#include <shoal/local/thread_bound.hpp>
#include <shoal/local/thread_local_function.hpp>
