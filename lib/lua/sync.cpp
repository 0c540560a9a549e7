// SPDX-License-Identifier: BSL-1.0

// Mutexes and their unlock tokens, conditions, mailboxes; waiting for a field or element to change.

#include <cstdint>
#include <utility>

#include "module.hpp"

namespace module {

double check_seconds(lua_State* L, int at) {
  if (lua_isnoneornil(L, at)) return -1;
  const double seconds = luaL_checknumber(L, at);
  return seconds >= 0 ? seconds : 0;
}

token_value& check_token(lua_State* L, const state& s, int index) {
  auto& one = *check<token_value>(L, s, index, meta::token, token_name);
  if (one.held == nullptr) luaL_argerror(L, index, "the token has been unlocked already");
  return one;
}

namespace {

int nothing(lua_State*) { return 0; }

// How many to notify.
std::size_t check_count(lua_State* L, int at, std::size_t usual) {
  if (lua_isnoneornil(L, at)) return usual;
  const lua_Integer n = luaL_checkinteger(L, at);
  luaL_argcheck(L, n >= 0, at, "a count is not negative");
  return static_cast<std::size_t>(n);
}
constexpr std::size_t all = ~std::size_t{0};

// A wait that a main state, which may be told of Ctrl-C, makes in pieces. Only for waits that miss nothing
// between two: who waits for a notice cannot do so.
class pieces {
 public:
  pieces(const state& s, double seconds) noexcept
      : looks_up_(s.self == nullptr),
        until_(seconds <= 0 ? seconds : bridge::clock_seconds() + seconds) {}

  // Of the next piece.
  [[nodiscard]] double seconds() const noexcept {
    const double left = left_of();
    return looks_up_ && (left < 0 || left > glance_seconds) ? glance_seconds : left;
  }
  [[nodiscard]] bool is_over() const noexcept { return left_of() == 0; }

 private:
  [[nodiscard]] double left_of() const noexcept {
    if (until_ <= 0) return until_;
    const double left = until_ - bridge::clock_seconds();
    return left > 0 ? left : 0;
  }

  bool looks_up_;
  double until_;  // 0: now; negative: for ever
};

// What a wait that did not succeed gives: nil and why.
int push_failure(lua_State* L, bridge::outcome how, const bridge::message& why) {
  if (how == bridge::outcome::failed) raise(L, why);
  lua_pushnil(L);
  lua_pushstring(L, name_of(how));
  return 2;
}

int push_made(lua_State* L, state& s, std::uint32_t code, bridge::value& made,
              const bridge::message& why) {
  if (code != bridge::ok) raise(L, why);
  push_value(L, s, made);
  return 1;
}

// ------------------------------------------------------------------ mutexes and tokens

// The state, also of an agent that has been told to stop: it may still unlock.
state& state_to_unlock(lua_State* L) {
  state* const s = state_or_null(L);
  if (s == nullptr) luaL_error(L, "shoal is closed in this state");
  return *s;
}

int mutex(lua_State* L) {
  state& s = state_of(L);
  bridge::message why;
  bridge::value made;
  return push_made(L, s, bridge::make_mutex(s.agent, made, why), made, why);
}

int lock_for(lua_State* L, double seconds) {
  state& s = state_of(L);
  const proxy& what = check_proxy(L, s, 1, meta::mutex, mutex_name);
  auto& made = *static_cast<token_value*>(new_userdata(L, s, sizeof(token_value), meta::token));
  for (const pieces time(s, seconds);;) {
    bridge::message why;
    const bridge::outcome how = bridge::lock(s.agent, what.held, time.seconds(), made.held, why);
    if (how == bridge::outcome::done) {
      made.abandoned = bridge::was_abandoned(made.held);
      return 1;
    }
    if (how != bridge::outcome::timed_out || time.is_over()) return push_failure(L, how, why);
    glance(L);
    state_of(L);
  }
}

// m:lock([seconds]) -> an unlock token, or nil and "timed_out".
int mutex_lock(lua_State* L) { return lock_for(L, check_seconds(L, 2)); }

// m:try_lock() -> an unlock token, or nil and "timed_out".
int mutex_try_lock(lua_State* L) { return lock_for(L, 0); }

int unlock(lua_State* L, bool fair) {
  token_value& one = check_token(L, state_to_unlock(L), 1);
  bridge::unlock(std::exchange(one.held, nullptr), fair);
  return 0;
}
int token_unlock(lua_State* L) { return unlock(L, false); }
int token_unlock_fair(lua_State* L) { return unlock(L, true); }

// __close, after whatever the block has done.
int token_close(lua_State* L) {
  const state* const s = state_or_null(L);
  if (s == nullptr) return 0;  // its end has taken care of it
  auto& one = *check<token_value>(L, *s, 1, meta::token, token_name);
  if (one.held != nullptr) bridge::unlock(std::exchange(one.held, nullptr), false);
  return 0;
}

int token_gc(lua_State* L) {
  const state* const s = state_or_null(L);
  return s == nullptr || s->has_ended ? 0 : token_close(L);
}

int token_was_abandoned(lua_State* L) {
  const state& s = state_to_unlock(L);
  lua_pushboolean(L, check<token_value>(L, s, 1, meta::token, token_name)->abandoned);
  return 1;
}

int token_tostring(lua_State* L) {
  const state& s = state_to_unlock(L);
  const auto& one = *check<token_value>(L, s, 1, meta::token, token_name);
  lua_pushfstring(L, "unlock token: %s", one.held != nullptr ? "locked" : "unlocked");
  return 1;
}

// ------------------------------------------------------------------ conditions

int condition(lua_State* L) {
  state& s = state_of(L);
  bridge::message why;
  bridge::value made;
  return push_made(L, s, bridge::make_condition(s.agent, made, why), made, why);
}

bridge::outcome wait_at(lua_State* L, token_value& token, const proxy& what, double seconds,
                        bridge::message& why) {
  const bridge::outcome how = bridge::wait_condition(token.held, what.held, seconds, why);
  token.abandoned = bridge::was_abandoned(token.held);
  if (how == bridge::outcome::failed) raise(L, why);
  return how;
}

// c:wait(token [, seconds]) -> true, or nil and "timed_out"; the token holds its mutex either way.
int condition_wait(lua_State* L) {
  state& s = state_of(L);
  const proxy& what = check_proxy(L, s, 1, meta::condition, condition_name);
  const double seconds = check_seconds(L, 3);
  bridge::message why;
  const bridge::outcome how = wait_at(L, check_token(L, s, 2), what, seconds, why);
  if (how != bridge::outcome::done) return push_failure(L, how, why);
  lua_pushboolean(L, 1);
  return 1;
}

// c:wait_for(token, predicate [, seconds]) -> true, or nil and "timed_out".
int condition_wait_for(lua_State* L) {
  state& s = state_of(L);
  const proxy& what = check_proxy(L, s, 1, meta::condition, condition_name);
  check_token(L, s, 2);
  luaL_checktype(L, 3, LUA_TFUNCTION);
  const pieces time(s, check_seconds(L, 4));
  lua_settop(L, 3);
  for (bool is_last = false;;) {
    lua_pushvalue(L, 3);
    lua_call(L, 0, 1);
    const bool is_true = lua_toboolean(L, -1) != 0;
    lua_settop(L, 3);
    state_of(L);
    // The predicate may have unlocked it.
    token_value& token = check_token(L, s, 2);
    if (is_true) {
      lua_pushboolean(L, 1);
      return 1;
    }
    bridge::message why;
    if (is_last) return push_failure(L, bridge::outcome::timed_out, why);
    const bridge::outcome how = wait_at(L, token, what, time.seconds(), why);
    is_last = how == bridge::outcome::timed_out && time.is_over();
    glance(L);
    state_of(L);
  }
}

int notify_at(lua_State* L, std::size_t n) {
  state& s = state_of(L);
  const proxy& what = check_proxy(L, s, 1, meta::condition, condition_name);
  bridge::message why;
  std::size_t count = 0;
  if (bridge::notify_condition(s.agent, what.held, n, count, why) != bridge::ok) raise(L, why);
  lua_pushinteger(L, static_cast<lua_Integer>(count));
  return 1;
}

// c:notify([n]) -> how many waits it ended.
int condition_notify(lua_State* L) { return notify_at(L, check_count(L, 2, 1)); }

// c:notify_all() -> how many waits it ended.
int condition_notify_all(lua_State* L) { return notify_at(L, all); }

// ------------------------------------------------------------------ mailboxes

int mailbox(lua_State* L) {
  state& s = state_of(L);
  const lua_Integer capacity = luaL_checkinteger(L, 1);
  luaL_argcheck(L, capacity >= 1, 1, "a mailbox holds at least one value");
  bridge::message why;
  bridge::value made;
  const auto room = capacity < UINT32_MAX ? static_cast<std::uint32_t>(capacity) : UINT32_MAX;
  return push_made(L, s, bridge::make_mailbox(s.agent, room, made, why), made, why);
}

int send_for(lua_State* L, double seconds) {
  state& s = state_of(L);
  const proxy& to = check_proxy(L, s, 1, meta::mailbox, mailbox_name);
  luaL_checkany(L, 2);
  bridge::value sent;
  to_value(L, s, 2, sent);
  for (const pieces time(s, seconds);;) {
    bridge::message why;
    const bridge::outcome how = bridge::send(s.agent, to.held, sent, time.seconds(), why);
    if (how == bridge::outcome::done) {
      lua_pushboolean(L, 1);
      return 1;
    }
    if (how != bridge::outcome::timed_out || time.is_over()) return push_failure(L, how, why);
    glance(L);
    state_of(L);
  }
}

// box:send(value [, seconds]) -> true, or nil and "closed" or "timed_out".
int mailbox_send(lua_State* L) { return send_for(L, check_seconds(L, 3)); }

// box:try_send(value) -> the same.
int mailbox_try_send(lua_State* L) { return send_for(L, 0); }

int receive_for(lua_State* L, double seconds) {
  state& s = state_of(L);
  const proxy& from = check_proxy(L, s, 1, meta::mailbox, mailbox_name);
  for (const pieces time(s, seconds);;) {
    bridge::message why;
    bridge::value found;
    const bridge::outcome how = bridge::receive(s.agent, from.held, time.seconds(), found, why);
    if (how == bridge::outcome::done) {
      lua_pushboolean(L, 1);
      push_value(L, s, found);
      return 2;
    }
    if (how != bridge::outcome::timed_out || time.is_over()) return push_failure(L, how, why);
    glance(L);
    state_of(L);
  }
}

// box:receive([seconds]) -> true and the value, or nil and "closed" or "timed_out".
int mailbox_receive(lua_State* L) { return receive_for(L, check_seconds(L, 2)); }

// box:try_receive() -> the same.
int mailbox_try_receive(lua_State* L) { return receive_for(L, 0); }

int mailbox_close(lua_State* L) {
  state& s = state_of(L);
  bridge::close_mailbox(s.agent, check_proxy(L, s, 1, meta::mailbox, mailbox_name).held);
  return 0;
}

bridge::mailbox_facts check_mailbox(lua_State* L) {
  state& s = state_of(L);
  bridge::mailbox_facts facts = {};
  bridge::facts_of_mailbox(s.agent, check_proxy(L, s, 1, meta::mailbox, mailbox_name).held, facts);
  return facts;
}

int mailbox_is_closed(lua_State* L) {
  lua_pushboolean(L, check_mailbox(L).closed);
  return 1;
}
int mailbox_capacity(lua_State* L) {
  lua_pushinteger(L, check_mailbox(L).capacity);
  return 1;
}
int mailbox_len(lua_State* L) {
  lua_pushinteger(L, check_mailbox(L).size);
  return 1;
}

// ------------------------------------------------------------------ fields and elements

// wait(object, field, expected [, seconds]) -> "ok", "not_equal" or "timed_out".
int wait(lua_State* L) {
  state& s = state_of(L);
  const bridge::place at = check_place(L, s);
  luaL_checkany(L, 3);
  const double seconds = check_seconds(L, 4);
  bridge::value expected;
  to_value(L, s, 3, expected);
  bridge::message why;
  const bridge::outcome how = bridge::wait_place(s.agent, at, expected, seconds, why);
  if (how == bridge::outcome::failed) raise(L, why);
  lua_pushstring(L, name_of(how));
  return 1;
}

// notify(object, field [, n]) -> how many waits it ended; without n, all.
int notify(lua_State* L) {
  state& s = state_of(L);
  const bridge::place at = check_place(L, s);
  const std::size_t n = check_count(L, 3, all);
  bridge::message why;
  std::size_t count = 0;
  if (bridge::notify_place(s.agent, at, n, count, why) != bridge::ok) raise(L, why);
  lua_pushinteger(L, static_cast<lua_Integer>(count));
  return 1;
}

}  // namespace

void glance(lua_State* L) {
  if (lua_gethookmask(L) == 0) return;
  lua_pushcfunction(L, nothing);
  lua_call(L, 0, 0);
}

void open_sync(lua_State* L, state& s) {
  static const luaL_Reg shared_meta[] = {{"__tostring", proxy_tostring}, {nullptr, nullptr}};
  static const luaL_Reg mutex_methods[] = {
      {"lock", mutex_lock}, {"try_lock", mutex_try_lock}, {nullptr, nullptr}};
  set_methods(L, s, meta::mutex, shared_meta, mutex_methods);
  static const luaL_Reg token_meta[] = {{"__gc", token_gc},
                                        {"__close", token_close},
                                        {"__tostring", token_tostring},
                                        {nullptr, nullptr}};
  static const luaL_Reg token_methods[] = {{"unlock", token_unlock},
                                           {"unlock_fair", token_unlock_fair},
                                           {"was_abandoned", token_was_abandoned},
                                           {nullptr, nullptr}};
  set_methods(L, s, meta::token, token_meta, token_methods);
  static const luaL_Reg condition_methods[] = {{"wait", condition_wait},
                                               {"wait_for", condition_wait_for},
                                               {"notify", condition_notify},
                                               {"notify_all", condition_notify_all},
                                               {nullptr, nullptr}};
  set_methods(L, s, meta::condition, shared_meta, condition_methods);
  static const luaL_Reg mailbox_meta[] = {
      {"__tostring", proxy_tostring}, {"__len", mailbox_len}, {nullptr, nullptr}};
  static const luaL_Reg mailbox_methods[] = {
      {"send", mailbox_send},         {"try_send", mailbox_try_send},
      {"receive", mailbox_receive},   {"try_receive", mailbox_try_receive},
      {"close", mailbox_close},       {"is_closed", mailbox_is_closed},
      {"capacity", mailbox_capacity}, {nullptr, nullptr}};
  set_methods(L, s, meta::mailbox, mailbox_meta, mailbox_methods);
  static const luaL_Reg functions[] = {{"mutex", mutex},     {"condition", condition},
                                       {"mailbox", mailbox}, {"wait", wait},
                                       {"notify", notify},   {nullptr, nullptr}};
  set_functions(L, s, functions);
}

}  // namespace module
