// SPDX-License-Identifier: BSL-1.0
// Agent-local slots, and functions bound in them: a slot is given once, each agent has a word of its
// own behind it, and what an agent has set is released on it, as what it was.

#include <shoal/local/local.hpp>
#include <shoal/local/thread_local_function.hpp>

#include "model.hpp"

using namespace shoal;

namespace {

struct two_contexts : trial::body {
  static constexpr unsigned threads = 2;
  type_space types{{.max_types = 64}};
  local_space space{types};
  local_context contexts[threads] = {local_context(space), local_context(space)};

  // What a context's hook was told.
  struct let_go {
    std::uint64_t locals = 0;  // the sum of their words
    std::uint64_t functions = 0;
  };
  let_go gone[threads];

  static void release(void* self, local_context&, std::uint64_t word, released what) noexcept {
    auto* mine = static_cast<let_go*>(self);
    (what == released::thread_local_function ? mine->functions : mine->locals) += word;
  }
  void before() override { trial::check(types.open() == errc::ok && space.try_open(), "opened"); }
  void open(unsigned index) {
    trial::check(contexts[index].open("", {&gone[index], release, nullptr}) == errc::ok, "opened");
  }
  void after() override {
    for (local_context& context : contexts) context.close();
  }
};

// Contexts that open, and slots that are made, at once.
struct making : two_contexts {
  agent_local mine[threads];
  std::uint64_t identities[threads];

  void thread(unsigned index) override {
    open(index);
    identities[index] = contexts[index].identity();
    mine[index] =
        space.make_slot(7, index == 0 ? released::agent_local : released::thread_local_function)
            .value();
    trial::check(contexts[index].get(mine[index]) == 7, "what it begins with");
    contexts[index].set(mine[index], 100 + index);
    trial::check(contexts[index].get(mine[index]) == 100 + index, "what was set");
    if (index == 0) contexts[index].close();
  }
  void after() override {
    trial::check(identities[0] != identities[1], "a number each");
    trial::check(mine[0].slot != mine[1].slot && space.slots() == 2, "a slot each");
    two_contexts::after();
    trial::check(gone[0].locals == 100 && gone[1].functions == 101, "each let go of its own");
  }
};
const trial::enrol<making> at_once("local/slots/making", {.iterations = 4'000});

// A function that one agent makes and the other finds: each has its own binding.
struct binding : two_contexts {
  unbarriered<> guard;
  cell<std::uint64_t> root{0};

  static int answer_of(unsigned index) { return index == 0 ? first() : second(); }
  static int first() { return 1; }
  static int second() { return 2; }

  void before() override {
    two_contexts::before();
    for (unsigned i = 0; i < threads; ++i) open(i);
  }
  void bind_and_call(unsigned index, const void* function) {
    int answer = 0;
    const local_context& mine = contexts[index];
    trial::check(call_binding<int()>(mine, function, answer) == errc::uninitialized, "not yet");
    const auto own = reinterpret_cast<std::uintptr_t>(index == 0 ? &first : &second);
    trial::check(initialize(contexts[index], function, own) == errc::ok, "bound");
    trial::check(call_binding<int()>(mine, function, answer) == errc::ok, "called");
    trial::check(answer == answer_of(index), "its own");
  }
  void thread(unsigned index) override {
    if (index == 0) {
      const agent_local slot = space.make_slot(0, released::thread_local_function).value();
      void* made = default_metadata.allocate(nullptr, thread_local_function_bytes, 8);
      write_header(made, builtin::thread_local_function, slot.slot);
      store_ref(guard, root, made);
      bind_and_call(0, made);
    } else if (const void* found = load_ref(root); found != nullptr) {
      trial::check(is_thread_local_function(found), "a function");
      bind_and_call(1, found);
      contexts[1].close();
      trial::check(gone[1].functions != 0 && gone[1].locals == 0, "let go of as what it was");
    }
  }
  void after() override {
    two_contexts::after();
    default_metadata.release(nullptr, load_ref(root), thread_local_function_bytes, 8);
  }
};
// Seen to fail, of 1000 seeds: ref.store 145, ref.load 145.
const trial::enrol<binding> calling("local/slots/binding",
                                    {.catches = "ref.store ref.load", .iterations = 4'000});

}  // namespace
