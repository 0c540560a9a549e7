// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// Floor 7: the contract with a runtime, gathered. The host concept and its hooks, the empty host,
/// words of another encoding, graphs of private objects.
///
/// Includes floors 0 to 5.

#include <shoal/embed/empty_host.hpp>
#include <shoal/embed/host.hpp>
#include <shoal/embed/share_graph.hpp>
#include <shoal/embed/translated.hpp>
