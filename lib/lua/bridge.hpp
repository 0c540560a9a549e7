// SPDX-License-Identifier: BSL-1.0
#pragma once

// bridge: Shoal as plain functions over opaque pointers, plain structs and error codes.
//
// All C++ objects with destructors (scopes, results, entered) live behind it, so that a Lua error,
// which is a longjmp, never skips one. No Lua is in it: whatever interpreter wants errors that jump
// could stand on it, and the C interface can take its place.
//
// Every call takes the agent up and lays it down (the agent is parked in between); whatever comes
// out is a plain value, or an object held by a persistent handle until object_drop.
//
// A call that can fail answers its code and fills in the message, a sentence for the user.
//
// Thread safety: calls on an agent are thread-bound to it; worlds may be used by any thread; a
// packet by one at a time.

#include <cstddef>
#include <cstdint>

namespace bridge {

struct world;    // a cluster, counted by its agents and by what may outlive them
struct agent;    // one attached agent
struct object;   // a persistent handle
struct cohort;   // a registry of keyed types; the world's, or made by new_cohort
struct type;     // a type identity; lives as long as the world
struct token;    // the proof that an agent holds a mutex
struct pending;  // an asynchronous wait that is not over

enum code : std::uint32_t { ok = 0 };  // other codes: error_of("wrong_kind") and so on
struct message {
  std::uint32_t code = ok;
  char text[320];  // written where there is an error: every access makes one of these
  message() noexcept { text[0] = '\0'; }
};
// The code of that name (see shoal::errc), for comparisons.
std::uint32_t error_of(const char* name) noexcept;

enum class form : std::uint8_t {
  nil,
  boolean,
  integer,  // of u64 fields too: the 64 bits, as Lua has them
  number,
  text,  // bytes; out of the bridge: valid until the next call on that agent
  object,
  vector,
  unshared,  // in only: what cannot be shared, in words ("a function")
};

// What an object is.
enum class thing : std::uint8_t {
  structure,
  array,
  type_handle,
  thread_local_function,
  thread_bound,
  mutex,
  condition,
  mailbox,
  other
};

struct value {
  form what = form::nil;
  thing kind = thing::other;     // of an object
  std::uint32_t type_index = 0;  // of an object; of a type handle: the type it names
  std::uint32_t rights = 0;      // of a type handle
  union {
    bool truth;
    std::int64_t integer;
    double number;
    struct {
      const char* bytes;
      std::size_t size;
    } text;
    struct {
      bridge::object* held;
      std::uint64_t address;
    } ref;
    const char* unshared;
    unsigned char vector[16] = {};
  };
};

// The library's: major, minor, patch.
void version(int (&out)[3]) noexcept;

// Types

struct field {
  const char* name;
  std::size_t name_size;
  std::uint32_t offset;
  std::uint32_t owner;
  std::uint32_t ref_type;
  std::uint8_t kind;  // shoal::field_kind
  bool constant;
};
const char* kind_name(std::uint8_t kind) noexcept;
// The kind of that name, or -1.
int kind_named(const char* name, std::size_t size) noexcept;
inline constexpr std::uint8_t kind_any = 0, kind_ref = 1, kind_v128 = 13;

struct type_facts {
  const type* what;
  const type* parent;  // null: none
  std::uint32_t index;
  std::uint32_t field_count;
  const char* name;
  std::size_t name_size;
  std::uint8_t element;  // of an array
  bool is_struct, is_array;
};
void facts_of(const type* what, type_facts& out) noexcept;
void field_of(const type* what, std::uint32_t number, field& out) noexcept;
const type* type_at(agent* by, std::uint32_t index) noexcept;
bool is_a(const type* sub, const type* super) noexcept;

struct field_declaration {
  const char* name;
  std::size_t name_size;
  const type* ref_type;  // null: any object
  std::uint8_t kind;
  bool constant;
  bool self;  // of a ref: to the type being declared
};
struct behaviour {
  const char *role, *name;
  std::size_t role_size, name_size;
};
struct declaration {
  const char* name;
  std::size_t name_size;
  const field_declaration* fields;
  std::size_t field_count;
  const type* extends;
  const behaviour* behaviours;
  std::size_t behaviour_count;
};
struct type_key {
  enum : std::uint8_t { fresh, source, text, structural } what = fresh;
  const char* place = nullptr;  // source: the chunk
  std::size_t place_size = 0;
  std::uint64_t line = 0;
  std::uint64_t hash = 0;  // of the declaration's text
  const char* text_key = nullptr;
  std::size_t text_size = 0;
};
std::uint32_t declare(agent* by, cohort* in, const type_key& key, const declaration& what,
                      const type*& out, message& why) noexcept;
std::uint32_t make_type_handle(agent* by, const type* what, std::uint32_t rights, value& out,
                               message& why) noexcept;
cohort* world_cohort(world* of) noexcept;
cohort* new_cohort(world* of) noexcept;  // null: no memory; lives as long as the world
std::uint64_t hash_of(const char* bytes, std::size_t size, std::uint64_t seed) noexcept;

// Worlds and agents

enum class answer : std::uint8_t { bind, refuse, failed, pending };
struct call;
struct settlement;

// Called on the agent's thread, inside of a call of the bridge, laid down: they may call the
// bridge. Exceptions: release runs taken up, and may not, nor may settled where it tells of a cancelled
// wait. None may jump out.
struct agent_hooks {
  void* host;
  void (*release)(void* host, std::uint64_t word, bool is_prototype);
  answer (*resolve)(void* host, const type* what, const char* role, std::size_t role_size,
                    const char* behaviour, std::size_t behaviour_size, std::uint64_t& word);
  bool (*run)(void* host, std::uint64_t target, call* asked);
  // How an asynchronous wait has ended that was begun with that `what`.
  void (*settled)(void* host, void* what, settlement& how);
};

world* open_world(message& why) noexcept;
world* retain(world* one) noexcept;
void release(world* one) noexcept;

agent* attach(world* to, const char* role, std::size_t role_size, const agent_hooks& hooks,
              message& why) noexcept;
void detach(agent* leaving) noexcept;
world* world_of(agent* one) noexcept;
std::uint64_t identity_of(agent* one) noexcept;

struct accounts {
  std::uint64_t agents, types, interned_strings, orphan_handles, dispatches;
  std::uint64_t heap_bytes_used, heap_bytes_reserved, handles, prototypes, thread_bound;
  struct {
    std::uint64_t identity, prototypes, agent_locals, scope_slots, handles, thread_bound,
        bytes_allocated;
  } mine;
};
void account(agent* by, accounts& out) noexcept;

// Objects

void object_drop(agent* by, object* dropped) noexcept;
void object_drop_anywhere(object* dropped) noexcept;
// Another handle to the same object; null: no memory.
object* object_copy(agent* by, object* held) noexcept;
// What a handle that came from elsewhere (a packet) holds.
void describe(agent* by, object* held, value& out) noexcept;

struct initial {
  std::uint32_t number;  // of the field
  value what;
};
std::uint32_t create(agent* by, const type* what, const initial* values, std::size_t count,
                     value& out, message& why) noexcept;
std::uint32_t create_array(agent* by, std::uint8_t kind, std::uint64_t length, value& out,
                           message& why) noexcept;
std::uint64_t length_of(agent* by, object* array) noexcept;

// A field of a struct, or (`where` null) an element of an array, counted from 0; `shown` is how the
// user counts it.
struct place {
  object* in;
  const bridge::field* where;
  std::uint64_t index;
  std::int64_t shown;
};
enum class order : std::uint8_t { unordered, acquire, release, acq_rel, seq_cst };
std::uint32_t load(agent* by, const place& at, order o, value& out, message& why) noexcept;
// An element in the unordered way; nil outside of the array.
std::uint32_t load_element(agent* by, const place& at, value& out, message& why) noexcept;
std::uint32_t store(agent* by, const place& at, order o, const value& what, message& why) noexcept;
std::uint32_t exchange(agent* by, const place& at, order o, const value& what, value& old,
                       message& why) noexcept;
// `done`: whether it was stored.
std::uint32_t compare_exchange(agent* by, const place& at, order o, const value& expected,
                               const value& desired, value& seen, bool& done,
                               message& why) noexcept;
std::uint32_t add(agent* by, const place& at, order o, const value& amount, value& old,
                  message& why) noexcept;

// Behaviour

// The word bound here for that type; asks the resolve hook on first sight.
std::uint32_t prototype_of(agent* by, std::uint32_t type_index, std::uint64_t& word,
                           message& why) noexcept;
// The same, asking nobody: 0 where there is none.
std::uint64_t peek_prototype(agent* by, std::uint32_t type_index) noexcept;
std::uint32_t bind(agent* by, const type* what, std::uint64_t word) noexcept;

// Thread-local functions

std::uint32_t make_thread_local(agent* by, value& out, message& why) noexcept;
std::uint32_t initialize(agent* by, object* function, std::uint64_t word) noexcept;
std::uint64_t binding_of(agent* by, object* function) noexcept;

// Thread-bound handles

std::uint32_t make_bound(agent* by, std::uint64_t word, std::uint8_t policy, value& out,
                         message& why) noexcept;
std::uint32_t bound_target(agent* by, object* bound, std::uint64_t& target) noexcept;
std::uint32_t release_bound(agent* by, object* bound, message& why) noexcept;
std::uint64_t owner_of(agent* by, object* bound) noexcept;

// Mutexes, conditions, mailboxes; waiting for a place. Seconds: negative is for ever, 0 only looks.

// How a wait ended; `failed`: the message says why.
enum class outcome : std::uint8_t { done, not_equal, timed_out, closed, cancelled, failed };
// What Lua is told of it.
[[nodiscard]] constexpr const char* name_of(outcome how) noexcept {
  constexpr const char* names[] = {"ok", "not_equal", "timed_out", "closed", "cancelled", "failed"};
  return names[static_cast<std::size_t>(how)];
}

std::uint32_t make_mutex(agent* by, value& out, message& why) noexcept;
std::uint32_t make_condition(agent* by, value& out, message& why) noexcept;
std::uint32_t make_mailbox(agent* by, std::uint32_t capacity, value& out, message& why) noexcept;

// done: the token holds the mutex, and keeps it alive, until unlock; what is left when its agent
// detaches is lost, and its mutex abandoned.
outcome lock(agent* by, object* mutex, double seconds, token*& out, message& why) noexcept;
bool was_abandoned(const token* of) noexcept;
// The token is gone.
void unlock(token* gone, bool fair) noexcept;

// The token holds its mutex again, whatever is answered.
outcome wait_condition(token* held, object* condition, double seconds, message& why) noexcept;
std::uint32_t notify_condition(agent* by, object* condition, std::size_t n, std::size_t& count,
                               message& why) noexcept;

outcome send(agent* by, object* mailbox, const value& what, double seconds, message& why) noexcept;
// Without memory for its handle, what was received is lost.
outcome receive(agent* by, object* mailbox, double seconds, value& out, message& why) noexcept;
void close_mailbox(agent* by, object* mailbox) noexcept;
struct mailbox_facts {
  std::uint32_t size, capacity;
  bool closed;
};
void facts_of_mailbox(agent* by, object* mailbox, mailbox_facts& out) noexcept;

// Sleeps while the place holds `expected`. done: it was notified.
outcome wait_place(agent* by, const place& at, const value& expected, double seconds,
                   message& why) noexcept;
std::uint32_t notify_place(agent* by, const place& at, std::size_t n, std::size_t& count,
                           message& why) noexcept;

// Asynchronous waits. What begins one answers done, and then the settled hook is called once, in serve and
// wherever the agent serves; or something else, and then never. `out` is gone as the hook is called.
// Those that are left as the agent detaches end as cancelled, whatever they might have had.

struct settlement {
  outcome how;
  const char* name;  // of its code
  token* held;       // of lock and wait_condition, the hook's; null: none
  value received;    // of receive; an object is the hook's, text only until the hook returns
};
outcome lock_async(agent* by, object* mutex, double seconds, void* what, pending*& out,
                   message& why) noexcept;
// done: the token is gone.
outcome wait_condition_async(token* held, object* condition, double seconds, void* what,
                             pending*& out, message& why) noexcept;
outcome send_async(agent* by, object* mailbox, const value& what, double seconds, void* told,
                   pending*& out, message& why) noexcept;
outcome receive_async(agent* by, object* mailbox, double seconds, void* what, pending*& out,
                      message& why) noexcept;
outcome wait_place_async(agent* by, const place& at, const value& expected, double seconds,
                         void* what, pending*& out, message& why) noexcept;
// False: it has been notified, and will be told so.
bool cancel(pending* over) noexcept;
// Until serve has something to do even if nothing happens: the first deadline. Negative: never.
double seconds_to_deadline(agent* by) noexcept;

// Packets: values on their way from one agent to another. Strings are copies, objects are held.

struct packet;
packet* new_packet(std::size_t room) noexcept;  // null: no memory
void delete_packet(packet* gone) noexcept;
std::size_t packet_size(const packet* of) noexcept;
// Copies text, takes a copy of an object's handle. False: no memory.
bool packet_push(agent* by, packet* to, const value& what) noexcept;
bool packet_push_cohort(packet* to, cohort* what) noexcept;
// Text and objects stay the packet's: copy what is to be kept. Not null: it is a cohort.
cohort* packet_get(agent* by, const packet* from, std::size_t index, value& out) noexcept;

// Dispatch: arguments out, results or an error text back, in packets.

std::uint32_t call_bound(agent* by, object* bound, packet* arguments, double seconds,
                         packet*& results, message& why) noexcept;
const packet* call_arguments(const call* of) noexcept;
// Takes the packet over. Only inside of the run hook.
void call_answer(call* to, packet* results) noexcept;

// Runs what is addressed to this agent, and tells of waits that are over; answers how many of both.
std::size_t serve(agent* by) noexcept;

// Sleeps until something may have happened (a call to serve, a thread's end), `seconds` have
// passed or somebody interrupts. Negative: for ever. Look at `seen` before looking at the world.
enum class woken : std::uint8_t { called, timed_out, interrupted };
std::uint32_t wait_ticket(agent* by) noexcept;
woken wait(agent* by, std::uint32_t ticket, double seconds) noexcept;
// Wakes an agent from wait, if it still is that one. Both from any thread.
void wake(world* in, std::uint64_t identity) noexcept;
// Ends its wait, or else its next one. False: no such agent.
bool interrupt(world* in, std::uint64_t identity) noexcept;
double clock_seconds() noexcept;

}  // namespace bridge
