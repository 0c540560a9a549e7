// SPDX-License-Identifier: BSL-1.0

#include "bridge.hpp"

#include <unistd.h>
#include <shoal/shoal.hpp>

#include <atomic>
#include <chrono>
#include <cinttypes>
#include <condition_variable>
#include <cstdarg>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <memory>
#include <mutex>
#include <new>
#include <optional>
#include <string_view>

namespace bridge {

using shoal::blocked_region;
using shoal::datum;
using shoal::entered;
using shoal::errc;
using shoal::field_kind;
using shoal::reference;

namespace {

// A call on its way. Found by its number: whoever comes too late finds nothing.
struct call_record {
  std::uint64_t number = 0;
  std::uint64_t holders = 1;  // under the world's lock
  packet* arguments = nullptr;
  packet* results = nullptr;
  call_record* next = nullptr;
};

std::size_t heap_limit() noexcept {
  if (const char* asked = std::getenv("SHOAL_HEAP_LIMIT")) {
    char* end = nullptr;
    const unsigned long long bytes = std::strtoull(asked, &end, 10);
    if (bytes != 0 && *end == '\0') return bytes;
  }
  const long pages = sysconf(_SC_PHYS_PAGES);
  const long bytes = sysconf(_SC_PAGESIZE);
  if (pages <= 0 || bytes <= 0) return ~std::size_t{0};
  return static_cast<std::size_t>(pages) / 2 * static_cast<std::size_t>(bytes);
}

shoal::cluster_options options() noexcept {
  shoal::cluster_options chosen;
  chosen.limit = heap_limit();
  return chosen;
}

}  // namespace

// A place for an agent, used again by the next one and never given back before the world is: a late
// wake-up finds at worst a stranger, who looks again.
struct agent {
  world* in = nullptr;
  std::optional<shoal::attachment> joined;
  shoal::agent* self = nullptr;
  agent_hooks hooks = {};
  char* text = nullptr;
  std::size_t room = 0;

  std::mutex lock;  // of what follows
  std::condition_variable signal;
  std::uint32_t ticket = 0;
  bool interrupted = false;
  std::uint64_t identity = 0;  // 0: nobody
  agent* next = nullptr;       // under the world's lock, as is
  bool taken = false;

  token* tokens = nullptr;  // that hold a mutex
  bool is_leaving = false;  // it detaches

  ~agent() { std::free(text); }
};

struct token {
  token(agent& holder, object* kept) noexcept : by(holder), mutex(kept), held() {}
  ~token() {}

  agent& by;
  object* mutex;
  token* next = nullptr;
  token** place = nullptr;  // what points here
  union {
    shoal::unlock_token held;  // never destroyed: it is unlocked, or lost
  };
};

struct pending {
  agent& by;
  void* what;               // the host's
  token* locked = nullptr;  // on no list: for the mutex that it will end with
};

struct cohort {
  explicit cohort(shoal::type_space& space) noexcept : types(space) {}
  shoal::cohort types;
  cohort* next = nullptr;
};

struct world {
  world() noexcept : cluster(options()), keyed(cluster.types()) {}
  ~world() {
    while (cohorts != nullptr) delete std::exchange(cohorts, cohorts->next);
    while (agents != nullptr) delete std::exchange(agents, agents->next);
  }

  std::atomic<std::uint64_t> users{1};
  shoal::cluster cluster;
  cohort keyed;
  std::mutex lock;  // of what follows
  cohort* cohorts = nullptr;
  agent* agents = nullptr;
  call_record* calls = nullptr;
  std::uint64_t next_call = 1;
};

// The public call is the record.
struct call : call_record {};

struct packet {
  struct entry {
    value what;
    bridge::cohort* cohort = nullptr;
  };
  entry* entries = nullptr;
  std::size_t size = 0;
  std::size_t room = 0;
};

namespace {

std::uint32_t fail(message& why, errc code, const char* format, ...) noexcept
    __attribute__((format(printf, 3, 4)));
std::uint32_t fail(message& why, errc code, const char* format, ...) noexcept {
  why.code = static_cast<std::uint32_t>(code);
  std::va_list arguments;
  va_start(arguments, format);
  std::vsnprintf(why.text, sizeof why.text, format, arguments);
  va_end(arguments);
  return why.code;
}
std::uint32_t fail(message& why, const shoal::error& from) noexcept {
  return fail(why, from.code(), "%s", from.message());
}
std::uint32_t plain(errc code) noexcept { return static_cast<std::uint32_t>(code); }

const shoal::descriptor* descriptor_of(const type* what) noexcept {
  return reinterpret_cast<const shoal::descriptor*>(what);
}
const type* type_of(const shoal::descriptor* what) noexcept {
  return reinterpret_cast<const type*>(what);
}

reference get(shoal::agent& by, object* held) noexcept {
  shoal::handle borrowed = shoal::handle::adopt(held);
  const reference found = borrowed.get(by.context());
  static_cast<void>(borrowed.release());
  return found;
}

object* keep(shoal::agent& by, const reference& what) noexcept {
  return static_cast<object*>(shoal::handle(by.context(), what).release());
}

bool reserve_text(agent& by, std::size_t size) noexcept {
  constexpr std::size_t usual = 4096;
  if (size <= by.room && (by.room <= usual || size > usual)) return true;
  const std::size_t room = size < usual ? usual : size;
  std::free(by.text);
  by.text = static_cast<char*>(std::malloc(room));
  by.room = by.text != nullptr ? room : 0;
  return by.text != nullptr;
}

// Text of other runtimes comes out as UTF-8; a lone surrogate as its three bytes.
std::size_t to_utf8(const shoal::string_view& from, char* to) noexcept {
  std::size_t size = 0;
  const auto put = [&](std::uint32_t byte) noexcept {
    if (to != nullptr) to[size] = static_cast<char>(byte);
    ++size;
  };
  for (std::uint64_t i = 0; i < from.length(); ++i) {
    std::uint32_t unit = from[i];
    if (unit >= 0xd800 && unit < 0xdc00 && i + 1 < from.length() && from[i + 1] >= 0xdc00 &&
        from[i + 1] < 0xe000) {
      unit = 0x10000 + ((unit - 0xd800) << 10) + (from[++i] - 0xdc00u);
    }
    if (unit < 0x80) {
      put(unit);
    } else if (unit < 0x800) {
      put(0xc0 | unit >> 6);
      put(0x80 | (unit & 0x3f));
    } else if (unit < 0x10000) {
      put(0xe0 | unit >> 12);
      put(0x80 | (unit >> 6 & 0x3f));
      put(0x80 | (unit & 0x3f));
    } else {
      put(0xf0 | unit >> 18);
      put(0x80 | (unit >> 12 & 0x3f));
      put(0x80 | (unit >> 6 & 0x3f));
      put(0x80 | (unit & 0x3f));
    }
  }
  return size;
}

bool copy_text(agent& by, const shoal::string_view& from, value& out) noexcept {
  const bool bytes = from.form() == shoal::string_form::bytes;
  const std::size_t size = bytes ? from.length() : to_utf8(from, nullptr);
  if (!reserve_text(by, size)) return false;
  if (!bytes) {
    to_utf8(from, by.text);
  } else if (size != 0) {
    std::memcpy(by.text, from.units(), size);
  }
  out.what = form::text;
  out.text.bytes = by.text;
  out.text.size = size;
  return true;
}

void name_object(shoal::agent& by, const reference& what, value& out) noexcept {
  out.what = form::object;
  out.ref.address = what.bits();
  out.type_index = what.type_index();
  switch (by.type_of_object(what)->what) {
    case shoal::shape::structure:
      out.kind = thing::structure;
      break;
    case shoal::shape::array:
      out.kind = thing::array;
      break;
    case shoal::shape::type_handle:
      out.kind = thing::type_handle;
      out.type_index = shoal::handled_type(what.address());
      out.rights = static_cast<std::uint32_t>(shoal::rights_of(what.address()));
      break;
    case shoal::shape::thread_local_function:
      out.kind = thing::thread_local_function;
      break;
    case shoal::shape::thread_bound:
      out.kind = thing::thread_bound;
      break;
    case shoal::shape::mutex:
      out.kind = thing::mutex;
      break;
    case shoal::shape::condition:
      out.kind = thing::condition;
      break;
    case shoal::shape::mailbox:
      out.kind = thing::mailbox;
      break;
    default:
      out.kind = thing::other;
  }
}

// False: no memory.
bool hand_out(agent& by, const reference& what, value& out) noexcept {
  name_object(*by.self, what, out);
  out.ref.held = keep(*by.self, what);
  return out.ref.held != nullptr;
}

bool hand_out(agent& by, const datum& from, value& out) noexcept {
  out = value();
  switch (from.what) {
    case datum::form::boolean:
      out.what = form::boolean;
      out.truth = from.truth;
      return true;
    case datum::form::integer:
      out.what = form::integer;
      out.integer = from.integer;
      return true;
    case datum::form::natural:
      out.what = form::integer;
      out.integer = static_cast<std::int64_t>(from.natural);
      return true;
    case datum::form::number:
      out.what = form::number;
      out.number = from.number;
      return true;
    case datum::form::vector:
      out.what = form::vector;
      std::memcpy(out.vector, &from.vector, sizeof out.vector);
      return true;
    case datum::form::reference: {
      const reference object(from.object, by.self->context().clock());
      if (object.type_index() == shoal::builtin::string) {
        return copy_text(by, shoal::string_at(from.object), out);
      }
      return hand_out(by, object, out);
    }
    default:
      return true;  // undefined, null, and words of other runtimes' encodings
  }
}

constexpr std::size_t intern_bytes = 40;

// A value as a datum for a place of that kind. Strings become shared ones, held by the scope.
errc take_in(shoal::agent& by, shoal::scope& in, const value& from, field_kind kind,
             datum& out) noexcept {
  switch (from.what) {
    case form::nil:
      out = datum::undefined();
      return errc::ok;
    case form::boolean:
      out = datum::of(from.truth);
      return errc::ok;
    case form::integer:
      out = kind == field_kind::u64 ? datum::of(static_cast<std::uint64_t>(from.integer))
                                    : datum::of(from.integer);
      return errc::ok;
    case form::number:
      out = datum::of(from.number);
      return errc::ok;
    case form::text: {
      if (kind == field_kind::v128 && from.text.size == sizeof(shoal::vec128)) {
        shoal::vec128 vector;
        std::memcpy(&vector, from.text.bytes, sizeof vector);
        out = datum::of(vector);
        return errc::ok;
      }
      if (!shoal::holds_references(kind)) return errc::wrong_kind;
      const std::string_view bytes(from.text.bytes, from.text.size);
      shoal::result<shoal::local> made =
          bytes.size() <= intern_bytes ? by.intern(in, bytes) : by.make_string(in, bytes);
      if (!made) return made.code();
      out = datum::of_object(made->get().address());
      return errc::ok;
    }
    case form::object:
      out = shoal::datum_of_object(get(by, from.ref.held).address());
      return errc::ok;
    case form::vector: {
      shoal::vec128 vector;
      std::memcpy(&vector, from.vector, sizeof vector);
      out = datum::of(vector);
      return errc::ok;
    }
    default:
      out = datum::of_local(reinterpret_cast<std::uintptr_t>(from.unshared));
      return errc::ok;
  }
}

// A few words for a value, as the one who wrote it sees it.
struct value_text {
  char text[96];

  value_text(shoal::agent& by, const value& of) noexcept {
    switch (of.what) {
      case form::nil:
        put("nil");
        break;
      case form::boolean:
        put("a boolean");
        break;
      case form::integer:
        std::snprintf(text, sizeof text, "%" PRId64, of.integer);
        break;
      case form::number:
        std::snprintf(text, sizeof text, "%.14g", of.number);
        break;
      case form::text:
        put("a string");
        break;
      case form::object: {
        const shoal::type what = by.type_of_object(get(by, of.ref.held));
        const std::string_view name = what.name();
        if (what->what == shoal::shape::array) {
          std::snprintf(text, sizeof text, "an %.*s", name.empty() ? 5 : cut(name),
                        name.empty() ? "array" : name.data());
        } else {
          std::snprintf(text, sizeof text, "a %.*s", cut(name), name.data());
        }
        break;
      }
      case form::unshared:
        put(of.unshared);
        break;
      default:
        put("a vector");
    }
  }
  static int cut(std::string_view name) noexcept {
    return static_cast<int>(name.size() < 64 ? name.size() : 64);
  }

 private:
  void put(const char* words) noexcept { std::snprintf(text, sizeof text, "%s", words); }
};

struct named {
  char text[128];
  named(std::string_view type_name, const field& one) noexcept {
    std::snprintf(text, sizeof text, "field '%.*s' of %.*s",
                  value_text::cut({one.name, one.name_size}), one.name, value_text::cut(type_name),
                  type_name.data());
  }
  named(std::string_view array_name, std::int64_t index) noexcept {
    std::snprintf(text, sizeof text, "[%" PRId64 "] of %.*s", index, value_text::cut(array_name),
                  array_name.data());
  }
};

// Why a value could not be stored, in words.
std::uint32_t refuse(agent& by, message& why, errc code, const char* where, field_kind kind,
                     std::uint32_t ref_type, const value& what) noexcept {
  shoal::agent& self = *by.self;
  const value_text words(self, what);
  switch (code) {
    case errc::unshared_value:
      return fail(why, code, "%s cannot hold %s: it is not shared", where, words.text);
    case errc::wrong_kind:
      return fail(why, code, "%s is %s and cannot hold %s", where, name_of(kind), words.text);
    case errc::out_of_range:
      return fail(why, code, "%s is %s, and %s is out of its range", where, name_of(kind),
                  words.text);
    case errc::constant_field:
      return fail(why, code, "%s is const: it is set at creation only", where);
    case errc::wrong_type: {
      const shoal::type wanted = ref_type != 0 ? self.type_at(ref_type) : shoal::type();
      const std::string_view name = wanted ? wanted.name() : std::string_view("?");
      return fail(why, code, "%s takes a %.*s, not %s", where, value_text::cut(name), name.data(),
                  words.text);
    }
    case errc::out_of_memory:
      return fail(why, code, "out of memory: the shared heap is full");
    case errc::sharing_forbidden:
      return fail(why, code, "sharing has been forbidden");
    case errc::forked:
      return fail(why, code, "a forked process cannot use shared objects");
    default:
      return fail(why, code, "%s: %s", where, name_of(code));
  }
}

// What creation and the like answer without a sentence.
std::uint32_t explain(message& why, const shoal::error& from) noexcept {
  switch (from.code()) {
    case errc::out_of_memory:
      return fail(why, from.code(), "out of memory: the shared heap is full");
    case errc::sharing_forbidden:
      return fail(why, from.code(), "sharing has been forbidden");
    case errc::forked:
      return fail(why, from.code(), "a forked process cannot use shared objects");
    default:
      return fail(why, from);
  }
}

// A place in use: where it is, and its names for sentences.
struct spot {
  shoal::element_place at;
  const place& asked;
  std::uint32_t holder = 0;  // the type of what holds it
  bool constant = false;

  // Null message code: found. To be looked up again after a safepoint is not needed: the object
  // does not move, and its handle holds it.
  spot(agent& by, const place& wanted, message& why) noexcept : asked(wanted) {
    shoal::agent& self = *by.self;
    const reference object = get(self, wanted.in);
    holder = object.type_index();
    if (wanted.where != nullptr) {
      at.address = static_cast<std::byte*>(object.address()) + wanted.where->offset;
      at.where = shoal::field{.offset = 0,
                              .kind = static_cast<field_kind>(wanted.where->kind),
                              .constant = false,
                              .owner = wanted.where->owner,
                              .ref_type = wanted.where->ref_type};
      constant = wanted.where->constant;
      return;
    }
    const errc found = self.element(object, wanted.index, at);
    if (found != errc::ok) {
      const std::string_view name = self.type_at(holder).name();
      fail(why, found, "index %" PRId64 " is outside of the %.*s: its length is %" PRIu64,
           wanted.shown, value_text::cut(name), name.data(), shoal::array_length(object.address()));
    }
  }
  // As sentences name it.
  [[nodiscard]] named name(agent& by) const noexcept {
    const std::string_view type_name = by.self->type_at(holder).name();
    return asked.where != nullptr ? named(type_name, *asked.where) : named(type_name, asked.shown);
  }
  [[nodiscard]] std::uint32_t refused(agent& by, message& why, errc code,
                                      const value& what) const noexcept {
    return refuse(by, why, code, name(by).text, at.where.kind, at.where.ref_type, what);
  }
};

// Calls f(order constant), for the orders a read-modify-write may have.
template <class F>
auto with_order(order o, F&& f) noexcept {
  switch (o) {
    case order::unordered:
      return f(shoal::unordered);
    case order::acquire:
      return f(shoal::acquire);
    case order::release:
      return f(shoal::release);
    case order::acq_rel:
      return f(shoal::acq_rel);
    default:
      return f(shoal::seq_cst);
  }
}

std::uint32_t no_memory(message& why) noexcept {
  return fail(why, errc::out_of_memory, "out of memory");
}

constexpr const char* owner_is_gone =
    "owner gone: the owner of the thread-bound handle has ended, or the handle was released";

// Hooks

void release_word(void* self, shoal::agent&, std::uint64_t word, shoal::released what) noexcept {
  agent& by = *static_cast<agent*>(self);
  if (what == shoal::released::refusal) return;
  by.hooks.release(by.hooks.host, word, what == shoal::released::prototype);
}

shoal::resolve_answer resolve(void* self, shoal::agent& at,
                              const shoal::resolve_request& asked) noexcept {
  agent& by = *static_cast<agent*>(self);
  std::uint64_t word = 0;
  answer given;
  {
    const blocked_region outside(at);
    given =
        by.hooks.resolve(by.hooks.host, type_of(asked.what.get()), asked.role.data(),
                         asked.role.size(), asked.behaviour.data(), asked.behaviour.size(), word);
  }
  switch (given) {
    case answer::bind:
      return shoal::resolve_answer::bind(word);
    case answer::refuse:
      return shoal::resolve_answer::refuse(0);
    case answer::pending:
      return shoal::resolve_answer::pending();
    default:
      return shoal::resolve_answer::failed();
  }
}

void post_task(void* self) noexcept {
  agent& by = *static_cast<agent*>(self);
  const std::lock_guard<std::mutex> hold(by.lock);
  ++by.ticket;
  by.signal.notify_all();
}

void describe_word(void*, shoal::agent&, std::uint64_t word, char* text,
                   std::size_t room) noexcept {
  std::snprintf(text, room, "%s", reinterpret_cast<const char*>(word));
}

agent* find(world& in, std::uint64_t identity) noexcept {
  const std::lock_guard<std::mutex> hold(in.lock);
  for (agent* each = in.agents; each != nullptr; each = each->next) {
    const std::lock_guard<std::mutex> look(each->lock);
    if (each->identity == identity) return each;
  }
  return nullptr;
}

void drop_call(world& in, call* one) noexcept {
  {
    const std::lock_guard<std::mutex> hold(in.lock);
    if (--one->holders != 0) return;
  }
  delete_packet(one->arguments);
  delete_packet(one->results);
  delete one;
}

// On the owner of the handle: what call_bound posts.
bool run_call(shoal::agent& owner, std::uint64_t target, shoal::dispatch_message& posted) noexcept {
  world& in = *reinterpret_cast<world*>(posted.words[1]);
  call* asked = nullptr;
  {
    const std::lock_guard<std::mutex> hold(in.lock);
    for (call_record* each = in.calls; each != nullptr; each = each->next) {
      if (each->number != posted.words[0]) continue;
      asked = static_cast<call*>(each);
      ++asked->holders;
      break;
    }
  }
  if (asked == nullptr) return false;  // whoever asked has given up
  agent* const by = find(in, owner.identity());
  bool ran = false;
  {
    const blocked_region outside(owner);
    ran = by != nullptr && by->hooks.run(by->hooks.host, target, asked);
    drop_call(in, asked);
  }
  return ran;
}

shoal::deadline deadline_of(double seconds) noexcept {
  if (!(seconds >= 0)) return shoal::deadline::never();
  return shoal::deadline::after(std::chrono::duration<double>(seconds));
}

// Both kinds of waits know of an interrupt: one that was heard of is over for both.
void forget_interrupt(agent& by) noexcept {
  const std::lock_guard<std::mutex> hold(by.lock);
  by.interrupted = false;
}

outcome outcome_of(agent& by, message& why, errc how, const char* doing) noexcept {
  switch (how) {
    case errc::ok:
      return outcome::done;
    case errc::not_equal:
      return outcome::not_equal;
    case errc::timed_out:
      return outcome::timed_out;
    case errc::closed:
      return outcome::closed;
    case errc::interrupted:
      forget_interrupt(by);
      fail(why, how, "interrupted while %s", doing);
      return outcome::failed;
    case errc::deadlock:
      fail(why, how,
           "deadlock: this agent holds the mutex already, by a token that has not been unlocked");
      return outcome::failed;
    default:
      explain(why, how);
      return outcome::failed;
  }
}

// A token for that mutex, on no list; null: no memory.
token* make_token(agent& by, const shoal::local& mutex) noexcept {
  object* const kept = mutex ? keep(*by.self, mutex.get()) : nullptr;
  token* const made = kept != nullptr ? new (std::nothrow) token(by, kept) : nullptr;
  if (made == nullptr && kept != nullptr) {
    shoal::handle::adopt(kept).drop_from(by.self->context());
  }
  return made;
}

// On its agent's list, where its end finds it.
void link(token& one) noexcept {
  one.next = one.by.tokens;
  one.place = &one.by.tokens;
  if (one.next != nullptr) one.next->place = &one.next;
  one.by.tokens = &one;
}
void unlink(token& one) noexcept {
  if (one.place == nullptr) return;
  *one.place = one.next;
  if (one.next != nullptr) one.next->place = one.place;
  one.next = nullptr;
  one.place = nullptr;
}

void delete_token(token* gone) noexcept {
  unlink(*gone);
  shoal::handle::adopt(gone->mutex).drop_from(gone->by.self->context());
  delete gone;
}

// What a store into an `any` field stores: what the word cannot hold is boxed.
errc word_of(agent& by, shoal::scope& in, const value& from, std::uint64_t& word) noexcept {
  datum taken;
  errc how = take_in(*by.self, in, from, field_kind::any, taken);
  if (how != errc::ok) return how;
  errc boxed = errc::ok;
  how = shoal::encode<shoal::nan_box>(
      taken, word, [&](std::uint64_t bits, std::uint32_t type) noexcept -> void* {
        auto made = by.self->make_builtin(in, type, shoal::boxed_integer_bytes);
        boxed = made.code();
        if (!made) return nullptr;
        shoal::write_boxed_integer(made->get().address(), bits);
        return made->get().address();
      });
  return boxed != errc::ok ? boxed : how;
}

outcome sent(agent& by, message& why, errc how, const value& what) noexcept {
  if (how == errc::unshared_value) {
    fail(why, how, "a mailbox cannot hold %s: it is not shared", value_text(*by.self, what).text);
    return outcome::failed;
  }
  return outcome_of(by, why, how, "sending to a mailbox");
}

// Calls wait(where it is, what it should be).
template <class Wait>
outcome wait_while(agent& by, const place& at, const value& expected, message& why,
                   Wait&& wait) noexcept {
  const spot where(by, at, why);
  if (why.code != ok) return outcome::failed;
  shoal::scope scope(*by.self);
  datum wanted;
  const errc taken = take_in(*by.self, scope, expected, where.at.where.kind, wanted);
  if (taken == errc::out_of_memory) {
    explain(why, taken);
    return outcome::failed;
  }
  // What cannot be stored here is never found here.
  if (taken != errc::ok) wanted = datum::of_local(0);
  if (where.at.where.kind == field_kind::f32) {  // as a store would round it
    if (wanted.what == datum::form::integer)
      wanted = datum::of(static_cast<double>(wanted.integer));
    if (wanted.what == datum::form::number) wanted.number = static_cast<float>(wanted.number);
  }
  errc how = wait(where.at, wanted);
  // Lua has one nil where Shoal has undefined and null.
  while (how == errc::not_equal && expected.what == form::nil) {
    const datum found = by.self->get(where.at, shoal::seq_cst);
    if (found.what != datum::form::undefined && found.what != datum::form::null) break;
    how = wait(where.at, found);
  }
  return outcome_of(by, why, how, "waiting for a change");
}

// Asynchronous waits

settlement settlement_of(const agent& by, errc how) noexcept {
  settlement over = {.how = outcome::failed, .name = name_of(how), .held = nullptr, .received = {}};
  if (by.is_leaving) how = errc::cancelled;
  switch (how) {
    case errc::ok:
      over.how = outcome::done;
      break;
    case errc::timed_out:
      over.how = outcome::timed_out;
      break;
    case errc::closed:
      over.how = outcome::closed;
      break;
    case errc::cancelled:
      over.how = outcome::cancelled;
      break;
    default:
      break;
  }
  return over;
}

void tell(pending* over, settlement& how) noexcept {
  const agent& by = over->by;
  void* const what = over->what;
  delete over;
  std::optional<blocked_region> outside;
  if (how.how != outcome::cancelled) outside.emplace(*by.self);
  by.hooks.settled(by.hooks.host, what, how);
}

void on_locked(void* self, shoal::agent&, errc how, shoal::unlock_token&& mutex) noexcept {
  auto* const over = static_cast<pending*>(self);
  settlement end = settlement_of(over->by, how);
  if (mutex && end.how != outcome::cancelled) {
    new (&over->locked->held) shoal::unlock_token(std::move(mutex));
    link(*over->locked);
    end.held = over->locked;
  } else {
    delete_token(over->locked);  // and what it would have held is unlocked
  }
  tell(over, end);
}

void on_settled(void* self, shoal::agent&, errc how) noexcept {
  auto* const over = static_cast<pending*>(self);
  settlement end = settlement_of(over->by, how);
  tell(over, end);
}

void on_received(void* self, shoal::agent&, errc how, shoal::received& got) noexcept {
  auto* const over = static_cast<pending*>(self);
  agent& by = over->by;
  settlement end = settlement_of(by, how);
  char* text = nullptr;
  if (end.how == outcome::done) {
    if (!hand_out(by, shoal::decode<shoal::nan_box>(got.get().word()), end.received)) {
      end = settlement_of(by, errc::out_of_memory);
    } else if (end.received.what == form::text) {
      text = std::exchange(by.text, nullptr);  // whatever the hook does
      by.room = 0;
    }
  }
  tell(over, end);
  std::free(text);
}

// Calls begin(a record for it); what has not begun has none.
template <class Begin>
errc begin_wait(agent& by, void* what, pending*& out, Begin&& begin) noexcept {
  auto* const made = new (std::nothrow) pending{.by = by, .what = what};
  if (made == nullptr) return errc::out_of_memory;
  const errc how = begin(*made);
  if (how == errc::ok) {
    out = made;
  } else {
    delete made;
  }
  return how;
}

std::uint32_t hand_out_made(agent& by, const shoal::result<shoal::local>& made, value& out,
                            message& why) noexcept {
  if (!made) return explain(why, made.error());
  return hand_out(by, made->get(), out) ? std::uint32_t{ok} : no_memory(why);
}

}  // namespace

std::uint32_t error_of(const char* name) noexcept {
  for (std::uint32_t i = 0; i <= static_cast<std::uint32_t>(shoal::last_errc); ++i) {
    if (std::strcmp(shoal::name_of(static_cast<errc>(i)), name) == 0) return i;
  }
  return ~std::uint32_t{0};
}

void version(int (&out)[3]) noexcept {
  out[0] = SHOAL_VERSION_MAJOR;
  out[1] = SHOAL_VERSION_MINOR;
  out[2] = SHOAL_VERSION_PATCH;
}

// Types

const char* kind_name(std::uint8_t kind) noexcept { return name_of(static_cast<field_kind>(kind)); }

int kind_named(const char* name, std::size_t size) noexcept {
  for (std::uint32_t i = 0; i < shoal::field_kind_count; ++i) {
    if (std::string_view(name, size) == name_of(static_cast<field_kind>(i))) {
      return static_cast<int>(i);
    }
  }
  return -1;
}

void facts_of(const type* what, type_facts& out) noexcept {
  const shoal::descriptor& from = *descriptor_of(what);
  out = {.what = what,
         .parent = type_of(from.parent),
         .index = from.index,
         .field_count = from.field_count,
         .name = from.name.data(),
         .name_size = from.name.size(),
         .element = static_cast<std::uint8_t>(from.element),
         .is_struct = from.what == shoal::shape::structure,
         .is_array = from.what == shoal::shape::array};
}

void field_of(const type* what, std::uint32_t number, field& out) noexcept {
  const shoal::field_entry& from = descriptor_of(what)->fields[number];
  out = {.name = from.key.name.data(),
         .name_size = from.key.name.size(),
         .offset = from.where.offset,
         .owner = from.where.owner,
         .ref_type = from.where.ref_type,
         .kind = static_cast<std::uint8_t>(from.where.kind),
         .constant = from.where.constant};
}

const type* type_at(agent* by, std::uint32_t index) noexcept {
  return type_of(by->self->type_at(index).get());
}

bool is_a(const type* sub, const type* super) noexcept {
  return shoal::is_a(*descriptor_of(sub), *descriptor_of(super));
}

std::uint32_t declare(agent* by, cohort* in, const type_key& key, const declaration& what,
                      const type*& out, message& why) noexcept {
  const std::unique_ptr<void, decltype(&std::free)> memory(
      std::malloc((what.field_count + 1) * sizeof(shoal::field_spec)), std::free);
  auto* const fields = static_cast<shoal::field_spec*>(memory.get());
  const std::unique_ptr<shoal::behaviour[]> behaviours(
      new (std::nothrow) shoal::behaviour[what.behaviour_count + 1]());
  if (fields == nullptr || !behaviours) return no_memory(why);
  for (std::size_t i = 0; i < what.field_count; ++i) {
    const field_declaration& from = what.fields[i];
    new (fields + i) shoal::field_spec{.key = std::string_view(from.name, from.name_size),
                                       .kind = static_cast<field_kind>(from.kind),
                                       .constant = from.constant,
                                       .ref_type = shoal::type(descriptor_of(from.ref_type)),
                                       .ref_self = from.self};
  }
  for (std::size_t i = 0; i < what.behaviour_count; ++i) {
    const behaviour& from = what.behaviours[i];
    behaviours[i] = {{from.role, from.role_size}, {from.name, from.name_size}};
  }
  const shoal::type_spec spec{
      .name = {what.name, what.name_size},
      .fields = std::span<const shoal::field_spec>(fields, what.field_count),
      .extends = shoal::type(descriptor_of(what.extends)),
      .behaviours = std::span<const shoal::behaviour>(behaviours.get(), what.behaviour_count)};
  const entered inside(*by->self);
  if (by->in->cluster.is_forked()) return explain(why, errc::forked);
  if (by->in->cluster.is_sharing_forbidden()) return explain(why, errc::sharing_forbidden);
  auto declared = [&]() noexcept -> shoal::result<shoal::type> {
    switch (key.what) {
      case type_key::source:
        return in->types.register_struct(
            shoal::registration_key::of_source({key.place, key.place_size}, key.line,
                                               {what.name, what.name_size}, key.hash),
            spec);
      case type_key::text:
        return in->types.register_struct(std::string_view(key.text_key, key.text_size), spec);
      case type_key::structural: {
        auto found = by->in->cluster.types().structural(spec);
        if (!found) return found.error();
        return shoal::type(*found);
      }
      default:
        return by->self->declare(spec);
    }
  }();
  if (declared.code() == errc::layout_mismatch) {
    return fail(why, declared.code(), "%.*s is declared with another layout elsewhere: %s",
                value_text::cut({what.name, what.name_size}), what.name,
                declared.error().message());
  }
  if (!declared) return explain(why, declared.error());
  out = type_of(declared->get());
  return ok;
}

std::uint32_t make_type_handle(agent* by, const type* what, std::uint32_t rights, value& out,
                               message& why) noexcept {
  const entered inside(*by->self);
  shoal::scope scope(*by->self);
  auto made = by->self->make_type_handle(scope, shoal::type(descriptor_of(what)),
                                         static_cast<shoal::type_rights>(rights & 3));
  if (!made) return explain(why, made.error());
  return hand_out(*by, made->get(), out) ? std::uint32_t{ok} : no_memory(why);
}

cohort* world_cohort(world* of) noexcept { return &of->keyed; }

cohort* new_cohort(world* of) noexcept {
  auto* made = new (std::nothrow) cohort(of->cluster.types());
  if (made == nullptr) return nullptr;
  const std::lock_guard<std::mutex> hold(of->lock);
  made->next = of->cohorts;
  of->cohorts = made;
  return made;
}

std::uint64_t hash_of(const char* bytes, std::size_t size, std::uint64_t seed) noexcept {
  return shoal::hash_bytes(std::string_view(bytes, size), seed);
}

// Worlds and agents

world* open_world(message& why) noexcept {
  auto* made = new (std::nothrow) world();
  if (made == nullptr || made->cluster.status() != errc::ok) {
    delete made;
    no_memory(why);
    return nullptr;
  }
  // With full checks, every n-th allocation stops the world and traces it.
  if (const char* every = std::getenv("SHOAL_TRACE_EVERY")) {
    const char* seed = std::getenv("SHOAL_TRACE_SEED");
    made->cluster.debug_trace_every(std::strtoull(every, nullptr, 10),
                                    seed != nullptr ? std::strtoull(seed, nullptr, 10) : 0);
  }
  return made;
}

world* retain(world* one) noexcept {
  one->users.fetch_add(1);
  return one;
}

void release(world* one) noexcept {
  if (one->users.fetch_sub(1) == 1) delete one;
}

agent* attach(world* to, const char* role, std::size_t role_size, const agent_hooks& hooks,
              message& why) noexcept {
  agent* place = nullptr;
  {
    const std::lock_guard<std::mutex> hold(to->lock);
    for (place = to->agents; place != nullptr && place->taken;) place = place->next;
    if (place == nullptr) {
      place = new (std::nothrow) agent();
      if (place == nullptr) {
        no_memory(why);
        return nullptr;
      }
      place->in = to;
      place->next = to->agents;
      to->agents = place;
    }
    place->taken = true;
  }
  place->hooks = hooks;
  shoal::agent_options options;
  options.role = {role, role_size};
  options.parked = true;
  options.hooks.self = place;
  options.hooks.release = release_word;
  options.hooks.resolve_prototype = resolve;
  options.hooks.post_task = post_task;
  options.hooks.describe = describe_word;
  auto joined = to->cluster.attach(options);
  if (!joined) {
    fail(why, joined.error());
    const std::lock_guard<std::mutex> hold(to->lock);
    place->taken = false;
    return nullptr;
  }
  place->joined.emplace(std::move(joined).value());
  place->self = place->joined->get();
  retain(to);
  const std::lock_guard<std::mutex> hold(place->lock);
  place->interrupted = false;
  place->is_leaving = false;
  place->identity = place->self->identity();
  return place;
}

void detach(agent* leaving) noexcept {
  world* const in = leaving->in;
  {
    // After that nobody interrupts it.
    const std::lock_guard<std::mutex> hold(leaving->lock);
    leaving->identity = 0;
  }
  if (leaving->tokens != nullptr) {
    const entered inside(*leaving->self);
    while (leaving->tokens != nullptr) delete_token(leaving->tokens);
  }
  leaving->is_leaving = true;
  leaving->joined.reset();
  leaving->self = nullptr;
  std::free(std::exchange(leaving->text, nullptr));
  leaving->room = 0;
  {
    const std::lock_guard<std::mutex> hold(in->lock);
    leaving->taken = false;
  }
  release(in);
}

world* world_of(agent* one) noexcept { return one->in; }
std::uint64_t identity_of(agent* one) noexcept { return one->self->identity(); }

void account(agent* by, accounts& out) noexcept {
  const entered inside(*by->self);
  const shoal::agent_account mine = by->self->account();
  const shoal::cluster_account all = by->self->account_cluster();
  out = {.agents = all.agents,
         .types = all.types,
         .interned_strings = all.interned_strings,
         .orphan_handles = all.orphan_handles,
         .dispatches = all.dispatches,
         .heap_bytes_used = all.heap_bytes_used,
         .heap_bytes_reserved = all.heap_bytes_reserved,
         .handles = all.sum.handles,
         .prototypes = all.sum.prototypes,
         .thread_bound = all.sum.thread_bound,
         .mine = {mine.identity, mine.prototypes, mine.agent_locals, mine.scope_slots, mine.handles,
                  mine.thread_bound, mine.bytes_allocated}};
}

// Objects

void object_drop(agent* by, object* dropped) noexcept {
  const entered inside(*by->self);
  shoal::handle::adopt(dropped).drop_from(by->self->context());
}

void object_drop_anywhere(object* dropped) noexcept {
  shoal::handle gone = shoal::handle::adopt(dropped);
  gone.reset();
}

object* object_copy(agent* by, object* held) noexcept {
  const entered inside(*by->self);
  return keep(*by->self, get(*by->self, held));
}

void describe(agent* by, object* held, value& out) noexcept {
  const entered inside(*by->self);
  name_object(*by->self, get(*by->self, held), out);
  out.ref.held = held;
}

std::uint32_t create(agent* by, const type* what, const initial* values, std::size_t count,
                     value& out, message& why) noexcept {
  const shoal::type made_of(descriptor_of(what));
  shoal::field_value few[16];
  std::unique_ptr<shoal::field_value[]> many;
  shoal::field_value* given = few;
  if (count > 16) {
    many.reset(new (std::nothrow) shoal::field_value[count]());
    if (!many) return no_memory(why);
    given = many.get();
  }
  const entered inside(*by->self);
  shoal::scope scope(*by->self);
  const auto refused = [&](std::size_t i, errc code) noexcept {
    field one;
    field_of(what, values[i].number, one);
    return refuse(*by, why, code, named(made_of.name(), one).text,
                  static_cast<field_kind>(one.kind), one.ref_type, values[i].what);
  };
  for (std::size_t i = 0; i < count; ++i) {
    given[i].where = made_of.fields()[values[i].number].where;
    const errc taken =
        take_in(*by->self, scope, values[i].what, given[i].where.kind, given[i].what);
    if (taken != errc::ok) return refused(i, taken);
  }
  auto made = by->self->create(scope, made_of);
  if (!made) return explain(why, made.error());
  // One after the other, so that the one that does not fit is known.
  for (std::size_t i = 0; i < count; ++i) {
    shoal::element_place at;
    at.address = static_cast<std::byte*>(made->get().address()) + given[i].where.offset;
    at.where = given[i].where;
    const errc stored = by->self->set(at, given[i].what);
    if (stored != errc::ok) return refused(i, stored);
  }
  return hand_out(*by, made->get(), out) ? std::uint32_t{ok} : no_memory(why);
}

std::uint32_t create_array(agent* by, std::uint8_t kind, std::uint64_t length, value& out,
                           message& why) noexcept {
  const entered inside(*by->self);
  shoal::scope scope(*by->self);
  auto made = by->self->create_array(scope, static_cast<field_kind>(kind), length);
  if (!made) return explain(why, made.error());
  return hand_out(*by, made->get(), out) ? std::uint32_t{ok} : no_memory(why);
}

std::uint64_t length_of(agent* by, object* array) noexcept {
  const entered inside(*by->self);
  return shoal::array_length(get(*by->self, array).address());
}

std::uint32_t load(agent* by, const place& at, order o, value& out, message& why) noexcept {
  const entered inside(*by->self);
  const spot from(*by, at, why);
  if (why.code != ok) return why.code;
  datum found;
  switch (o) {
    case order::unordered:
      found = by->self->get(from.at, shoal::unordered);
      break;
    case order::acquire:
      found = by->self->get(from.at, shoal::acquire);
      break;
    default:
      found = by->self->get(from.at, shoal::seq_cst);
  }
  return hand_out(*by, found, out) ? std::uint32_t{ok} : no_memory(why);
}

std::uint32_t load_element(agent* by, const place& at, value& out, message& why) noexcept {
  const entered inside(*by->self);
  shoal::element_place found;
  if (by->self->element(get(*by->self, at.in), at.index, found) != errc::ok) return ok;
  return hand_out(*by, by->self->get(found, shoal::unordered), out) ? std::uint32_t{ok}
                                                                    : no_memory(why);
}

std::uint32_t store(agent* by, const place& at, order o, const value& what, message& why) noexcept {
  const entered inside(*by->self);
  const spot to(*by, at, why);
  if (why.code != ok) return why.code;
  if (to.constant) return to.refused(*by, why, errc::constant_field, what);
  shoal::scope scope(*by->self);
  datum taken;
  errc done = take_in(*by->self, scope, what, to.at.where.kind, taken);
  if (done == errc::ok) {
    switch (o) {
      case order::unordered:
        done = by->self->set(to.at, taken, shoal::unordered);
        break;
      case order::release:
        done = by->self->set(to.at, taken, shoal::release);
        break;
      default:
        done = by->self->set(to.at, taken, shoal::seq_cst);
    }
  }
  return done == errc::ok ? std::uint32_t{ok} : to.refused(*by, why, done, what);
}

std::uint32_t exchange(agent* by, const place& at, order o, const value& what, value& old,
                       message& why) noexcept {
  const entered inside(*by->self);
  const spot to(*by, at, why);
  if (why.code != ok) return why.code;
  if (to.constant) return to.refused(*by, why, errc::constant_field, what);
  shoal::scope scope(*by->self);
  datum taken;
  datum before;
  errc done = take_in(*by->self, scope, what, to.at.where.kind, taken);
  if (done == errc::ok) {
    done = with_order(o, [&](auto constant) noexcept {
      return by->self->exchange(to.at, taken, before, constant);
    });
  }
  if (done != errc::ok) return to.refused(*by, why, done, what);
  return hand_out(*by, before, old) ? std::uint32_t{ok} : no_memory(why);
}

std::uint32_t compare_exchange(agent* by, const place& at, order o, const value& expected,
                               const value& desired, value& seen, bool& done,
                               message& why) noexcept {
  done = false;
  const entered inside(*by->self);
  const spot to(*by, at, why);
  if (why.code != ok) return why.code;
  if (to.constant) return to.refused(*by, why, errc::constant_field, desired);
  shoal::scope scope(*by->self);
  datum wanted;
  datum taken;
  datum found;
  errc code = take_in(*by->self, scope, desired, to.at.where.kind, taken);
  if (code != errc::ok) return to.refused(*by, why, code, desired);
  // What cannot be stored here is never found here: a miss, below.
  code = take_in(*by->self, scope, expected, to.at.where.kind, wanted);
  if (code == errc::out_of_memory) return to.refused(*by, why, code, expected);
  if (code != errc::ok) wanted = datum::of_local(0);
  const auto attempt = [&]() noexcept {
    // The orders that its failing half, a load, may have too; the others get the strongest.
    switch (o) {
      case order::unordered:
        return by->self->compare_exchange(to.at, wanted, taken, found, shoal::unordered);
      case order::acquire:
        return by->self->compare_exchange(to.at, wanted, taken, found, shoal::acquire);
      default:
        return by->self->compare_exchange(to.at, wanted, taken, found, shoal::seq_cst);
    }
  };
  code = attempt();
  // Lua has one nil where Shoal has undefined and, from other runtimes, null.
  if (code == errc::not_equal && expected.what == form::nil && found.what == datum::form::null &&
      wanted.what == datum::form::undefined) {
    wanted = datum::null();
    code = attempt();
  }
  if (code != errc::ok && code != errc::not_equal) return to.refused(*by, why, code, desired);
  done = code == errc::ok;
  return hand_out(*by, found, seen) ? std::uint32_t{ok} : no_memory(why);
}

std::uint32_t add(agent* by, const place& at, order o, const value& amount, value& old,
                  message& why) noexcept {
  const entered inside(*by->self);
  const spot to(*by, at, why);
  if (why.code != ok) return why.code;
  if (to.constant) return to.refused(*by, why, errc::constant_field, amount);
  shoal::scope scope(*by->self);
  datum by_how_much;
  datum before;
  // Any integer kind: a negative amount subtracts.
  errc done = take_in(*by->self, scope, amount, field_kind::i64, by_how_much);
  if (done == errc::ok) {
    done = with_order(o, [&](auto constant) noexcept {
      return by->self->fetch_add(to.at, by_how_much, before, constant);
    });
  }
  if (done == errc::wrong_kind && (amount.what == form::integer || amount.what == form::number)) {
    const named where = to.name(*by);
    const field_kind kind = to.at.where.kind;
    if (!shoal::is_integer(kind) && kind != field_kind::f32 && kind != field_kind::f64) {
      return fail(why, done, "%s is %s: only integer and float fields can be added to", where.text,
                  name_of(kind));
    }
  }
  if (done != errc::ok) return to.refused(*by, why, done, amount);
  return hand_out(*by, before, old) ? std::uint32_t{ok} : no_memory(why);
}

// Behaviour

std::uint32_t prototype_of(agent* by, std::uint32_t type_index, std::uint64_t& word,
                           message& why) noexcept {
  const entered inside(*by->self);
  const shoal::prototype found =
      by->self->realm().prototype_of_type(by->self->locals(), type_index);
  word = found.has_word() ? found.word() : 0;
  const errc code = found.code();
  if (code == errc::ok) return ok;
  if (code == errc::out_of_memory) return no_memory(why);
  const std::string_view name = by->self->type_at(type_index).name();
  return fail(why, code, "the behaviour of %.*s is %s on this agent", value_text::cut(name),
              name.data(), code == errc::resolving ? "still being loaded" : name_of(code));
}

std::uint64_t peek_prototype(agent* by, std::uint32_t type_index) noexcept {
  const entered inside(*by->self);
  const shoal::prototype found = by->self->realm().peek(type_index);
  return found.has_word() ? found.word() : 0;
}

std::uint32_t bind(agent* by, const type* what, std::uint64_t word) noexcept {
  const entered inside(*by->self);
  return plain(by->self->realm().bind(shoal::type(descriptor_of(what)), word));
}

// Thread-local functions

std::uint32_t make_thread_local(agent* by, value& out, message& why) noexcept {
  const entered inside(*by->self);
  shoal::scope scope(*by->self);
  auto made = by->self->make_thread_local_function(scope);
  if (!made) return explain(why, made.error());
  return hand_out(*by, made->get(), out) ? std::uint32_t{ok} : no_memory(why);
}

std::uint32_t initialize(agent* by, object* function, std::uint64_t word) noexcept {
  const entered inside(*by->self);
  return plain(by->self->initialize(get(*by->self, function), word));
}

std::uint64_t binding_of(agent* by, object* function) noexcept {
  const entered inside(*by->self);
  return by->self->binding(get(*by->self, function));
}

// Thread-bound handles

std::uint32_t make_bound(agent* by, std::uint64_t word, std::uint8_t policy, value& out,
                         message& why) noexcept {
  const entered inside(*by->self);
  shoal::scope scope(*by->self);
  auto made = by->self->make_thread_bound(scope, word, static_cast<shoal::bound_policy>(policy));
  if (!made) return explain(why, made.error());
  if (hand_out(*by, made->get(), out)) return ok;
  // Nobody has seen it: the release hook takes the word, as whoever fails must not.
  static_cast<void>(by->self->release_bound(made->get()));
  return no_memory(why);
}

std::uint32_t bound_target(agent* by, object* bound, std::uint64_t& target) noexcept {
  const entered inside(*by->self);
  return plain(by->self->bound_target(get(*by->self, bound), target));
}

std::uint32_t release_bound(agent* by, object* bound, message& why) noexcept {
  const entered inside(*by->self);
  const errc done = by->self->release_bound(get(*by->self, bound));
  if (done == errc::ok) return ok;
  return fail(why, done, "%s", done == errc::owner_gone ? owner_is_gone : name_of(done));
}

std::uint64_t owner_of(agent* by, object* bound) noexcept {
  const entered inside(*by->self);
  return shoal::bound_owner(get(*by->self, bound).address());
}

// Mutexes, conditions, mailboxes, places

std::uint32_t make_mutex(agent* by, value& out, message& why) noexcept {
  const entered inside(*by->self);
  shoal::scope scope(*by->self);
  return hand_out_made(*by, shoal::mutex::make(*by->self, scope), out, why);
}

std::uint32_t make_condition(agent* by, value& out, message& why) noexcept {
  const entered inside(*by->self);
  shoal::scope scope(*by->self);
  return hand_out_made(*by, shoal::condition::make(*by->self, scope), out, why);
}

std::uint32_t make_mailbox(agent* by, std::uint32_t capacity, value& out, message& why) noexcept {
  const entered inside(*by->self);
  shoal::scope scope(*by->self);
  return hand_out_made(*by, shoal::mailbox::make(*by->self, scope, capacity), out, why);
}

outcome lock(agent* by, object* mutex, double seconds, token*& out, message& why) noexcept {
  const entered inside(*by->self);
  shoal::scope scope(*by->self);
  const shoal::local what = scope.hold(get(*by->self, mutex));
  token* const made = make_token(*by, what);
  if (made == nullptr) {
    no_memory(why);
    return outcome::failed;
  }
  link(*made);
  const errc how = shoal::mutex::lock(*by->self, what, made->held, deadline_of(seconds));
  if (how == errc::ok) {
    out = made;
  } else {
    delete_token(made);
  }
  return outcome_of(*by, why, how, "waiting for a mutex");
}

bool was_abandoned(const token* of) noexcept { return of->held.was_abandoned(); }

void unlock(token* gone, bool fair) noexcept {
  const entered inside(*gone->by.self);
  if (fair) {
    gone->held.unlock_fair();
  } else {
    gone->held.unlock();
  }
  delete_token(gone);
}

outcome wait_condition(token* held, object* condition, double seconds, message& why) noexcept {
  agent& by = held->by;
  const entered inside(*by.self);
  shoal::scope scope(*by.self);
  const shoal::local what = scope.hold(get(*by.self, condition));
  const errc how = what ? shoal::condition::wait(*by.self, what, held->held, deadline_of(seconds))
                        : errc::out_of_memory;
  return outcome_of(by, why, how, "waiting at a condition");
}

std::uint32_t notify_condition(agent* by, object* condition, std::size_t n, std::size_t& count,
                               message& why) noexcept {
  const entered inside(*by->self);
  shoal::scope scope(*by->self);
  const shoal::local what = scope.hold(get(*by->self, condition));
  if (!what) return no_memory(why);
  const auto woken = shoal::condition::notify(*by->self, what, n);
  if (!woken) return explain(why, woken.error());
  count = *woken;
  return ok;
}

outcome send(agent* by, object* mailbox, const value& what, double seconds, message& why) noexcept {
  const entered inside(*by->self);
  shoal::scope scope(*by->self);
  const shoal::local to = scope.hold(get(*by->self, mailbox));
  std::uint64_t word = 0;
  errc how = to ? word_of(*by, scope, what, word) : errc::out_of_memory;
  if (how == errc::ok) {
    how = shoal::mailbox::send(*by->self, to, shoal::value::of_word(word), deadline_of(seconds));
  }
  return sent(*by, why, how, what);
}

outcome receive(agent* by, object* mailbox, double seconds, value& out, message& why) noexcept {
  const entered inside(*by->self);
  shoal::scope scope(*by->self);
  const shoal::local from = scope.hold(get(*by->self, mailbox));
  shoal::received into(scope);
  if (!from || !into) {
    no_memory(why);
    return outcome::failed;
  }
  const errc how = shoal::mailbox::receive(*by->self, from, into, deadline_of(seconds));
  if (how == errc::ok && !hand_out(*by, shoal::decode<shoal::nan_box>(into.get().word()), out)) {
    no_memory(why);
    return outcome::failed;
  }
  return outcome_of(*by, why, how, "receiving from a mailbox");
}

void close_mailbox(agent* by, object* mailbox) noexcept {
  const entered inside(*by->self);
  shoal::scope scope(*by->self);
  static_cast<void>(shoal::mailbox::close(*by->self, scope.hold(get(*by->self, mailbox))));
}

void facts_of_mailbox(agent* by, object* mailbox, mailbox_facts& out) noexcept {
  const entered inside(*by->self);
  const reference box = get(*by->self, mailbox);
  out = {.size = shoal::mailbox::size(box),
         .capacity = shoal::mailbox::capacity(box),
         .closed = shoal::mailbox::is_closed(box)};
}

outcome wait_place(agent* by, const place& at, const value& expected, double seconds,
                   message& why) noexcept {
  const entered inside(*by->self);
  const shoal::deadline until = deadline_of(seconds);
  return wait_while(*by, at, expected, why,
                    [&](const shoal::element_place& where, const datum& wanted) noexcept {
                      return shoal::wait_queue::wait(*by->self, where, wanted, until);
                    });
}

std::uint32_t notify_place(agent* by, const place& at, std::size_t n, std::size_t& count,
                           message& why) noexcept {
  const entered inside(*by->self);
  const spot where(*by, at, why);
  if (why.code != ok) return why.code;
  count = shoal::wait_queue::notify(*by->self, where.at, n);
  return ok;
}

// Asynchronous waits

outcome lock_async(agent* by, object* mutex, double seconds, void* what, pending*& out,
                   message& why) noexcept {
  const entered inside(*by->self);
  shoal::scope scope(*by->self);
  const shoal::local wanted = scope.hold(get(*by->self, mutex));
  const errc how = begin_wait(*by, what, out, [&](pending& made) noexcept {
    made.locked = make_token(*by, wanted);
    if (made.locked == nullptr) return errc::out_of_memory;
    const errc begun =
        shoal::mutex::lock_async(*by->self, wanted, on_locked, &made, deadline_of(seconds));
    if (begun != errc::ok) delete_token(made.locked);
    return begun;
  });
  return outcome_of(*by, why, how, "waiting for a mutex");
}

outcome wait_condition_async(token* held, object* condition, double seconds, void* what,
                             pending*& out, message& why) noexcept {
  agent& by = held->by;
  const entered inside(*by.self);
  shoal::scope scope(*by.self);
  const shoal::local at = scope.hold(get(*by.self, condition));
  const errc how = begin_wait(by, what, out, [&](pending& made) noexcept {
    if (!at) return errc::out_of_memory;
    made.locked = held;
    return shoal::condition::wait_async(*by.self, at, held->held, on_locked, &made,
                                        deadline_of(seconds));
  });
  if (how == errc::ok) unlink(*held);  // it waits for what it will hold again
  return outcome_of(by, why, how, "waiting at a condition");
}

outcome send_async(agent* by, object* mailbox, const value& what, double seconds, void* told,
                   pending*& out, message& why) noexcept {
  const entered inside(*by->self);
  shoal::scope scope(*by->self);
  const shoal::local to = scope.hold(get(*by->self, mailbox));
  std::uint64_t word = 0;
  errc how = to ? word_of(*by, scope, what, word) : errc::out_of_memory;
  if (how == errc::ok) {
    how = begin_wait(*by, told, out, [&](pending& made) noexcept {
      return shoal::mailbox::send_async(*by->self, to, shoal::value::of_word(word), on_settled,
                                        &made, deadline_of(seconds));
    });
  }
  return sent(*by, why, how, what);
}

outcome receive_async(agent* by, object* mailbox, double seconds, void* what, pending*& out,
                      message& why) noexcept {
  const entered inside(*by->self);
  shoal::scope scope(*by->self);
  const shoal::local from = scope.hold(get(*by->self, mailbox));
  const errc how = begin_wait(*by, what, out, [&](pending& made) noexcept {
    if (!from) return errc::out_of_memory;
    return shoal::mailbox::receive_async(*by->self, from, on_received, &made, deadline_of(seconds));
  });
  return outcome_of(*by, why, how, "receiving from a mailbox");
}

outcome wait_place_async(agent* by, const place& at, const value& expected, double seconds,
                         void* what, pending*& out, message& why) noexcept {
  const entered inside(*by->self);
  shoal::scope scope(*by->self);
  const shoal::local in = scope.hold(get(*by->self, at.in));
  if (!in) {
    no_memory(why);
    return outcome::failed;
  }
  const shoal::deadline until = deadline_of(seconds);
  return wait_while(*by, at, expected, why,
                    [&](const shoal::element_place& where, const datum& wanted) noexcept {
                      return begin_wait(*by, what, out, [&](pending& made) noexcept {
                        return shoal::wait_queue::wait_async(*by->self, in, where, wanted,
                                                             on_settled, &made, until);
                      });
                    });
}

bool cancel(pending* over) noexcept {
  const agent& by = over->by;
  const entered inside(*by.self);
  return shoal::cancel_waits(*by.self, over) != 0;
}

double seconds_to_deadline(agent* by) noexcept {
  const shoal::deadline next = by->self->next_deadline();
  if (next.is_never()) return -1;
  const std::int64_t left = next.nanoseconds() - shoal::deadline::now();
  return left > 0 ? static_cast<double>(left) * 1e-9 : 0;
}

// Packets

packet* new_packet(std::size_t room) noexcept {
  auto* made = new (std::nothrow) packet();
  if (made == nullptr || room == 0) return made;
  made->entries = new (std::nothrow) packet::entry[room]();
  made->room = room;
  if (made->entries == nullptr) {
    delete made;
    return nullptr;
  }
  return made;
}

void delete_packet(packet* gone) noexcept {
  if (gone == nullptr) return;
  for (std::size_t i = 0; i < gone->size; ++i) {
    value& each = gone->entries[i].what;
    if (each.what == form::text) {
      std::free(const_cast<char*>(each.text.bytes));
    } else if (each.what == form::object && each.ref.held != nullptr) {
      object_drop_anywhere(each.ref.held);
    }
  }
  delete[] gone->entries;
  delete gone;
}

std::size_t packet_size(const packet* of) noexcept { return of->size; }

bool packet_push(agent* by, packet* to, const value& what) noexcept {
  if (to->size == to->room) return false;
  packet::entry& place = to->entries[to->size];
  place.what = what;
  if (what.what == form::text) {
    auto* copy = static_cast<char*>(std::malloc(what.text.size + 1));
    if (copy == nullptr) return false;
    if (what.text.size != 0) std::memcpy(copy, what.text.bytes, what.text.size);
    copy[what.text.size] = '\0';
    place.what.text.bytes = copy;
  } else if (what.what == form::object) {
    place.what.ref.held = object_copy(by, what.ref.held);
    if (place.what.ref.held == nullptr) return false;
  }
  ++to->size;
  return true;
}

bool packet_push_cohort(packet* to, cohort* what) noexcept {
  if (to->size == to->room) return false;
  to->entries[to->size++].cohort = what;
  return true;
}

cohort* packet_get(agent* by, const packet* from, std::size_t index, value& out) noexcept {
  const packet::entry& place = from->entries[index];
  out = place.what;
  if (out.what == form::object) describe(by, place.what.ref.held, out);
  return place.cohort;
}

// Dispatch

std::uint32_t call_bound(agent* by, object* bound, packet* arguments, double seconds,
                         packet*& results, message& why) noexcept {
  results = nullptr;
  world& in = *by->in;
  call* const asked = new (std::nothrow) call();
  if (asked == nullptr) {
    delete_packet(arguments);
    return no_memory(why);
  }
  asked->arguments = arguments;
  {
    const std::lock_guard<std::mutex> hold(in.lock);
    asked->number = in.next_call++;
    asked->next = in.calls;
    in.calls = asked;
  }
  errc how;
  {
    const entered inside(*by->self);
    shoal::dispatch_message posting;
    posting.words[0] = asked->number;
    posting.words[1] = reinterpret_cast<std::uintptr_t>(&in);
    auto posted = by->self->post(get(*by->self, bound), run_call, std::move(posting));
    if (!posted) {
      how = posted.code();
      if (how != errc::owner_gone) explain(why, posted.error());
    } else {
      how = by->self->wait_for(*posted, deadline_of(seconds));
    }
  }
  {
    const std::lock_guard<std::mutex> hold(in.lock);
    for (call_record** each = &in.calls; *each != nullptr; each = &(*each)->next) {
      if (*each != asked) continue;
      *each = asked->next;
      break;
    }
  }
  if (how == errc::ok || how == errc::dispatch_failed) {
    results = std::exchange(asked->results, nullptr);
  } else if (how == errc::interrupted) {
    forget_interrupt(*by);
  }
  drop_call(in, asked);
  if (why.code != ok || how == errc::ok) return plain(how);
  switch (how) {
    case errc::owner_gone:
      return fail(why, how, "%s", owner_is_gone);
    case errc::timed_out:
      return fail(why, how, "the owner of the thread-bound handle did not answer in time");
    case errc::interrupted:
      return fail(why, how, "interrupted while waiting for the owner of a thread-bound handle");
    default:
      return fail(why, how, "the call to the owner ended as %s", name_of(how));
  }
}

const packet* call_arguments(const call* of) noexcept { return of->arguments; }

void call_answer(call* to, packet* results) noexcept { to->results = results; }

std::size_t serve(agent* by) noexcept {
  const entered inside(*by->self);
  return by->self->serve();
}

std::uint32_t wait_ticket(agent* by) noexcept {
  const std::lock_guard<std::mutex> hold(by->lock);
  return by->ticket;
}

woken wait(agent* by, std::uint32_t ticket, double seconds) noexcept {
  std::unique_lock<std::mutex> hold(by->lock);
  const auto due = [&] { return by->ticket != ticket || by->interrupted; };
  bool in_time = true;
  if (seconds < 0 || !(seconds < 1e9)) {
    by->signal.wait(hold, due);
  } else {
    in_time = by->signal.wait_for(hold, std::chrono::duration<double>(seconds), due);
  }
  if (by->interrupted) {
    by->interrupted = false;
    static_cast<void>(by->self->clear_interrupt());
    return woken::interrupted;
  }
  return in_time ? woken::called : woken::timed_out;
}

void wake(world* in, std::uint64_t identity) noexcept {
  if (agent* const found = find(*in, identity)) post_task(found);
}

bool interrupt(world* in, std::uint64_t identity) noexcept {
  agent* const found = find(*in, identity);
  if (found == nullptr) return false;
  const std::lock_guard<std::mutex> hold(found->lock);
  if (found->identity != identity) return false;
  found->interrupted = true;
  found->self->interrupt();
  ++found->ticket;
  found->signal.notify_all();
  return true;
}

double clock_seconds() noexcept { return static_cast<double>(shoal::deadline::now()) * 1e-9; }

}  // namespace bridge
