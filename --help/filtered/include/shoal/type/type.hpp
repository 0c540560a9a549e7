// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// Floor 1: field kinds, layouts, descriptors, the types of a cluster, and registries of keyed
/// types.
///
/// Includes floor 0 only. A declaration's way: spec -\> check -\> record (layout) -\> type_table; and
/// back: index -\> type_space::at -\> type -\> field.

#include <shoal/type/block.hpp>
#include <shoal/type/check.hpp>
#include <shoal/type/cohort.hpp>
#include <shoal/type/describe.hpp>
#include <shoal/type/descriptor.hpp>
#include <shoal/type/difference.hpp>
#include <shoal/type/hash.hpp>
#include <shoal/type/identity.hpp>
#include <shoal/type/keyed_table.hpp>
#include <shoal/type/kind.hpp>
#include <shoal/type/layout.hpp>
#include <shoal/type/make_record.hpp>
#include <shoal/type/record.hpp>
#include <shoal/type/registration_key.hpp>
#include <shoal/type/registry.hpp>
#include <shoal/type/spec.hpp>
#include <shoal/type/static_layout.hpp>
#include <shoal/type/type_space.hpp>
#include <shoal/type/type_table.hpp>
