// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// type_space: all types of one cluster.
///
/// It opens with the built-in types; hosts declare theirs, from any thread at any time. Declaring
/// gives a fresh identity every time; structural() gives equal layouts one; a cohort (cohort.hpp)
/// gives equal keys one.
///
/// **Thread safety:** everything but open, trim and close is thread-safe.
/// <br>**Progress:** at is wait-free; declaring is blocking, for some ten instructions; metadata is asked
/// for, and hooks run, with no lock held.
/// <br>**Layer:** type.
/// <br>**Follows:** TC39 proposal-structs for what a declaration makes, Wasm for structural types.

#include <cstddef>
#include <cstdint>
#include <new>
#include <string_view>

#include <shoal/type/check.hpp>
#include <shoal/type/make_record.hpp>
#include <shoal/type/registry.hpp>

namespace shoal {

/// What a space is made of.
struct type_space_options {
  metadata_hook memory = default_metadata;
  std::uint32_t max_types = limits::types;  ///< built-in ones included
  std::uint32_t header_bytes = 8;           ///< of the runtime's objects: where fields may begin
  const encoding* values = &nan_box::data;  ///< of `any` fields; outlives the space
  bool vec128 = has_vec128();               ///< false: v128 fields are refused
  quiesce_hook quiesce = {};                ///< none: no index is used again
  weak_hook weak = {};                      ///< none: types live until they are retired
};

/** type_space: all types of one cluster.<p>It opens with the built-in types; hosts declare theirs, from any thread at any time. Declaring gives a fresh identity every time; structural() gives equal layouts one; a cohort (cohort.hpp) gives equal keys one. */ class type_space {
 public:
  static constexpr std::uint32_t greatest_header = 4096;

  explicit type_space(const type_space_options& options = {}) noexcept
      : options_(options),
        types_(options.memory, options.quiesce),
        structural_(types_, registries_, options.weak) {}
  type_space(const type_space&) = delete;
  type_space& operator=(const type_space&) = delete;
  ~type_space() { close(); }

  /// Makes the built-in types; once, before anything else. out_of_memory: the system has no address
  /// space for the table. out_of_range: max_types or header_bytes.
  [[nodiscard]] errc open() noexcept {
    if (options_.max_types <= builtin::first_user || options_.max_types > limits::types ||
        options_.header_bytes > greatest_header) {
      return errc::out_of_range;
    }
    if (!types_.try_open(options_.max_types)) return errc::out_of_memory;
    is_open_ = true;
    make_builtins();
    return errc::ok;
  }

  /// Declares a struct type: a fresh identity, whatever else is declared alike.
  /// <br>**Errors:** of a field, with its number: empty_key, duplicate_field, inherited_field, bad_kind,
  /// unsupported_kind, bad_ref_type, mixed_offsets, misaligned_field, overlapping_field,
  /// field_in_header, field_outside, too_large. Of the type: bad_parent, too_many_fields, too_large,
  /// field_outside, too_many_types, out_of_memory.
  [[nodiscard]] result<type> declare(const type_spec& spec) noexcept { return declare_fresh(spec); }
  /** Declares a struct type: a fresh identity, whatever else is declared alike. **Errors:** of a field, with its number: empty_key, duplicate_field, inherited_field, bad_kind, unsupported_kind, bad_ref_type, mixed_offsets, misaligned_field, overlapping_field, field_in_header, field_outside, too_large. Of the type: bad_parent, too_many_fields, too_large, field_outside, too_many_types, out_of_memory. */ [[nodiscard]] result<type> declare(std::string_view name, const field_list& fields,
                                     type extends = {}) noexcept {
    return declare_fresh(type_spec{.name = name, .fields = fields, .extends = extends});
  }

  /// Declares an array type: likewise. For an array type of all, see array_of.
  /// <br>**Errors:** bad_kind, unsupported_kind, bad_ref_type, bad_const, too_large (the name),
  /// too_many_types, out_of_memory.
  [[nodiscard]] result<type> declare_array(const array_spec& spec) noexcept {
    return declare_fresh(spec);
  }
  /** Declares an array type: likewise. For an array type of all, see array_of. **Errors:** bad_kind, unsupported_kind, bad_ref_type, bad_const, too_large (the name), too_many_types, out_of_memory. */ [[nodiscard]] result<type> declare_array(field_kind element, type ref_type = {}) noexcept {
    return declare_fresh(array_spec{.element = element, .ref_type = ref_type});
  }

  /// The one type with that layout (difference.hpp says what counts), made on first demand.
  /// <br>**Errors:** those of declare, or declare_array.
  [[nodiscard]] result<type> structural(const type_spec& spec) noexcept {
    return find_or_make(spec);
  }
  /** The one type with that layout (difference.hpp says what counts), made on first demand. **Errors:** those of declare, or declare_array. */ [[nodiscard]] result<type> structural(const array_spec& spec) noexcept {
    if (is_kind(spec.element) && !spec.constant && !spec.ref_type) {
      if (const type known = at(builtin::array_of(spec.element))) return known;
    }
    return find_or_make(spec);
  }

  /// The type with that index: one acquire load. Null: none has it, or it is retired.
  /// <br>**Precondition:** index \< max_types().
  [[nodiscard]] SHOAL_INLINE type at(std::uint32_t index) const noexcept {
    return types_.at(index);
  }
  /// The built-in array type of that kind. Null: v128, where it is not supported.
  [[nodiscard]] type array_of(field_kind kind) const noexcept {
    return at(builtin::array_of(kind));
  }
  /// True where it is a live type of this space.
  [[nodiscard]] bool owns(type one) const noexcept { return detail::is_known(types_, one); }

  /// Takes back a type that has died, and its entry in a registry. Its descriptor stays readable and
  /// its index unused until reclaim() says otherwise.
  /// <br>**Precondition:** no instance of it is left, no realm has it bound any more (the next type with its
  /// index would find that prototype), and every type that extends it or names it as a target
  /// has been retired before or will be before the next reclaim().
  void retire(type dead) noexcept {
    SHOAL_ASSERT(dead.index() >= builtin::first_user, "a built-in type is not retired");
    detail::type_record& record = detail::record_of(*dead);
    detail::type_registry::remove(record, registries_.membership);
    types_.retire(record);
  }

  /// Asks the quiesce hook, and frees what was retired if it agrees. Answers how many types that
  /// was. Declaring does the same when no index is left.
  std::size_t reclaim() noexcept { return types_.reclaim(); }

  /// Types declared and not retired, built-in ones not counted; and the metadata they use.
  [[nodiscard]] std::uint32_t count() const noexcept { return types_.count(); }
  /** Types declared and not retired, built-in ones not counted; and the metadata they use. */ [[nodiscard]] std::size_t bytes() noexcept { return types_.bytes() + structural_.bytes(); }
  /// Every index ever given is less.
  [[nodiscard]] std::uint32_t end() noexcept { return types_.end(); }
  /// In the child of a fork: whether a thread that is gone was changing it, or one of its cohorts.
  [[nodiscard]] bool is_busy() const noexcept { return types_.is_busy() || registries_.is_busy(); }
  /// What it was made with.
  [[nodiscard]] std::uint32_t max_types() const noexcept { return options_.max_types; }
  /** What it was made with. */ [[nodiscard]] std::uint32_t header_bytes() const noexcept { return options_.header_bytes; }
  /** What it was made with. */ [[nodiscard]] const encoding& values() const noexcept { return *options_.values; }
  /** What it was made with. */ [[nodiscard]] bool supports_vec128() const noexcept { return options_.vec128; }
  /** What it was made with. */ [[nodiscard]] const metadata_hook& memory() const noexcept { return types_.memory(); }

  /// Frees tables that the registry of structural types has outgrown. **Precondition:** nobody
  /// else uses the space.
  void trim() noexcept { structural_.trim(); }

  /// Frees every type. **Precondition:** nobody else uses the space, and its cohorts are closed.
  void close() noexcept {
    if (!is_open_) return;
    is_open_ = false;
    structural_.close();
    types_.close();
  }
  /// In the child of a fork that cannot be mended: it and its cohorts may be destroyed, though a thread
  /// that is gone held their lock.
  void abandon() noexcept { new (&registries_.membership) lock; }

 private:
  friend class cohort;

  // A record for the declaration, complete but for its index; or what is wrong with it.
  template <class Spec>
  [[nodiscard]] result<detail::type_record*> make(const Spec& spec,
                                                  const registration_key& key = {}) noexcept {
    SHOAL_ASSERT(is_open_, "a type space is opened before types are declared");
    const error wrong = detail::check_spec({types_, options_.vec128}, spec);
    if (wrong.code() != errc::ok) return wrong;
    return detail::make_record({types_.memory(), options_.header_bytes}, spec, key);
  }

  template <class Spec>
  [[nodiscard]] result<type> declare_fresh(const Spec& spec) noexcept {
    auto made = make(spec);
    if (!made) return made.error();
    detail::type_record* record = *made;
    if (!types_.adopt(*record) && (types_.reclaim() == 0 || !types_.adopt(*record))) {
      detail::release_record(types_.memory(), record);
      return full(spec.name);
    }
    return type(&record->what);
  }

  template <class Spec>
  [[nodiscard]] result<type> find_or_make(const Spec& spec) noexcept {
    const std::uint64_t hash = detail::hash_of(spec);
    const detail::type_record* known =
        structural_.find(hash, [&](const detail::type_record& one) noexcept {
          return detail::surely_declares(types_, spec, one.what);
        });
    if (known != nullptr) return type(&known->what);
    auto made = make(spec);
    if (!made) return made.error();
    detail::type_record* candidate = *made;
    candidate->what.structural = true;
    const auto done = structural_.find_or_adopt(
        hash,
        [&](const detail::type_record& one) noexcept {
          return same_layout(candidate->what, one.what);
        },
        *candidate);
    if (!done.adopted) detail::release_record(types_.memory(), candidate);
    if (done.code == errc::too_many_types) return full(spec.name);
    if (done.record == nullptr) return done.code;
    return type(&done.record->what);
  }

  [[nodiscard]] SHOAL_SLOW error full(std::string_view name) const noexcept {
    return error(errc::too_many_types, "%s has no index left; the cluster's limit is %u types",
                 detail::type_text(name).text, options_.max_types);
  }

  void make_builtins() noexcept {
    using enum shape;
    adopt_builtin(builtin::filler, filler, "filler");
    adopt_builtin(builtin::string, string, "string");
    adopt_builtin(builtin::boxed_i64, boxed_integer, "boxed i64").element = field_kind::i64;
    adopt_builtin(builtin::boxed_u64, boxed_integer, "boxed u64").element = field_kind::u64;
    adopt_builtin(builtin::boxed_f64, boxed_integer, "boxed f64").element = field_kind::f64;
    adopt_builtin(builtin::type_handle, type_handle, "type");
    adopt_builtin(builtin::thread_local_function, thread_local_function, "thread-local function");
    adopt_builtin(builtin::thread_bound, thread_bound, "thread-bound handle");
    adopt_builtin(builtin::mutex, mutex, "mutex");
    adopt_builtin(builtin::condition, condition, "condition");
    descriptor& box = adopt_builtin(builtin::mailbox, mailbox, "mailbox");
    box.wide = true;  // no slot lies on two lines
    box.has_references = true;
    static constexpr const char* names[field_kind_count] = {
        "array of any", "array of ref", "array of bool", "array of i8",  "array of i16",
        "array of i32", "array of i64", "array of u8",   "array of u16", "array of u32",
        "array of u64", "array of f32", "array of f64",  "array of v128"};
    for (std::uint32_t i = 0; i < field_kind_count; ++i) {
      const auto kind = static_cast<field_kind>(i);
      if (kind == field_kind::v128 && !options_.vec128) continue;
      descriptor& made = adopt_builtin(builtin::array_of(kind), array, names[i]);
      made.element = kind;
      made.wide = kind == field_kind::v128;
      made.has_references = holds_references(kind);
      made.layout_hash = detail::hash_of(array_spec{.element = kind});
    }
  }

  // The rest of the descriptor may still be written: nobody else has the space yet.
  descriptor& adopt_builtin(std::uint32_t index, shape what, std::string_view name) noexcept {
    detail::type_record& record = builtins_[index];
    record.what.what = what;
    record.what.name = name;
    record.what.ancestors = &record.what.index;
    types_.adopt_builtin(record, index);
    return record.what;
  }

  const type_space_options options_;
  detail::type_record builtins_[builtin::first_user] = {};
  detail::type_table types_;
  detail::type_registry::list registries_;  // its own of structural types, and its cohorts'
  detail::type_registry structural_;
  bool is_open_ = false;
};

}  // namespace shoal
