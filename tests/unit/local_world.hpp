// SPDX-License-Identifier: BSL-1.0
#pragma once

// What the tests of floor 3 share: a tier-0 runtime. It allocates its objects itself, makes and
// closes its local contexts, and notes what its hooks are told.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <shoal/local/local.hpp>

#include "type_memory.hpp"

namespace local_test {

using resolver =
    std::function<shoal::resolve_answer(shoal::local_context&, const shoal::resolve_request&)>;

// The hooks of one context, and what they were told.
struct host {
  resolver resolve;
  std::function<void(shoal::local_context&, std::uint64_t, shoal::released)> on_release;
  std::vector<std::pair<std::uint64_t, shoal::released>> let_go;
  std::vector<std::uint32_t> asked;  // type indices, in order

  [[nodiscard]] std::size_t times(std::uint64_t word, shoal::released what) const {
    std::size_t count = 0;
    for (const auto& each : let_go) count += each == std::pair(word, what) ? 1 : 0;
    return count;
  }

  shoal::local_hooks hooks() {
    shoal::local_hooks these;
    these.self = this;
    these.release = [](void* self, shoal::local_context& context, std::uint64_t word,
                       shoal::released what) noexcept {
      auto& me = *static_cast<host*>(self);
      me.let_go.emplace_back(word, what);
      if (me.on_release) me.on_release(context, word, what);
    };
    these.resolve_prototype = [](void* self, shoal::local_context& context,
                                 const shoal::resolve_request& request) noexcept {
      auto& me = *static_cast<host*>(self);
      me.asked.push_back(request.what.index());
      return me.resolve ? me.resolve(context, request) : shoal::resolve_answer::failed();
    };
    return these;
  }
};

// An object of the runtime's own: zeroed, with Shoal's header.
class object {
 public:
  explicit object(std::uint32_t type_index, std::uint32_t word = 0) : memory_(new place{}) {
    shoal::write_header(address(), type_index, word);
  }
  explicit object(shoal::type of) : object(of.index()) {}
  [[nodiscard]] void* address() const { return memory_->bytes; }
  [[nodiscard]] shoal::reference get() const { return shoal::reference(address()); }

 private:
  struct alignas(16) place {
    std::byte bytes[64];
  };
  std::unique_ptr<place> memory_;
};

struct world {
  counted_space space;
  shoal::local_space locals{space.types, space.memory.hook()};

  explicit world(const shoal::type_space_options& options = {}) : space(options) {
    REQUIRE((space.opened && locals.try_open()));
  }
  [[nodiscard]] shoal::type declare(const char* name, shoal::type extends = {}) {
    return space.types.declare({.name = name, .extends = extends}).value();
  }
  [[nodiscard]] shoal::type declare(const char* name,
                                    std::initializer_list<shoal::behaviour> behaviours) {
    return space.types.declare({.name = name, .behaviours = behaviours}).value();
  }
};

// A context with its host, open as long as it lives.
struct context {
  host its;
  std::deque<object> handles;  // of words that it owns: they live until it is closed
  shoal::local_context local;

  explicit context(world& in, std::string_view role = "") : local(in.locals) {
    REQUIRE(local.open(role, its.hooks()) == shoal::errc::ok);
  }
  ~context() { local.close(); }
  operator shoal::local_context&() { return local; }  // NOLINT(google-explicit-constructor)
};

// Where a realm has its table: the argument of a test that holds for both.
struct reserved {
  static constexpr shoal::realm_table kind = shoal::realm_table::reserved;
};
struct grown {
  static constexpr shoal::realm_table kind = shoal::realm_table::grown;
};

// A realm that is open; close it with a context.
template <class Table>
struct realm {
  shoal::realm table;
  shoal::local_context& closer;

  realm(world& in, shoal::local_context& by) : table(in.locals), closer(by) {
    REQUIRE(table.open(Table::kind) == shoal::errc::ok);
    CHECK(table.is_grown() == (Table::kind == shoal::realm_table::grown));
  }
  ~realm() { table.close(closer); }
  shoal::realm* operator->() { return &table; }
  shoal::realm& operator*() { return table; }
};

}  // namespace local_test
