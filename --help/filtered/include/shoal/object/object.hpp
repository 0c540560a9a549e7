// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// Floor 2: shared objects. Header, references, field access, arrays, strings, type handles.
///
/// Includes floors 0 and 1.

#include <shoal/object/access.hpp>
#include <shoal/object/array.hpp>
#include <shoal/object/datum.hpp>
#include <shoal/object/generic.hpp>
#include <shoal/object/header.hpp>
#include <shoal/object/reference.hpp>
#include <shoal/object/ring.hpp>
#include <shoal/object/string.hpp>
#include <shoal/object/type_handle.hpp>
#include <shoal/object/value.hpp>
