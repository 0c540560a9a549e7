// SPDX-License-Identifier: BSL-1.0
// Shared handles that mean something else on each agent: only the owner touches what a thread-bound
// one holds, and a type handle finds its type whole.

#include <shoal/local/local.hpp>
#include <shoal/local/thread_bound.hpp>
#include <shoal/object/type_handle.hpp>

#include "model.hpp"

using namespace shoal;

namespace {

struct handing : trial::body {
  static constexpr unsigned threads = 2;
  type_space types{{.max_types = 64}};
  local_space space{types};
  local_context contexts[threads] = {local_context(space), local_context(space)};
  unbarriered<> guard;
  cell<std::uint64_t> root{0};
  std::uint64_t released_words = 0;

  static void release(void* self, local_context&, std::uint64_t word, released) noexcept {
    static_cast<handing*>(self)->released_words += word;
  }
  void before() override {
    trial::check(types.open() == errc::ok && space.try_open(), "opened");
    for (local_context& context : contexts) {
      trial::check(context.open("", {this, release, nullptr}) == errc::ok, "opened");
    }
  }
  void close(std::uint32_t bytes) {
    for (local_context& context : contexts) context.close();
    if (void* left = load_ref(root)) default_metadata.release(nullptr, left, bytes, 8);
  }
};

// The owner lets go while the other asks.
struct bound : handing {
  void thread(unsigned index) override {
    local_context& mine = contexts[index];
    std::uint64_t target = 1;
    if (index == 0) {
      void* made = default_metadata.allocate(nullptr, thread_bound_bytes, 8);
      const std::uint32_t entry = mine.own_bound(500).value();
      write_header(made, builtin::thread_bound, static_cast<std::uint32_t>(bound_policy::error));
      write_thread_bound(made, mine, 500, entry);
      mine.set_bound_handle(entry, made);
      store_ref(guard, root, made);
      trial::check(bound_get(mine, made, target) == errc::ok && target == 500, "the owner's");
      trial::check(bound_release(mine, made) == errc::ok, "let go");
      trial::check(bound_get(mine, made, target) == errc::owner_gone, "gone");
    } else if (void* found = load_ref(root); found != nullptr) {
      trial::check(bound_get(mine, found, target) == errc::wrong_agent && target == 0, "not ours");
      trial::check(bound_release(mine, found) == errc::wrong_agent, "nor to let go of");
    }
  }
  void after() override {
    trial::check(released_words == 500, "once");
    close(thread_bound_bytes);
  }
};
// Seen to fail, of 1000 seeds: ref.store 269, ref.load 269.
const trial::enrol<bound> owning("local/handles/thread_bound",
                                 {.catches = "ref.store ref.load", .iterations = 4'000});

// Who gets a type by its handle binds a prototype to it.
struct by_type : handing {
  realm where{space};

  void before() override {
    handing::before();
    trial::check(where.open() == errc::ok, "opened");
  }
  void thread(unsigned index) override {
    if (index == 0) {
      const type made = types.declare("Point", {{"x", f64}}).value();
      void* handle = default_metadata.allocate(nullptr, type_handle_bytes, 8);
      write_header(handle, builtin::type_handle, static_cast<std::uint32_t>(type_rights::bind));
      write_type_handle(handle, made.index());
      store_ref(guard, root, handle);
    } else if (void* found = load_ref(root); found != nullptr) {
      trial::check(where.bind(reference(found), 100) == errc::ok, "bound");
      trial::check(where.peek(handled_type(found)).word() == 100, "found again");
      trial::check(trial::read(types.at(handled_type(found))->size) == 16, "a whole type");
    }
  }
  void after() override {
    where.close(contexts[0]);
    close(type_handle_bytes);
  }
};
// Seen to fail, of 1000 seeds: ref.store 117, ref.load 117.
const trial::enrol<by_type> binding("local/handles/type",
                                    {.catches = "ref.store ref.load", .iterations = 4'000});

}  // namespace
