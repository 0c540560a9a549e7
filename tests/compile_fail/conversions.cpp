// SPDX-License-Identifier: BSL-1.0
// Words, indices, handles and truths do not turn into each other by themselves.
#include <shoal/shoal.hpp>

void take_handle(shoal::handle);
void take_word(std::uint64_t);
void take_index(std::uint32_t);
void take_prototype(shoal::prototype);
void take_type(shoal::type);
void take_reference(shoal::reference);
void take_value(shoal::value);
void take_deadline(shoal::deadline);
void take_key(shoal::field_key);

void conversions(shoal::agent& agent, shoal::scope& scope, const shoal::type& type,
                 const shoal::local& local, const shoal::reference& object,
                 const shoal::handle& handle, void* address, std::uint64_t word) {
#if MISTAKE == 1  // says: conversion from | cannot convert | could not convert
  take_handle(local);
#endif
#if MISTAKE == 2  // says: conversion from | cannot convert | could not convert
  take_reference(handle);
#endif
#if MISTAKE == 3  // says: conversion from | cannot convert | could not convert
  shoal::local from = handle;
#endif
#if MISTAKE == 4  // says: conversion from | cannot convert | could not convert
  take_prototype(word);
#endif
#if MISTAKE == 5  // says: conversion from | cannot convert | could not convert
  take_word(agent.prototype_of(object));
#endif
#if MISTAKE == 6  // says: conversion from | cannot convert | could not convert
  take_type(type.index());
#endif
#if MISTAKE == 7  // says: conversion from | cannot convert | could not convert
  take_index(type);
#endif
#if MISTAKE == 8  // says: conversion from | cannot convert | could not convert
  take_reference(address);
#endif
#if MISTAKE == 9  // says: conversion from | cannot convert | could not convert
  const bool is = object;
#endif
#if MISTAKE == 10  // says: conversion from | cannot convert | could not convert
  const bool is = type;
#endif
#if MISTAKE == 11  // says: conversion from | cannot convert | could not convert
  const bool is = agent.prototype_of(object);
#endif
#if MISTAKE == 12  // says: conversion from | cannot convert | could not convert
  const bool is = agent.create(scope, type);
#endif
#if MISTAKE == 13  // says: conversion from | cannot convert | could not convert
  const bool is = local;
#endif
#if MISTAKE == 14  // says: use of deleted function | invokes a deleted function | call to deleted
  take_value(address);
#endif
#if MISTAKE == 15  // says: use of deleted function | invokes a deleted function | call to deleted
  take_value("text");
#endif
#if MISTAKE == 16  // says: is ambiguous
  take_value(std::int64_t{1});
#endif
#if MISTAKE == 17  // says: conversion from | cannot convert | could not convert
  take_deadline(1'000'000);
#endif
#if MISTAKE == 18  // says: use of deleted function | invokes a deleted function | call to deleted
  take_key(0);
#endif
#if MISTAKE == 19  // says: use of deleted function | invokes a deleted function | call to deleted
  take_key('x');
#endif
#if MISTAKE == 20  // says: conversion from | cannot convert | could not convert
  const shoal::local made = agent.create(scope, type);
#endif
#if MISTAKE == 21  // says: invalid conversion | invalid operands
  const bool same = type == type.index();
#endif
#if MISTAKE == 22  // says: cannot convert | cannot initialize
  const std::uint32_t number = shoal::errc::ok;
#endif
#if MISTAKE == 23  // says: discards qualifiers | not marked const
  local.set(nullptr);
#endif
#if MISTAKE == 24  // says: use of deleted function | call to deleted
  take_deadline(shoal::deadline::after(0.5));
#endif
  take_handle(shoal::handle(agent, local));
  take_reference(local);
  take_prototype(shoal::prototype(word));
  take_word(agent.prototype_of(object).word());
  take_type(agent.type_at(type.index()));
  take_value(object);
  take_value(nullptr);
  take_deadline(shoal::deadline::after(1'000'000));
  take_key(shoal::field_key::of_integer(0));
  take_reference(shoal::reference(address));
  const bool is = bool(object) && bool(handle);
  const shoal::local made = agent.create(scope, type).value();
  static_cast<void>(is);
  static_cast<void>(made);
}
