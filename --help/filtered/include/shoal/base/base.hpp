// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// Floor 0: words and named orders, the wait word, the value encoding, results and assertions.
///
/// The only floor that names an atomic type, a lock or a sleep. Includes nothing of Shoal.

#include <shoal/base/assert.hpp>
#include <shoal/base/cell.hpp>
#include <shoal/base/config.hpp>
#include <shoal/base/encoding.hpp>
#include <shoal/base/fence.hpp>
#include <shoal/base/lock.hpp>
#include <shoal/base/memory.hpp>
#include <shoal/base/order.hpp>
#include <shoal/base/payload.hpp>
#include <shoal/base/result.hpp>
#include <shoal/base/vec128.hpp>
#include <shoal/base/wait_word.hpp>
