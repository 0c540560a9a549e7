// SPDX-License-Identifier: BSL-1.0
// A cell is a word of a few bytes, in one place, whose every access has its order.
#include <string>

#include <shoal/base/base.hpp>

using shoal::cell, shoal::order;

struct three_words {
  std::uint64_t words[3];
};

std::uint32_t accesses(cell<std::uint32_t>& word, shoal::memory_order chosen) {
  std::uint32_t seen = 0;
#if MISTAKE == 1  // says: a cell holds a trivially copyable type
  cell<std::string> text;
#endif
#if MISTAKE == 2  // says: a field that needs a lock is not a shared field
  cell<three_words> words;
#endif
#if MISTAKE == 3  // says: use of deleted function | call to deleted constructor
  cell<std::uint32_t> copy(word);
#endif
#if MISTAKE == 4  // says: use of deleted function | selected deleted operator
  word = cell<std::uint32_t>(1);
#endif
#if MISTAKE == 5  // says: conversion from | no viable conversion
  const cell<std::uint32_t> made = 1;
#endif
#if MISTAKE == 6  // says: cannot convert | from incompatible type
  seen = word;
#endif
#if MISTAKE == 7  // says: a load is unordered, acquire or seq_cst
  seen = word.load(order<"a.load">(shoal::release));
#endif
#if MISTAKE == 8  // says: a store is unordered, release or seq_cst
  word.store(1, order<"a.store">(shoal::acq_rel));
#endif
#if MISTAKE == 9  // says: what fails has only read
  static_cast<void>(word.compare_exchange(seen, 1, order<"a.cas">(shoal::seq_cst),
                                          order<"a.missed">(shoal::release)));
#endif
#if MISTAKE == 10  // says: failure is not ordered more strongly than success
  static_cast<void>(word.compare_exchange(seen, 1, order<"a.cas">(shoal::acquire),
                                          order<"a.missed">(shoal::seq_cst)));
#endif
#if MISTAKE == 11  // says: failure is not ordered more strongly than success
  static_cast<void>(word.compare_exchange(seen, 1, order<"a.cas">(shoal::relaxed),
                                          order<"a.missed">(shoal::acquire)));
#endif
#if MISTAKE == 12  // says: no matching function
  seen = word.load(order<"a.load">(chosen));
#endif
#if MISTAKE == 13  // says: 'value' is not a member of | no member named 'value'
  seen = word.load(chosen);
#endif
#if MISTAKE == 14  // says: no matching function | no matching member function
  seen = word.load();
#endif
  cell<std::uint64_t> first(1);
  cell<shoal::vec128> wide;
  word.store(2, order<"a.store">(shoal::release));
  static_cast<void>(word.compare_exchange(seen, 1, order<"a.cas">(shoal::acq_rel),
                                          order<"a.missed">(shoal::acquire)));
  static_cast<void>(chosen);
  return seen + word.load(order<"a.load">(shoal::acquire));
}
