// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// cohort: a scope in which equal keys mean the same type.
///
/// Agents that evaluate the same declaration must get one identity, whoever is first. There is no
/// ambient registry: two cohorts know nothing of each other, and who has no cohort cannot register.
/// User code never sees it; the host keys by what the user wrote.
///
/// Entries do not keep types alive: a type that is retired leaves its cohort, and a weak_hook of the
/// type space is asked before a type is handed out again.
///
/// **Thread safety:** everything but trim and close is thread-safe.
/// <br>**Progress:** registering or finding a known type is wait-free for a given size of the table (keyed\_
/// table), asks for no memory, and costs a hash of the key and a compare of the fields; otherwise
/// blocking.
/// <br>**Layer:** type.
/// <br>**Follows:** V8's registry of shared struct types (a key, and a layout that must match), scoped as
/// K. Kowal's "cohort" is.

#include <cstddef>
#include <cstdint>

#include <shoal/type/type_space.hpp>

namespace shoal {

/// What a second, different layout under a known key is.
enum class mismatch_policy : std::uint8_t {
  refuse,    ///< the error layout_mismatch, with the first difference
  separate,  ///< another identity; agents with equal declarations still agree
};

/** cohort: a scope in which equal keys mean the same type.<p>Agents that evaluate the same declaration must get one identity, whoever is first. There is no ambient registry: two cohorts know nothing of each other, and who has no cohort cannot register. User code never sees it; the host keys by what the user wrote.<p>Entries do not keep types alive: a type that is retired leaves its cohort, and a weak_hook of the type space is asked before a type is handed out again. */ class cohort {
 public:
  /// The space outlives it.
  explicit cohort(type_space& space, mismatch_policy policy = mismatch_policy::refuse) noexcept
      : space_(space),
        policy_(policy),
        registry_(space.types_, space.registries_, space.options_.weak) {}
  /** The space outlives it. */ cohort(const cohort&) = delete;
  /** The space outlives it. */ cohort& operator=(const cohort&) = delete;
  ~cohort() { close(); }

  /// The type of that key; declared now if there is none. From N agents at once: one identity, and
  /// one index. The key is the cohort's; the type's name and behaviours are the first declaration's.
  /// <br>**Errors:** empty_key and too_large for the key; layout_mismatch with the first difference, where
  /// the policy is refuse; those of type_space::declare, or declare_array.
  [[nodiscard]] result<type> register_struct(const registration_key& key,
                                             const type_spec& spec) noexcept {
    return find_or_make(key, spec);
  }
  /** The type of that key; declared now if there is none. From N agents at once: one identity, and one index. The key is the cohort's; the type's name and behaviours are the first declaration's. **Errors:** empty_key and too_large for the key; layout_mismatch with the first difference, where the policy is refuse; those of type_space::declare, or declare_array. */ [[nodiscard]] result<type> register_array(const registration_key& key,
                                            const array_spec& spec) noexcept {
    return find_or_make(key, spec);
  }

  /// The type of that key; null: none. With mismatch_policy::separate: one of them.
  [[nodiscard]] type find(const registration_key& key) noexcept {
    const detail::type_record* found = registry_.find(
        hash_of(key), [&](const detail::type_record& one) noexcept { return one.key == key; });
    return found == nullptr ? nullptr : &found->what;
  }

  /// Where its types are.
  [[nodiscard]] type_space& space() const noexcept { return space_; }
  /// Types in it, and bytes of its table.
  [[nodiscard]] std::size_t count() noexcept { return registry_.size(); }
  /** Types in it, and bytes of its table. */ [[nodiscard]] std::size_t bytes() noexcept { return registry_.bytes(); }

  /// Frees tables that it has outgrown. **Precondition:** nobody else uses the cohort.
  void trim() noexcept { registry_.trim(); }
  /// Forgets all keys; the types live on. **Precondition:** nobody else uses the cohort.
  void close() noexcept { registry_.close(); }

 private:
  template <class Spec>
  [[nodiscard]] result<type> find_or_make(const registration_key& key, const Spec& spec) noexcept {
    const bool separate = policy_ == mismatch_policy::separate;
    const auto known_as = [&](const detail::type_record& one) noexcept {
      return detail::surely_declares(space_.types_, spec, one.what);
    };
    const std::uint64_t hash = hash_of(key);
    const detail::type_record* known =
        registry_.find(hash, [&](const detail::type_record& one) noexcept {
          return one.key == key && (!separate || known_as(one));
        });
    if (known != nullptr && (separate || known_as(*known))) return type(&known->what);
    return find_or_make_slow(key, spec, hash);
  }

  template <class Spec>
  [[nodiscard]] SHOAL_SLOW result<type> find_or_make_slow(const registration_key& key,
                                                          const Spec& spec,
                                                          std::uint64_t hash) noexcept {
    const detail::type_text name(spec.name);
    if (key.empty()) return error(errc::empty_key, "%s is registered without a key", name.text);
    if (detail::is_too_long(key.name) || detail::is_too_long(key.place)) {
      return error(errc::too_large, "%s is registered by a key of more than %u bytes", name.text,
                   limits::name_bytes);
    }
    auto made = space_.make(spec, key);
    if (!made) return made.error();
    detail::type_record* const candidate = *made;
    const bool separate = policy_ == mismatch_policy::separate;
    const auto done = registry_.find_or_adopt(
        hash,
        [&](const detail::type_record& one) noexcept {
          return one.key == key && (!separate || same_layout(candidate->what, one.what));
        },
        *candidate);
    if (done.adopted) return type(&done.record->what);
    const error why = done.code == errc::too_many_types ? space_.full(spec.name)
                      : done.record == nullptr
                          ? error(done.code)
                          : first_difference(candidate->what, done.record->what);
    detail::release_record(space_.memory(), candidate);
    if (why.code() != errc::ok) return why;
    return type(&done.record->what);
  }

  type_space& space_;
  const mismatch_policy policy_;
  detail::type_registry registry_;
};

}  // namespace shoal
