// SPDX-License-Identifier: BSL-1.0

// Sequences of declarations, registrations by key in several cohorts, structural types, deaths,
// retirements and prototypes, against maps.
//
// The model keeps every type by its layout, written out as text, and who lists it under which key.
// Types die (the weak hook says no from then on), are retired with all that depend on them, and
// their indices come back when the quiesce hook agrees; metadata fails at a chosen request. Words
// that are handed to a realm must come back by the release hook, each once.
//
// Seen to catch: keyed_table looking one slot too far when it empties one, so that keys are lost
// (115,761 executions, 43 s); a rebind that does not release the word it replaces (15,438, 5 s);
// and, found here first, a `ref` to the registered type by its name that was taken for one to the
// type itself (some 70,000; corpus/registration/regression-ref-to-itself-by-name).

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include <shoal/local/local.hpp>

#include "../unit/type_memory.hpp"
#include "fuzz.hpp"

namespace {

using fuzz::source;
using shoal::errc;
using shoal::field_kind;
using shoal::prototype;

constexpr int nobody = -1;
constexpr int structurally = -2;

struct model_type {
  shoal::type what;
  std::uint32_t index = 0;
  std::string layout;
  std::uint32_t end = 0;  // bytes of an instance
  int parent = nobody;
  int target = nobody;
  bool is_array = false;
  bool live = true;     // not retired
  bool freed = false;   // its index may be used again
  bool dying = false;   // and so forgotten by whoever listed it
  int listed = nobody;  // a cohort's number, or structurally
  std::string key;
};

// A declaration with what it points to, and what the model makes of it.
struct declaration {
  std::vector<shoal::field_spec> fields;
  shoal::type_spec spec;
  std::optional<shoal::array_spec> array;
  std::string layout;
  std::uint32_t end = 8;
  int parent = nobody;
  int target = nobody;
  errc due = errc::ok;
};

struct word_state {
  enum class kind { word, none, refused } what = kind::none;
  std::uint64_t word = 0;  // the prototype, or the error
};

class model {
 public:
  explicit model(source& from) : in_(from), room_(1 + in_.below(20)) {
    shoal::type_space_options options;
    options.memory = memory_.hook();
    options.max_types = shoal::builtin::first_user + room_;
    options.vec128 = true;
    options.quiesce = {[](void* self, std::uint64_t& round) noexcept {
                         auto& me = *static_cast<model*>(self);
                         FUZZ_CHECK(round == me.round_, "round %llu, not %llu",
                                    static_cast<unsigned long long>(round),
                                    static_cast<unsigned long long>(me.round_));
                         if (round == 0) round = me.next_round_++;
                         me.round_ = round;
                         ++me.quiesce_asked_;
                         return me.passes_;
                       },
                       this};
    options.weak = {[](void* self, const shoal::descriptor& found) noexcept {
                      auto& me = *static_cast<model*>(self);
                      for (const model_type& each : me.types_) {
                        if (each.live && each.what.get() == &found) return !each.dying;
                      }
                      FUZZ_CHECK(me.in_making_, "a retired type is asked about");
                      return true;
                    },
                    this};
    types_space_.emplace(options);
    FUZZ_CHECK(types_space_->open() == errc::ok, "open");
    locals_.emplace(*types_space_, memory_.hook());
    FUZZ_CHECK(locals_->try_open(), "open");
    for (std::size_t i = 0; i < 3; ++i) open_cohort(i);
    context_.emplace(*locals_);
    shoal::local_hooks hooks;
    hooks.self = this;
    hooks.release = [](void* self, shoal::local_context&, std::uint64_t word,
                       shoal::released) noexcept {
      auto& me = *static_cast<model*>(self);
      FUZZ_CHECK(me.given_.count(word) != 0 && me.released_.insert(word).second,
                 "word %llu is released and should not be", static_cast<unsigned long long>(word));
    };
    hooks.resolve_prototype = [](void* self, shoal::local_context&,
                                 const shoal::resolve_request& asked) noexcept {
      return static_cast<model*>(self)->answer(asked);
    };
    FUZZ_CHECK(context_->open("role", hooks) == errc::ok, "open");
    for (std::size_t i = 0; i < 2; ++i) {
      realms_[i].emplace(*locals_);
      FUZZ_CHECK(realms_[i]->open(i == 0 ? shoal::realm_table::reserved
                                         : shoal::realm_table::grown) == errc::ok,
                 "open");
    }
  }

  ~model() {
    memory_.fail_at = 0;
    for (auto& each : realms_) each->close(*context_);
    context_->close();
    FUZZ_CHECK(released_ == given_, "%zu words given, %zu released", given_.size(),
               released_.size());
    context_.reset();
    for (auto& each : realms_) each.reset();
    locals_.reset();
    for (auto& each : cohorts_) each.reset();
    types_space_->close();
    types_space_.reset();
    FUZZ_CHECK(memory_.bytes == 0 && memory_.blocks == 0, "%ld bytes of metadata are left",
               memory_.bytes.load());
  }
  model(const model&) = delete;
  model& operator=(const model&) = delete;

  void run() {
    for (int steps = 0; !in_.empty() && steps < 80; ++steps) {
      if (in_.one_in(16)) memory_.fail_at = 1 + in_.below(4);
      const long requests = memory_.requests;
      (void)requests;
      switch (in_.below(16)) {
        case 0:
        case 1:
          declare();
          break;
        case 2:
        case 3:
          structural();
          break;
        case 4:
        case 5:
        case 6:
        case 7:
          register_one();
          break;
        case 8:
          kill();
          break;
        case 9:
          retire();
          break;
        case 10:
          reclaim();
          break;
        case 11:
          cohort_ends();
          break;
        default:
          prototypes();
      }
      memory_.fail_at = 0;
      check();
    }
  }

 private:
  shoal::type_space& space() { return *types_space_; }

  void open_cohort(std::size_t i) {
    cohorts_[i].emplace(space(),
                        i == 2 ? shoal::mismatch_policy::separate : shoal::mismatch_policy::refuse);
  }

  // ------------------------------------------------------------------ choices

  int choose_type(bool or_retired) {
    std::vector<int> some;
    for (std::size_t i = 0; i < types_.size(); ++i) {
      if (types_[i].live || (or_retired && !types_[i].freed)) some.push_back(static_cast<int>(i));
    }
    return some.empty() ? nobody : some[in_.below(static_cast<unsigned>(some.size()))];
  }
  model_type& at(int i) { return types_[static_cast<std::size_t>(i)]; }

  // All fields have 8 bytes, so they follow each other: what is computed is what is given.
  void choose(declaration& out) {
    static constexpr std::string_view names[] = {"a", "b", "c", "d"};
    if (in_.one_in(6)) {
      auto& array = out.array.emplace(shoal::array_spec{
          .element = in_.one_of({shoal::u8, shoal::ref, shoal::any, shoal::f64})});
      if (in_.flag()) out.target = choose_type(in_.one_in(8));
      if (out.target != nobody) {
        array.ref_type = at(out.target).what;
        if (array.element != shoal::ref || !at(out.target).live) out.due = errc::bad_ref_type;
      }
      out.layout = "array " + std::to_string(static_cast<int>(array.element)) + " of " +
                   std::to_string(out.target);
      return;
    }
    if (in_.one_in(3)) out.parent = choose_type(in_.one_in(8));
    if (out.parent != nobody) {
      out.spec.extends = at(out.parent).what;
      if (at(out.parent).is_array || !at(out.parent).live) out.due = errc::bad_parent;
      out.end = at(out.parent).is_array ? 8 : at(out.parent).end;
    }
    out.layout = "struct of " + std::to_string(out.parent);
    const std::uint8_t traits = in_.byte();
    const bool given = (traits & 1) != 0;
    for (unsigned i = 0, count = in_.below(4); i < count; ++i) {
      const std::uint8_t how = in_.byte();
      shoal::field_spec one{.key = names[i],
                            .kind = (how & 1) != 0 ? shoal::ref : shoal::f64,
                            .constant = (how & 2) != 0};
      if (out.parent != nobody)
        one.key = shoal::field_key::of_integer(depth_of(out.parent) * 8 + i);
      std::string target = "any";
      if (one.kind == shoal::ref && (how & 4) != 0) {
        one.ref_self = true;
        target = "self";
      } else if (one.kind == shoal::ref && (how & 8) != 0) {
        if (out.target == nobody) out.target = choose_type((how & 16) != 0);
        if (out.target != nobody) {
          one.ref_type = at(out.target).what;
          target = std::to_string(out.target);
          if (!at(out.target).live && out.due == errc::ok) out.due = errc::bad_ref_type;
        }
      }
      if (given) {
        if ((how & 0xe0) == 0xe0) out.end += 8;  // a gap
        one.offset = out.end;
      }
      out.layout += ", " + std::to_string(i) + (one.kind == shoal::ref ? " ref " : " f64 ") +
                    target + (one.constant ? " const" : "") + " at " + std::to_string(out.end);
      out.end += 8;
      out.fields.push_back(one);
    }
    out.layout += ", " + std::to_string(out.end) + " bytes";
    out.spec.fields = out.fields;
    static constexpr std::string_view type_names[] = {"", "One", "Two"};
    out.spec.name = type_names[(traits >> 1) % 3];
  }

  std::uint64_t depth_of(int i) {
    std::uint64_t depth = 1;
    for (; at(i).parent != nobody; i = at(i).parent) ++depth;
    return depth;
  }

  shoal::registration_key choose_key(std::string& text) {
    static constexpr std::string_view names[] = {"k", "l", "", "m"};
    const std::string_view name = in_.one_of(names);
    const std::string_view place = in_.one_of(names);
    switch (in_.below(4)) {
      case 0: {
        const std::uint64_t line = in_.below(3);
        const std::uint64_t hash = in_.below(2);
        text = "source " + std::string(place) + ":" + std::to_string(line) + ":" +
               std::string(name) + ":" + std::to_string(hash);
        if (place.empty() && name.empty()) text.clear();
        return shoal::registration_key::of_source(place, line, name, hash);
      }
      case 1:
        text = "export " + std::string(place) + ":" + std::string(name);
        if (place.empty() && name.empty()) text.clear();
        return shoal::registration_key::of_export(place, name);
      default:
        text = name.empty() ? "" : "text " + std::string(name);
        return name;
    }
  }

  // ------------------------------------------------------------------ types

  std::uint32_t used() {
    return static_cast<std::uint32_t>(std::count_if(
        types_.begin(), types_.end(), [](const model_type& each) { return !each.freed; }));
  }

  // What a full table does first; answers how many were freed.
  std::size_t model_reclaim() {
    if (asked_.empty()) {
      asked_ = std::move(retired_);
      retired_.clear();
    }
    if (asked_.empty() || !passes_) return 0;
    for (const int i : asked_) at(i).freed = true;
    const std::size_t freed = asked_.size();
    asked_.clear();
    return freed;
  }
  // True where there is room for one more type, made now if need be.
  bool has_room() { return used() < room_ || (model_reclaim() != 0 && used() < room_); }

  // The new type is what was declared. Its index was free, and is its own.
  void adopt(shoal::type made, const declaration& d, int listed, std::string key) {
    for (const model_type& each : types_) {
      FUZZ_CHECK(each.freed || (each.index != made.index() && each.what != made),
                 "index %u is given out twice", made.index());
    }
    FUZZ_CHECK(made->structural == (listed == structurally), "structural");
    model_type one;
    one.what = made;
    one.index = made.index();
    one.layout = d.layout;
    one.end = d.end;
    one.parent = d.parent;
    one.target = d.target;
    one.is_array = d.array.has_value();
    one.listed = listed;
    one.key = std::move(key);
    if (!d.array) FUZZ_CHECK(made->size == d.end, "size %u, not %u", made->size, d.end);
    types_.push_back(std::move(one));
  }

  template <class F>
  auto asking(F&& f) {
    // The hook is asked about types while none is being made; what it does not know is new.
    in_making_ = true;
    auto answer = f();
    in_making_ = false;
    return answer;
  }

  // The round that the hook sees next: 0 for a batch that it has not been asked about.
  void begin_round() {
    if (asked_.empty()) round_ = 0;
  }

  void expect(const shoal::result<shoal::type>& answer, errc due, const char* what) {
    FUZZ_CHECK(answer.code() == due, "%s: %s, not %s (%s)", what, shoal::name_of(answer.code()),
               shoal::name_of(due), answer ? "" : answer.error().message());
  }
  bool failed(const shoal::result<shoal::type>& answer, bool could) {
    if (answer.code() != errc::out_of_memory) return false;
    FUZZ_CHECK(could && memory_.fail_at == 0, "out of memory, and there was some");
    return true;
  }

  void declare() {
    declaration d;
    choose(d);
    const bool could = memory_.fail_at != 0;
    begin_round();
    const auto answer = d.array ? space().declare_array(*d.array) : space().declare(d.spec);
    if (failed(answer, could)) return;
    errc due = d.due;
    if (due == errc::ok && !has_room()) due = errc::too_many_types;
    expect(answer, due, "declare");
    if (answer) adopt(*answer, d, nobody, {});
  }

  void structural() {
    declaration d;
    choose(d);
    const bool could = memory_.fail_at != 0;
    begin_round();
    const auto answer =
        asking([&] { return d.array ? space().structural(*d.array) : space().structural(d.spec); });
    if (d.due == errc::ok && d.array && !d.array->ref_type) {
      FUZZ_CHECK(answer && *answer == space().array_of(d.array->element), "a built-in array type");
      return;
    }
    const model_type* known = nullptr;
    for (const model_type& each : types_) {
      if (each.live && !each.dying && each.listed == structurally && each.layout == d.layout) {
        known = &each;
      }
    }
    if (failed(answer, could)) return;
    if (d.due == errc::ok && known != nullptr) {
      FUZZ_CHECK(answer && *answer == known->what, "a second structural type for '%s'",
                 d.layout.c_str());
      return;
    }
    errc due = d.due;
    if (due == errc::ok && !has_room()) due = errc::too_many_types;
    expect(answer, due, "structural");
    if (answer) adopt(*answer, d, structurally, {});
  }

  void register_one() {
    declaration d;
    choose(d);
    std::string key;
    const shoal::registration_key by = choose_key(key);
    const int number = static_cast<int>(in_.below(3));
    shoal::cohort& cohort = *cohorts_[static_cast<std::size_t>(number)];
    const bool could = memory_.fail_at != 0;
    begin_round();
    const auto answer = asking([&] {
      return d.array ? cohort.register_array(by, *d.array) : cohort.register_struct(by, d.spec);
    });
    if (failed(answer, could)) return;
    const model_type* known = nullptr;
    const model_type* other = nullptr;
    for (const model_type& each : types_) {
      if (!each.live || each.dying || each.listed != number || each.key != key) continue;
      (each.layout == d.layout ? known : other) = &each;
    }
    errc due = key.empty() ? errc::empty_key : d.due;
    if (due == errc::ok && known != nullptr) {
      FUZZ_CHECK(answer && *answer == known->what, "a second type for '%s': %s", key.c_str(),
                 answer ? "made" : answer.error().message());
      return;
    }
    if (due == errc::ok && other != nullptr && number != 2) {
      due = errc::layout_mismatch;
    } else if (due == errc::ok && !has_room()) {
      due = errc::too_many_types;
    }
    expect(answer, due, "register");
    if (answer) adopt(*answer, d, number, key);
  }

  void kill() {
    const int i = choose_type(false);
    if (i != nobody) at(i).dying = true;
  }

  // With everything that extends it or names it as a target.
  void retire() {
    const int first = choose_type(false);
    if (first == nobody) return;
    memory_.fail_at = 0;
    std::vector<int> gone{first};
    for (std::size_t i = 0; i < gone.size(); ++i) {
      for (std::size_t k = 0; k < types_.size(); ++k) {
        const model_type& each = types_[k];
        const int number = static_cast<int>(k);
        if (each.live && (each.parent == gone[i] || each.target == gone[i]) &&
            std::find(gone.begin(), gone.end(), number) == gone.end()) {
          gone.push_back(number);
        }
      }
    }
    for (auto each = gone.rbegin(); each != gone.rend(); ++each) {
      for (std::size_t r = 0; r < 2; ++r) {
        realms_[r]->unbind(*context_, at(*each).what);
        forget(r, at(*each).index);
      }
      space().retire(at(*each).what);
      at(*each).live = false;
      retired_.push_back(*each);
    }
  }

  void reclaim() {
    passes_ = in_.flag();
    begin_round();
    const bool asks = !retired_.empty() || !asked_.empty();
    const std::uint64_t before = quiesce_asked_;
    const std::size_t freed = space().reclaim();
    const std::size_t due = model_reclaim();
    FUZZ_CHECK(freed == due, "%zu reclaimed, not %zu", freed, due);
    FUZZ_CHECK((quiesce_asked_ != before) == asks, "the quiesce hook");
  }

  void cohort_ends() {
    const std::size_t i = in_.below(3);
    if (in_.flag()) {
      cohorts_[i]->trim();
      return;
    }
    cohorts_[i].reset();
    memory_.fail_at = 0;
    open_cohort(i);
    for (model_type& each : types_) {
      if (each.listed == static_cast<int>(i)) each.listed = nobody;
    }
  }

  // ------------------------------------------------------------------ prototypes

  using realm_words = std::map<std::uint32_t, word_state>;

  std::uint64_t new_word() {
    given_.insert(next_word_);
    return next_word_++;
  }
  // A word that stayed ours.
  void take_back(std::uint64_t word) { given_.erase(word); }

  void forget(std::size_t r, std::uint32_t index) { words_[r].erase(index); }

  shoal::resolve_answer answer(const shoal::resolve_request& asked) {
    const std::size_t r = &asked.where == &*realms_[0] ? 0 : 1;
    const std::uint32_t index = asked.what.index();
    FUZZ_CHECK(words_[r].count(index) == 0, "a resolver is asked about a type that is settled");
    if (const shoal::type parent = asked.what.parent()) {
      const auto known = words_[r].find(parent.index());
      const bool has = known != words_[r].end() && known->second.what == word_state::kind::word;
      FUZZ_CHECK(
          asked.parent.has_word() == has && (!has || asked.parent.word() == known->second.word),
          "a resolver is told of another parent's prototype");
    }
    const unsigned how = in_.below(8);
    if (how >= 6) {  // binds by itself, whatever it answers
      const std::uint64_t word = new_word();
      FUZZ_CHECK(realms_[r]->bind(asked.what, word) == errc::ok, "bind inside of a resolver");
      words_[r][index] = {word_state::kind::word, word};
      return how == 6 ? shoal::resolve_answer::refuse(new_word())
                      : shoal::resolve_answer::bind(new_word());
    }
    switch (how) {
      case 0:
      case 1: {
        const std::uint64_t word = new_word();
        words_[r][index] = {word_state::kind::word, word};
        return shoal::resolve_answer::bind(word);
      }
      case 2: {
        const std::uint64_t error = in_.flag() ? new_word() : 0;
        words_[r][index] = {word_state::kind::refused, error};
        return shoal::resolve_answer::refuse(error);
      }
      case 3:
        words_[r][index] = {word_state::kind::none, 0};
        return shoal::resolve_answer::no_prototype();
      case 4:
        return shoal::resolve_answer::pending();
      default:
        return shoal::resolve_answer::failed();
    }
  }

  void prototypes() {
    const int i = choose_type(false);
    if (i == nobody) return;
    const std::size_t r = in_.below(2);
    shoal::realm& realm = *realms_[r];
    const shoal::type what = at(i).what;
    const std::uint32_t index = what.index();
    const auto known = words_[r].find(index);
    const bool has_word = known != words_[r].end() && known->second.what == word_state::kind::word;
    switch (in_.below(8)) {
      case 0:
      case 1: {
        const std::uint64_t word = new_word();
        const errc done = realm.bind(what, word);
        if (done != errc::ok) take_back(word);
        if (done == errc::out_of_memory && r == 1) break;
        FUZZ_CHECK(done == (has_word ? errc::already_bound : errc::ok), "bind: %s",
                   shoal::name_of(done));
        if (done == errc::ok) words_[r][index] = {word_state::kind::word, word};
        break;
      }
      case 2: {
        const std::uint64_t word = new_word();
        const errc done = realm.rebind(*context_, what, word);
        if (done != errc::ok) take_back(word);
        if (done == errc::out_of_memory && r == 1) break;
        FUZZ_CHECK(done == errc::ok, "rebind: %s", shoal::name_of(done));
        words_[r][index] = {word_state::kind::word, word};
        break;
      }
      case 3: {
        const errc done = realm.bind_none(*context_, what);
        if (done == errc::out_of_memory && r == 1) break;
        FUZZ_CHECK(done == errc::ok, "bind_none: %s", shoal::name_of(done));
        words_[r][index] = {word_state::kind::none, 0};
        break;
      }
      case 4:
        realm.unbind(*context_, what);
        forget(r, index);
        break;
      case 5:
        memory_.fail_at = 0;
        realm.clear(*context_);
        words_[r].clear();
        break;
      default: {
        memory_.fail_at = 0;
        const prototype found = realm.prototype_of_type(*context_, index);
        expect_state(r, index, found, true);
        break;
      }
    }
  }

  void expect_state(std::size_t r, std::uint32_t index, prototype found, bool asked) {
    const auto known = words_[r].find(index);
    if (known == words_[r].end()) {
      FUZZ_CHECK(found.code() == errc::unbound || (asked && found.code() == errc::pending),
                 "an unbound type is %s", shoal::name_of(found.code()));
      return;
    }
    switch (known->second.what) {
      case word_state::kind::word:
        FUZZ_CHECK(found.word() == known->second.word, "word %llu, not %llu",
                   static_cast<unsigned long long>(found.word()),
                   static_cast<unsigned long long>(known->second.word));
        break;
      case word_state::kind::none:
        FUZZ_CHECK(found.word() == prototype::none_word, "no prototype");
        break;
      default:
        FUZZ_CHECK(found.code() == errc::refused, "refused");
    }
  }

  // ------------------------------------------------------------------ everything, after each step

  void check() {
    std::uint32_t live = 0;
    std::size_t listed[3] = {};
    std::size_t gone[3] = {};
    for (const model_type& each : types_) {
      if (each.live) {
        ++live;
        FUZZ_CHECK(space().at(each.index) == each.what && space().owns(each.what),
                   "type %u is not where it was", each.index);
        if (each.listed >= 0) ++(each.dying ? gone : listed)[each.listed];
        for (std::size_t r = 0; r < 2; ++r) {
          expect_state(r, each.index, realms_[r]->peek(each.index), false);
          const auto known = words_[r].find(each.index);
          const std::uint64_t error =
              known != words_[r].end() && known->second.what == word_state::kind::refused
                  ? known->second.word
                  : 0;
          FUZZ_CHECK(realms_[r]->refusal(each.what) == error, "the error of a refusal");
        }
      } else if (!each.freed) {
        FUZZ_CHECK(!space().at(each.index), "a retired type is found");
      }
    }
    FUZZ_CHECK(space().count() == live, "%u types, not %u", space().count(), live);
    for (std::size_t i = 0; i < 3; ++i) {
      const std::size_t count = cohorts_[i]->count();
      // One that is dying leaves when it is met.
      FUZZ_CHECK(count >= listed[i] && count <= listed[i] + gone[i], "cohort %zu has %zu", i,
                 count);
    }
    // A word is with a realm or was released. The error of a refusal that was bound over is let go
    // of later.
    std::set<std::uint64_t> held;
    for (std::size_t r = 0; r < 2; ++r) {
      std::uint64_t bindings = 0;
      for (const auto& [index, state] : words_[r]) {
        if (state.word != 0) held.insert(state.word);
        bindings += state.what == word_state::kind::word;
      }
      FUZZ_CHECK(realms_[r]->bindings() == bindings, "%llu bindings, not %llu",
                 static_cast<unsigned long long>(realms_[r]->bindings()),
                 static_cast<unsigned long long>(bindings));
    }
    for (const std::uint64_t word : held) {
      FUZZ_CHECK(released_.count(word) == 0, "word %llu is in use and was released",
                 static_cast<unsigned long long>(word));
    }
    check_lists();
  }

  // Each key finds its own.
  void check_lists() {
    for (const model_type& each : types_) {
      if (!each.live || each.dying || each.listed < 0) continue;
      shoal::cohort& cohort = *cohorts_[static_cast<std::size_t>(each.listed)];
      const std::string& text = each.key;
      if (text.compare(0, 5, "text ") != 0) continue;
      const shoal::type found = cohort.find(std::string_view(text).substr(5));
      if (each.listed != 2) {
        FUZZ_CHECK(found == each.what, "'%s' finds another type", text.c_str());
        continue;
      }
      const bool one_of_them =
          std::any_of(types_.begin(), types_.end(), [&](const model_type& other) {
            return other.live && !other.dying && other.listed == 2 && other.key == text &&
                   other.what == found;
          });
      FUZZ_CHECK(one_of_them, "'%s' finds none of its types", text.c_str());
    }
    for (std::size_t i = 0; i < 3; ++i) {
      FUZZ_CHECK(!cohorts_[i]->find("nobody"), "a key that nobody has registered");
    }
  }

  source& in_;
  const std::uint32_t room_;
  counted_memory memory_;
  std::vector<model_type> types_;
  std::vector<int> retired_;
  std::vector<int> asked_;
  bool passes_ = false;
  bool in_making_ = false;
  std::uint64_t round_ = 0;
  std::uint64_t next_round_ = 1;
  std::uint64_t quiesce_asked_ = 0;
  std::optional<shoal::type_space> types_space_;
  std::optional<shoal::local_space> locals_;
  std::optional<shoal::cohort> cohorts_[3];
  std::optional<shoal::local_context> context_;
  std::optional<shoal::realm> realms_[2];
  realm_words words_[2];
  std::set<std::uint64_t> given_;
  std::set<std::uint64_t> released_;
  std::uint64_t next_word_ = prototype::first_word;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  source in(data, size);
  model(in).run();
  return 0;
}
