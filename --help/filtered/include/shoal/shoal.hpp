// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// Shoal: shared objects, agent-local behaviour. Everything, for runtimes that take the heap too.
///
/// A runtime with a shared heap of its own includes shoal/local/local.hpp instead: floors 0 to 3,
/// header-only.

#include <shoal/embed/embed.hpp>
#include <shoal/sync/sync.hpp>
