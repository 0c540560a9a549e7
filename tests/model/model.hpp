// SPDX-License-Identifier: BSL-1.0
#pragma once

// What a model test is written with: one body that the checker runs under every schedule it can
// think of, and real threads run many times (for TSan and for the machine's own order).
//
//   struct message_passing : trial::body {
//     static constexpr unsigned threads = 2;
//     shoal::cell<int> data{0};
//     ...
//     void thread(unsigned index) override { ... trial::check(seen == 1, "..."); }
//   };
//   const trial::enrol<message_passing> enrolled("base/message_passing", {.catches =
//   "mp.publish"});
//
// A body includes Shoal's headers and this one only. Its members are the shared state: made anew
// for every run, seen by all threads. It asks for no random numbers, no clock but Shoal's, and its
// memory comes from shoal::default_metadata, so that a schedule can be replayed.
//
// Thread safety: before and after run alone; thread(i) runs once in each thread.

#include <cstddef>
#include <new>

namespace trial {

struct body {
  virtual ~body() = default;
  virtual void before() {}
  virtual void thread(unsigned index) = 0;
  virtual void after() {}
};

// Ends the run as failed where `holds` is false.
void check(bool holds, const char* what, const char* file = __builtin_FILE(),
           int line = __builtin_LINE());

// Tells the checker that this thread reads a plain word of Shoal's, so that it can say whether the
// word was published. payload<T> does so by itself. On real threads TSan sees the read.
void read_plain(const void* word, std::size_t bytes);
template <class T>
const T& read(const T& word) {
  read_plain(&word, sizeof(T));
  return word;
}

// Lets others run. In every loop that waits without sleeping.
void yield();

// Whether the checker's kernel refuses to put fences into other threads. Real ones have their own.
void refuse_fences(bool refuses);

struct options {
  // Orders that the test must notice when they are weakened, with a space between: NAME or NAME:TO.
  const char* catches = "";
  // Words of the failure that a broken body must end in: a test of the checker itself. Not run on
  // real threads.
  const char* must_fail = nullptr;
  // Schedules of a default run, and of each weakening; on real threads, a quarter as many runs.
  unsigned iterations = 10'000;
  // Steps after which a schedule counts as a livelock.
  unsigned depth = 2'000;
  // Also every schedule with at most this many preemptions; 0: random schedules only.
  unsigned preemptions = 0;
};

// One test of the program.
struct subject {
  const char* name;
  unsigned threads;  // 2 to 4
  options how;
  std::size_t bytes;
  body* (*make)(void* place);
  subject* next;

  static inline subject* first = nullptr;
};

// A static object of this type adds a test.
template <class Body>
class enrol {
 public:
  explicit enrol(const char* name, options how = {})
      : subject_{name,
                 Body::threads,
                 how,
                 sizeof(Body),
                 [](void* place) -> body* { return new (place) Body; },
                 subject::first} {
    subject::first = &subject_;
  }

 private:
  subject subject_;
};

}  // namespace trial
