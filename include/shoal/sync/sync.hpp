// SPDX-License-Identifier: BSL-1.0
#pragma once

// Floor 6: locks and mailboxes that are shared objects, and the parking lot that agents sleep in.
//
// Thread safety, progress: each header says. Layer: sync. Includes floors 0 to 5.

#include <shoal/sync/async.hpp>
#include <shoal/sync/condition.hpp>
#include <shoal/sync/mailbox.hpp>
#include <shoal/sync/mutex.hpp>
#include <shoal/sync/parking_lot.hpp>
#include <shoal/sync/wait_queue.hpp>
