// SPDX-License-Identifier: BSL-1.0
#pragma once

// A small harness for litmus tests on shared objects.
//
// A *table* names a shape in one pair of orders and says of every outcome whether it is allowed,
// allowed and interesting, or forbidden. A *case* plays the shape on one kind of field: two to four
// agents, each on a thread of its own, walk over a batch of instances side by side, with small
// random delays, and what they read is counted. A forbidden outcome fails, and so does one that the
// table does not list.
//
// A *twin* is a case whose payload is accessed plainly, so that ThreadSanitizer sees whether the
// publication orders it. Its weakened form lacks the order; with --weaken, in a TSan build, each
// twin's weakened form runs in a process of its own and must be reported.
//
// A body, the code of a case:
//   threads                             how many agents
//   body(session::stage&)               makes the shared objects, on the main agent
//   seat(body&, actor&)                 what one agent holds, made on its thread
//   play<Thread>(seat&, i) -> uint32    that thread's part on instance i; what it read, packed
//   digits[threads]                     how many registers each packs, 4 bits each
//   collect(seat&, i) -> uint32         when all have played: one more register (0 if none)
//   reset(seat&, i)                     back to the start, on thread 0
//   batches                             at most so many; 0: no limit
//   trails                              if there and true, thread 1 often looks at what thread 0
//                                       has just left: for bodies whose thread 0 takes long
//
// Of a case only its accesses are compiled for its kind and orders (script); the rest is compiled
// once in a program, of which there are many hundred cases.
//
// Options: --seconds=N (of each table), --seed=N, --list, --weaken, and names of tables to run.
// Follows: OpenJDK's jcstress in its tables; litmus7 (Alglave, Maranget, Sarkar, Sewell, TACAS
// 2011) in how instances are walked.

#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cinttypes>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <initializer_list>
#include <map>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <shoal/shoal.hpp>

namespace litmus {

enum class expect : std::uint8_t { allowed, interesting, forbidden };
inline constexpr expect allowed = expect::allowed;
inline constexpr expect interesting = expect::interesting;
inline constexpr expect forbidden = expect::forbidden;

// One line of a table. The id has a hexadecimal digit for each register: 0x10 is "1, 0".
struct outcome {
  std::uint32_t id;
  expect what;
  const char* why;
};

inline constexpr unsigned batch_size = 256;
inline constexpr unsigned most_threads = 4;

// What a register holds when it was read as nothing that anybody wrote.
inline constexpr std::uint32_t garbage = 0xf;

class random {
 public:
  explicit random(std::uint64_t seed) noexcept : state_(seed * 2 + 0x9e37'79b9'7f4a'7c15) {}
  // SplitMix64 (Steele, Lea, Flood, 2014).
  std::uint64_t next() noexcept {
    std::uint64_t z = (state_ += 0x9e37'79b9'7f4a'7c15);
    z = (z ^ (z >> 30)) * 0xbf58'476d'1ce4'e5b9;
    z = (z ^ (z >> 27)) * 0x94d0'49bb'1331'11eb;
    return z ^ (z >> 31);
  }

 private:
  std::uint64_t state_;
};

// Keeps the calling thread on one of the processors it may use: agents that share one never race.
inline void pin(unsigned index) noexcept {
  cpu_set_t usable;
  if (sched_getaffinity(0, sizeof usable, &usable) != 0 || CPU_COUNT(&usable) == 0) return;
  unsigned skip = index % static_cast<unsigned>(CPU_COUNT(&usable));
  for (unsigned cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
    if (!CPU_ISSET(cpu, &usable) || skip-- != 0) continue;
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(cpu, &one);
    static_cast<void>(sched_setaffinity(0, sizeof one, &one));
    return;
  }
}

// Spins, and gives the core away when the others seem to need it: threads may outnumber cores.
class barrier {
 public:
  explicit barrier(unsigned threads) noexcept : threads_(threads) {}
  void arrive() noexcept {
    const std::uint32_t phase = phase_.load(std::memory_order_acquire);
    if (arrived_.fetch_add(1, std::memory_order_acq_rel) + 1 == threads_) {
      arrived_.store(0, std::memory_order_relaxed);
      phase_.store(phase + 1, std::memory_order_release);
      return;
    }
    for (unsigned spins = 0; phase_.load(std::memory_order_acquire) == phase; ++spins) {
      if (spins > 20000) sched_yield();
    }
  }

 private:
  const unsigned threads_;
  alignas(64) std::atomic<std::uint32_t> arrived_{0};
  alignas(64) std::atomic<std::uint32_t> phase_{0};
};

// One thread's agent while a case runs.
struct actor {
  shoal::agent& agent;
  shoal::scope& scope;
  unsigned index;

  [[nodiscard]] shoal::local hold(void* object) const {
    const shoal::local held = scope.hold(shoal::reference(object, agent.context().clock()));
    if (!held) std::abort();
    return held;
  }
};

using counts = std::map<std::uint32_t, std::uint64_t>;

class session {
 public:
  // The main agent while it prepares a case.
  struct stage {
    shoal::cluster& cluster;
    shoal::agent& agent;
    shoal::scope& scope;
  };

  // A body without its type.
  struct script {
    void* (*make)(stage&);
    void (*discard)(void* body);
    void* (*sit)(void* body, const actor&);
    void (*rise)(void* seat);
    std::uint32_t (*play[most_threads])(void* body, void* seat, unsigned i);
    std::uint32_t (*collect)(void* body, void* seat, unsigned i);  // null: nothing to collect
    void (*reset)(void* body, void* seat, unsigned i);
    unsigned threads;
    const unsigned* digits;
    std::uint64_t batches;
    bool trails;
  };

  struct one_case {
    const char* name;
    const script* parts;
  };

  session(int count, char** arguments) {
    for (int i = 1; i < count; ++i) {
      const std::string text = arguments[i];
      if (text.rfind("--seconds=", 0) == 0) {
        seconds_ = std::strtod(text.c_str() + 10, nullptr);
      } else if (text.rfind("--seed=", 0) == 0) {
        seed_ = std::strtoull(text.c_str() + 7, nullptr, 0);
      } else if (text == "--list") {
        list_ = true;
      } else if (text == "--weaken") {
        weaken_ = true;
      } else if (text.rfind("--weakened=", 0) == 0) {
        weakened_ = text.substr(11);
      } else if (text.rfind("--", 0) == 0) {
        std::fprintf(stderr, "unknown option %s\n", text.c_str());
        std::exit(2);
      } else {
        filters_.push_back(text);
      }
    }
    if (!list_) std::printf("--seed=%" PRIu64 ", %u processors\n", seed_, processors());
  }

  [[nodiscard]] static unsigned processors() noexcept {
    return std::thread::hardware_concurrency();
  }

  // Runs the cases against the table and prints the counts, summed over the cases.
  void table(const std::string& name, const std::vector<outcome>& rows,
             const std::vector<one_case>& cases) {
    if (!weakened_.empty() || weaken_ || !wanted(name)) return;
    if (list_) {
      std::printf("%s\n", name.c_str());
      return;
    }
    std::printf("\n%s\n", name.c_str());
    counts sum;
    bool failed = false;
    const int registers = registers_of(rows);
    share_ = seconds_ / static_cast<double>(cases.size());
    for (const one_case& each : cases) {
      counts seen;
      run(*each.parts, seen);
      for (const auto& [id, n] : seen) {
        sum[id] += n;
        const outcome* row = find(rows, id);
        if (row != nullptr && row->what != forbidden) continue;
        failed = true;
        std::printf("  FAILED %s: %s x %" PRIu64 ": %s\n", each.name,
                    text_of(id, registers).c_str(), n,
                    row != nullptr ? row->why : "an outcome that the table does not list");
      }
    }
    for (const outcome& row : rows) {
      static constexpr const char* words[] = {"allowed", "interesting", "forbidden"};
      std::printf("  %-12s %-12s %12" PRIu64 "  %s\n", text_of(row.id, registers).c_str(),
                  words[static_cast<int>(row.what)], sum[row.id], row.why);
    }
    std::fflush(stdout);
    failed_ = failed_ || failed;
  }

  // A case with a plain payload, and its form without the order, which TSan must report.
  void twin(const std::string& name, const std::vector<outcome>& rows, const one_case& strong,
            const one_case& weak) {
    if (weakened_ == name) {
      share_ = seconds_;
      counts seen;
      run(*weak.parts, seen);
      return;
    }
    if (weaken_ && wanted(name)) {
      ++twins_;
      const bool caught = is_reported(name);
      std::printf("  %-40s %s\n", name.c_str(), caught ? "reported" : "NOT REPORTED");
      std::fflush(stdout);
      failed_ = failed_ || !caught;
      return;
    }
    table(name, rows, {strong});
  }

  // Nothing but weakened forms are in this program.
  void only_weakened(const std::string& name, const one_case& weak) {
    if (!weaken_ && weakened_.empty() && !list_) return;
    if (list_) {
      if (wanted(name)) std::printf("%s\n", name.c_str());
      return;
    }
    twin(name, {}, weak, weak);
  }

  // The program's exit status.
  [[nodiscard]] int result() const {
    if (list_ || !weakened_.empty()) return 0;
    if (weaken_ && SHOAL_TSAN == 0) return 77;
    if (weaken_ && twins_ == 0) return 2;
    std::printf("\n%s\n", failed_ ? "FAILED" : "ok");
    if (failed_) std::printf("run again with --seed=%" PRIu64 "\n", seed_);
    return failed_ ? 1 : 0;
  }

  template <class Body>
  static one_case make_case(const char* name) {
    static constexpr script parts = script_of<Body>();
    return {name, &parts};
  }

 private:
  // What the threads of a case share.
  struct team {
    shoal::cluster& cluster;
    const script& parts;
    void* const body;
    const std::uint64_t seed;
    const std::chrono::steady_clock::time_point until;
    counts& seen;
    barrier meeting{parts.threads};
    bool stop = false;  // written by thread 0 between two meetings
    unsigned pace = 1;  // likewise
    std::vector<std::uint32_t> read[most_threads] = {};
    struct alignas(64) place {
      std::atomic<std::uint32_t> at{0};
    };
    place progress[most_threads] = {};
  };

  // One thread of a case, with its agent.
  class member {
   public:
    member(team& of, unsigned thread)
        : team_(of),
          joined_(of.cluster.attach({.role = "actor"}).value()),
          scope_(*joined_),
          self{*joined_, scope_, thread},
          chance_(of.seed + thread) {
      pin(thread);
    }

    void meet() { team_.meeting.arrive(); }
    void begin_batch() {
      pace_ = team_.pace;
      lag_ = team_.parts.trails ? static_cast<unsigned>(++batch_ % 3) : (++batch_, 0);
    }
    // Side by side, as far as that can be had without ordering anything: relaxed, and bounded. Then
    // a random delay of some nanoseconds.
    void keep_pace(unsigned i) {
      if ((i & 7) == 0) bits_ = chance_.next();
      if ((i & (pace_ - 1)) == 0) {
        team_.progress[self.index].at.store(i, std::memory_order_relaxed);
        for (unsigned other = 0; other < team_.parts.threads; ++other) {
          const unsigned ahead = i + (self.index != 0 && other == 0 ? lag_ : 0);
          for (unsigned spins = 0; spins < (lag_ != 0 ? 20000 : 200); ++spins) {
            if (team_.progress[other].at.load(std::memory_order_relaxed) >= ahead) break;
          }
        }
      }
      for (unsigned delay = static_cast<unsigned>(bits_ >> (8 * (i & 7))) & 15; delay != 0;
           --delay) {
        asm volatile("");
      }
    }
    void end_batch() {
      team_.progress[self.index].at.store(batch_size, std::memory_order_relaxed);
      meet();
    }
    // What all threads read on instance i, and one register more if there is one.
    void count(unsigned i, const std::uint32_t* last) {
      std::uint32_t id = 0;
      for (unsigned t = 0; t < team_.parts.threads; ++t) {
        id = (id << (4 * team_.parts.digits[t])) | team_.read[t][i];
      }
      if (last != nullptr) id = (id << 4) | *last;
      if (id != counted_ || counter_ == nullptr) counter_ = &team_.seen[counted_ = id];
      ++*counter_;
    }
    void decide() {
      static constexpr unsigned paces[] = {1, 1, 4, 32, batch_size};
      for (auto& one : team_.progress) one.at.store(0, std::memory_order_relaxed);
      team_.pace = paces[chance_.next() % 5];
      const bool enough = team_.parts.batches != 0 && batch_ >= team_.parts.batches;
      team_.stop = enough || std::chrono::steady_clock::now() >= team_.until;
    }

   private:
    team& team_;
    shoal::attachment joined_;
    shoal::scope scope_;

   public:
    const actor self;

   private:
    random chance_;
    std::uint64_t bits_ = 0;
    std::uint64_t batch_ = 0;
    unsigned pace_ = 1;
    unsigned lag_ = 0;
    std::uint32_t counted_ = 0;
    std::uint64_t* counter_ = nullptr;
  };

  template <class Body>
  static constexpr script script_of() {
    using seat = typename Body::seat;
    script parts{
        .make = [](stage& at) -> void* { return new Body(at); },
        .discard = [](void* body) { delete static_cast<Body*>(body); },
        .sit = [](void* body, const actor& on) -> void* {
          return new seat(*static_cast<Body*>(body), on);
        },
        .rise = [](void* taken) { delete static_cast<seat*>(taken); },
        .play = {},
        .collect = nullptr,
        .reset = [](void* body, void* taken,
                    unsigned i) { static_cast<Body*>(body)->reset(*static_cast<seat*>(taken), i); },
        .threads = Body::threads,
        .digits = Body::digits,
        .batches = Body::batches,
        .trails = false,
    };
    parts.play[0] = &play<Body, 0>;
    if constexpr (Body::threads > 1) parts.play[1] = &play<Body, 1>;
    if constexpr (Body::threads > 2) parts.play[2] = &play<Body, 2>;
    if constexpr (Body::threads > 3) parts.play[3] = &play<Body, 3>;
    if constexpr (requires(Body & body, seat & taken) { body.collect(taken, 0U); }) {
      parts.collect = [](void* body, void* taken, unsigned i) {
        return static_cast<Body*>(body)->collect(*static_cast<seat*>(taken), i);
      };
    }
    if constexpr (requires { Body::trails; }) parts.trails = Body::trails;
    return parts;
  }
  template <class Body, unsigned Thread>
  static std::uint32_t play(void* body, void* taken, unsigned i) {
    return static_cast<Body*>(body)->template play<Thread>(
        *static_cast<typename Body::seat*>(taken), i);
  }

  void run(const script& parts, counts& seen) {
    shoal::cluster cluster;
    shoal::attachment joined = cluster.attach({.role = "main"}).value();
    shoal::scope scope(*joined);
    stage at{cluster, *joined, scope};
    const auto length = std::chrono::duration<double>(share_);
    team all{.cluster = cluster,
             .parts = parts,
             .body = parts.make(at),
             .seed = seed_ + ++runs_ * 1000,
             .until = std::chrono::steady_clock::now() +
                      std::chrono::duration_cast<std::chrono::nanoseconds>(length),
             .seen = seen};
    for (auto& one : all.read) one.resize(batch_size);
    std::vector<std::thread> threads;
    for (unsigned i = 0; i < parts.threads; ++i) threads.emplace_back(act, std::ref(all), i);
    for (std::thread& one : threads) one.join();
    parts.discard(all.body);
  }

  static void act(team& all, unsigned thread) {
    member me(all, thread);
    void* const body = all.body;
    void* const seat = all.parts.sit(body, me.self);
    const auto play = all.parts.play[thread];
    std::uint32_t* const read = all.read[thread].data();
    for (me.meet(); !all.stop; me.meet()) {
      me.begin_batch();
      for (unsigned i = 0; i < batch_size; ++i) {
        me.keep_pace(i);
        read[i] = play(body, seat, i);
      }
      me.end_batch();
      if (thread != 0) continue;
      for (unsigned i = 0; i < batch_size; ++i) {
        if (all.parts.collect != nullptr) {
          const std::uint32_t last = all.parts.collect(body, seat, i);
          me.count(i, &last);
        } else {
          me.count(i, nullptr);
        }
        all.parts.reset(body, seat, i);
      }
      me.decide();
    }
    all.parts.rise(seat);
  }

  static const outcome* find(const std::vector<outcome>& rows, std::uint32_t id) {
    for (const outcome& row : rows) {
      if (row.id == id) return &row;
    }
    return nullptr;
  }

  // How many registers the table's outcomes have.
  static int registers_of(const std::vector<outcome>& rows) {
    int most = 1;
    for (const outcome& row : rows) {
      while (most < 8 && row.id >> (4 * most) != 0) ++most;
    }
    return most;
  }
  [[nodiscard]] static std::string text_of(std::uint32_t id, int registers) {
    std::string text;
    for (int digit = registers; digit-- > 0;) {
      const unsigned one = (id >> (4 * digit)) & 15;
      if (!text.empty()) text += ", ";
      text += one == garbage ? std::string("?") : std::to_string(one);
    }
    return text;
  }

  [[nodiscard]] bool wanted(const std::string& name) const {
    if (filters_.empty()) return true;
    for (const std::string& filter : filters_) {
      if (name.find(filter) != std::string::npos) return true;
    }
    return false;
  }

  // Runs the weakened form in a process of its own. True: TSan reported a race there.
  [[nodiscard]] bool is_reported(const std::string& name) const {
    constexpr int reported = 66;
    const std::string which = "--weakened=" + name;
    const std::string seed = "--seed=" + std::to_string(seed_);
    std::fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
      setenv("TSAN_OPTIONS", "exitcode=66:halt_on_error=1:report_signal_unsafe=0", 1);
      std::freopen("/dev/null", "w", stdout);
      std::freopen("/dev/null", "w", stderr);
      execl("/proc/self/exe", "litmus", which.c_str(), seed.c_str(), static_cast<char*>(nullptr));
      _exit(127);
    }
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) != child) return false;
    return WIFEXITED(status) && WEXITSTATUS(status) == reported;
  }

  double seconds_ = 0.15;
  double share_ = 0;
  std::uint64_t seed_ = static_cast<std::uint64_t>(
      std::chrono::steady_clock::now().time_since_epoch().count() % 1'000'000);
  std::uint64_t runs_ = 0;
  unsigned twins_ = 0;
  bool list_ = false;
  bool weaken_ = false;
  bool failed_ = false;
  std::string weakened_;
  std::vector<std::string> filters_;
};

}  // namespace litmus
