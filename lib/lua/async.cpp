// SPDX-License-Identifier: BSL-1.0

// Asynchronous waits: a function is called when it is over, from within whatever serves.

#include <cstdio>
#include <cstring>
#include <utility>

#include "module.hpp"

namespace module {

// What begins a wait gives. It is in the registry until the wait is over and its error, if there was one,
// has been told; so that the wait finds it here. Its user value is the function, then the error.
struct pending_value {
  enum kind : std::uint8_t { lock, wait_condition, send, receive, wait_place } what;
  bridge::pending* wait;  // null: over
  int anchor;
  pending_value* next;  // that has failed
};

namespace {

constexpr const char* pending_name = "pending wait";

// Its userdata is on top of the stack. Until it is finished, nothing may raise.
pending_value& new_pending(lua_State* L, state& s, pending_value::kind what, int function) {
  auto& made = *static_cast<pending_value*>(lua_newuserdatauv(L, sizeof(pending_value), 1));
  std::memset(&made, 0, sizeof made);
  made.what = what;
  push_meta(L, s, meta::pending);
  lua_setmetatable(L, -2);
  lua_pushvalue(L, function);
  lua_setiuservalue(L, -2, 1);
  lua_pushvalue(L, -1);
  made.anchor = luaL_ref(L, LUA_REGISTRYINDEX);
  return made;
}

void let_go(lua_State* L, pending_value& over) noexcept {
  luaL_unref(L, LUA_REGISTRYINDEX, std::exchange(over.anchor, LUA_NOREF));
}

// The pending wait, or nil and why there is none.
int finish(lua_State* L, pending_value& made, bridge::outcome how, const bridge::message& why) {
  if (how == bridge::outcome::done) return 1;
  let_go(L, made);
  if (how == bridge::outcome::failed) raise(L, why);
  lua_pushnil(L);
  lua_pushstring(L, name_of(how));
  return 2;
}

// m:lock_async(f [, seconds]): f(token), or f(nil, "timed_out").
int mutex_lock_async(lua_State* L) {
  state& s = state_of(L);
  const proxy& what = check_proxy(L, s, 1, meta::mutex, mutex_name);
  luaL_checktype(L, 2, LUA_TFUNCTION);
  const double seconds = check_seconds(L, 3);
  pending_value& made = new_pending(L, s, pending_value::lock, 2);
  bridge::message why;
  return finish(L, made, bridge::lock_async(s.agent, what.held, seconds, &made, made.wait, why),
                why);
}

// c:wait_async(token, f [, seconds]): f(token, "ok" or "timed_out"); the token that is given is unlocked.
int condition_wait_async(lua_State* L) {
  state& s = state_of(L);
  const proxy& what = check_proxy(L, s, 1, meta::condition, condition_name);
  token_value& token = check_token(L, s, 2);
  luaL_checktype(L, 3, LUA_TFUNCTION);
  const double seconds = check_seconds(L, 4);
  pending_value& made = new_pending(L, s, pending_value::wait_condition, 3);
  if (token.held == nullptr) {  // a finalizer has unlocked it meanwhile
    let_go(L, made);
    check_token(L, s, 2);
  }
  bridge::message why;
  const bridge::outcome how =
      bridge::wait_condition_async(token.held, what.held, seconds, &made, made.wait, why);
  if (how == bridge::outcome::done) token.held = nullptr;
  return finish(L, made, how, why);
}

// box:send_async(value, f [, seconds]): f(true), or f(nil, "closed" or "timed_out").
int mailbox_send_async(lua_State* L) {
  state& s = state_of(L);
  const proxy& to = check_proxy(L, s, 1, meta::mailbox, mailbox_name);
  luaL_checktype(L, 3, LUA_TFUNCTION);
  const double seconds = check_seconds(L, 4);
  bridge::value sent;
  to_value(L, s, 2, sent);
  pending_value& made = new_pending(L, s, pending_value::send, 3);
  bridge::message why;
  return finish(L, made, bridge::send_async(s.agent, to.held, sent, seconds, &made, made.wait, why),
                why);
}

// box:receive_async(f [, seconds]): f(true, value), or f(nil, "closed" or "timed_out").
int mailbox_receive_async(lua_State* L) {
  state& s = state_of(L);
  const proxy& from = check_proxy(L, s, 1, meta::mailbox, mailbox_name);
  luaL_checktype(L, 2, LUA_TFUNCTION);
  const double seconds = check_seconds(L, 3);
  pending_value& made = new_pending(L, s, pending_value::receive, 2);
  bridge::message why;
  return finish(L, made, bridge::receive_async(s.agent, from.held, seconds, &made, made.wait, why),
                why);
}

// wait_async(object, field, expected, f [, seconds]): f("ok" or "timed_out").
int wait_async(lua_State* L) {
  state& s = state_of(L);
  const bridge::place at = check_place(L, s);
  luaL_checktype(L, 4, LUA_TFUNCTION);
  const double seconds = check_seconds(L, 5);
  bridge::value expected;
  to_value(L, s, 3, expected);
  pending_value& made = new_pending(L, s, pending_value::wait_place, 4);
  bridge::message why;
  return finish(L, made,
                bridge::wait_place_async(s.agent, at, expected, seconds, &made, made.wait, why),
                why);
}

// p:cancel() -> whether it did: its function will not be called.
int pending_cancel(lua_State* L) {
  const state& s = state_of(L);
  const auto& one = *check<pending_value>(L, s, 1, meta::pending, pending_name);
  const bool cancelled = one.wait != nullptr && bridge::cancel(one.wait);
  if (cancelled) {
    lua_pushnil(L);
    lua_setiuservalue(L, 1, 1);
  }
  lua_pushboolean(L, cancelled);
  return 1;
}

int pending_is_over(lua_State* L) {
  const state& s = state_of(L);
  lua_pushboolean(L, check<pending_value>(L, s, 1, meta::pending, pending_name)->wait == nullptr);
  return 1;
}

int pending_tostring(lua_State* L) {
  const state& s = state_of(L);
  const auto& one = *check<pending_value>(L, s, 1, meta::pending, pending_name);
  lua_pushfstring(L, "pending wait: %s", one.wait != nullptr ? "pending" : "over");
  return 1;
}

struct settled_question {
  pending_value* asked;
  bridge::settlement* how;  // what has been taken out of it is gone
};

bool push_token(lua_State* L, state& s, bridge::settlement& how) {
  if (how.held == nullptr) {
    lua_pushnil(L);
    return false;
  }
  auto& made = *static_cast<token_value*>(new_userdata(L, s, sizeof(token_value), meta::token));
  made.abandoned = bridge::was_abandoned(how.held);
  made.held = std::exchange(how.held, nullptr);
  return true;
}

// The arguments of the function; answers how many.
int push_settlement(lua_State* L, state& s, pending_value::kind what, bridge::settlement& how) {
  switch (what) {
    case pending_value::lock:
      if (push_token(L, s, how)) return 1;
      break;
    case pending_value::wait_condition:
      push_token(L, s, how);
      lua_pushstring(L, how.name);
      return 2;
    case pending_value::wait_place:
      lua_pushstring(L, how.name);
      return 1;
    case pending_value::send:
    case pending_value::receive:
      lua_pushboolean(L, 1);
      if (how.how == bridge::outcome::done && what == pending_value::send) return 1;
      if (how.how == bridge::outcome::done) {
        // With a spare the value is taken over before anything can fail.
        if (!s.has_spare) make_spare(L, s);
        bridge::value received = std::exchange(how.received, bridge::value());
        push_value(L, s, received);
        return 2;
      }
      lua_pop(L, 1);
      lua_pushnil(L);
      break;
  }
  lua_pushstring(L, how.name);
  return 2;
}

int run_settled(lua_State* L) {
  state& s = *static_cast<state*>(lua_touserdata(L, 1));
  auto& asked = *static_cast<settled_question*>(lua_touserdata(L, 2));
  lua_settop(L, 0);
  lua_rawgeti(L, LUA_REGISTRYINDEX, asked.asked->anchor);
  lua_getiuservalue(L, 1, 1);
  lua_remove(L, 1);
  lua_call(L, push_settlement(L, s, asked.asked->what, *asked.how), 0);
  return 0;
}

// The first one that has failed, its error on the stack; false: none has.
bool take_failure(lua_State* L, state& s) noexcept {
  pending_value* const first = s.failed;
  if (first == nullptr) return false;
  s.failed = first->next;
  lua_rawgeti(L, LUA_REGISTRYINDEX, first->anchor);
  lua_getiuservalue(L, -1, 1);
  lua_pushnil(L);
  lua_setiuservalue(L, -3, 1);
  lua_remove(L, -2);
  let_go(L, *first);
  return true;
}

}  // namespace

void settle(void* host, void* what, bridge::settlement& how) {
  state& s = *static_cast<state*>(host);
  auto& one = *static_cast<pending_value*>(what);
  one.wait = nullptr;
  if (how.how == bridge::outcome::cancelled) {
    let_go(s.main, one);  // no memory, no error, no collection
    return;
  }
  lua_State* L = s.current;
  settled_question asked = {&one, &how};
  int top = 0;
  const bool ran = call_protected(s, run_settled, &asked, top);
  const bool has_error = !ran && lua_gettop(L) > top + 1;
  // What nobody has had.
  if (how.held != nullptr) bridge::unlock(std::exchange(how.held, nullptr), false);
  if (how.received.what == bridge::form::object) {
    bridge::object_drop(s.agent, how.received.ref.held);
  }
  lua_rawgeti(L, LUA_REGISTRYINDEX, one.anchor);
  if (has_error) {
    lua_pushvalue(L, top + 2);
  } else {
    lua_pushnil(L);
  }
  lua_setiuservalue(L, -2, 1);
  lua_settop(L, top);
  if (ran) {
    let_go(L, one);
    return;
  }
  one.next = nullptr;
  (s.failed == nullptr ? s.failed : s.last_failed->next) = &one;
  s.last_failed = &one;
}

void raise_failure(lua_State* L, state& s) {
  if (s.failed == nullptr) return;
  luaL_checkstack(L, 4, nullptr);
  take_failure(L, s);
  if (lua_isnil(L, -1)) luaL_error(L, "out of memory");
  lua_error(L);
}

void report_failures(state& s) noexcept {
  while (take_failure(s.main, s)) {
    const char* text = lua_type(s.main, -1) == LUA_TSTRING ? lua_tostring(s.main, -1) : nullptr;
    std::fprintf(stderr, "shoal: the function of an asynchronous wait failed: %s\n",
                 text != nullptr ? text : "out of memory");
    lua_pop(s.main, 1);
  }
}

void open_async(lua_State* L, state& s) {
  static const luaL_Reg pending_meta[] = {{"__tostring", pending_tostring}, {nullptr, nullptr}};
  static const luaL_Reg pending_methods[] = {
      {"cancel", pending_cancel}, {"is_over", pending_is_over}, {nullptr, nullptr}};
  set_methods(L, s, meta::pending, pending_meta, pending_methods);
  static const luaL_Reg mutex_methods[] = {{"lock_async", mutex_lock_async}, {nullptr, nullptr}};
  add_methods(L, s, meta::mutex, mutex_methods);
  static const luaL_Reg condition_methods[] = {{"wait_async", condition_wait_async},
                                               {nullptr, nullptr}};
  add_methods(L, s, meta::condition, condition_methods);
  static const luaL_Reg mailbox_methods[] = {{"send_async", mailbox_send_async},
                                             {"receive_async", mailbox_receive_async},
                                             {nullptr, nullptr}};
  add_methods(L, s, meta::mailbox, mailbox_methods);
  static const luaL_Reg functions[] = {{"wait_async", wait_async}, {nullptr, nullptr}};
  set_functions(L, s, functions);
}

}  // namespace module
