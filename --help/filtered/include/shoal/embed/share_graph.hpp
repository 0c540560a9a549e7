// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file
/// share_graph: turns a graph of a runtime's private objects into shared ones.
///
/// Each private object becomes one shared object, however often and in whatever circle it is
/// reached. Nothing of the result can be seen by others before all of it is there; when something
/// cannot be shared, the error names the path to it: "root.children[3].callback: a function cannot
/// be shared".
///
/// **Thread safety:** thread-bound to the agent. **Progress:** as allocation; no recursion.
/// <br>**Layer:** embed.
/// <br>**Follows:** Ruby's make_shareable in purpose; the path answers ruby/ruby 13236.

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>

#include <shoal/agent/agent.hpp>

namespace shoal {

/// One value of the runtime's, as the converter sees it.
struct graph_item {
  enum class kind : std::uint8_t { leaf, node, unshareable };
  kind what = kind::unshareable;
  datum leaf;              ///< what the field holds then: a number, a truth, a shared object
  std::uint64_t node = 0;  ///< a private object: any number that is the same for the same object

  /// One of each kind.
  [[nodiscard]] static graph_item of_leaf(const datum& value) noexcept {
    return {kind::leaf, value, 0};
  }
  /// A private object, to become a shared one.
  [[nodiscard]] static graph_item of_node(std::uint64_t identity) noexcept {
    return {kind::node, {}, identity};
  }
  /// What has no shared form.
  [[nodiscard]] static graph_item unshareable() noexcept { return {}; }
};

/// What a private object becomes: an instance of a struct type, or of an array type with that
/// length.
struct graph_shape {
  type what;
  std::uint64_t length = 0;
};

/// How the runtime shows its graph. The shape's error, and describe's words ("a function"), end up
/// in the converter's message. describe is asked about the item last answered as unshareable.
/// clang-format off
template <class S>
concept graph_source = requires(S& source, std::uint64_t node, const field_entry& field,
                                std::uint64_t index, char* text, std::size_t room) {
  { source.shape_of(node) } noexcept -> std::same_as<result<graph_shape>>;
  { source.field_of(node, field) } noexcept -> std::same_as<graph_item>;
  { source.element_of(node, index) } noexcept -> std::same_as<graph_item>;
  { source.describe(text, room) }
  noexcept;
};
// clang-format on

namespace detail {

// The private objects met so far, in order; found again by identity.
class graph_nodes {
 public:
  static constexpr std::uint32_t none = ~std::uint32_t{0};
  struct node {
    std::uint64_t identity;
    local made;
    std::uint64_t length;
    std::uint32_t from;       // the node that led here first; none: the root
    const field_entry* name;  // by this field of it; null: by the element `index`
    std::uint64_t index;
  };

  explicit graph_nodes(const metadata_hook& memory) noexcept : nodes_(memory), table_(memory) {}

  [[nodiscard]] std::uint32_t find(std::uint64_t identity) const noexcept {
    if (table_.empty()) return none;
    for (std::uint64_t at = hash_combine(0, identity);; ++at) {
      const std::uint32_t number = table_[at & (table_.size() - 1)];
      if (number == 0) return none;
      if (nodes_[number - 1].identity == identity) return number - 1;
    }
  }
  [[nodiscard]] bool try_add(const node& one) noexcept {
    if (nodes_.size() * 2 >= table_.size() && !grow()) return false;
    if (!nodes_.try_push(one)) return false;
    place(static_cast<std::uint32_t>(nodes_.size() - 1));
    return true;
  }
  [[nodiscard]] std::size_t size() const noexcept { return nodes_.size(); }
  [[nodiscard]] const node& operator[](std::size_t i) const noexcept { return nodes_[i]; }

  // "root.children[3]": from the root down; of a long one the end, behind "...".
  void write_path(const node& to, char* text, std::size_t room) const noexcept {
    std::size_t start = room - 1;
    text[start] = '\0';
    for (const node* at = &to;; at = &nodes_[at->from]) {
      char step[96];
      write_step(*at, step, sizeof step);
      std::size_t length = std::strlen(step);
      const bool fits = length + 3 <= start;  // with room for what stands for the rest
      if (!fits) length = std::strlen(std::strcpy(step, "..."));
      start -= length;
      std::memcpy(text + start, step, length);
      if (!fits || at->from == none) break;
    }
    std::memmove(text, text + start, room - start);
  }
  static void write_step(const node& one, char* text, std::size_t room) noexcept {
    if (one.from == none) {
      std::snprintf(text, room, "root");
    } else if (one.name == nullptr) {
      std::snprintf(text, room, "[%llu]", static_cast<unsigned long long>(one.index));
    } else if (one.name->key.what == field_key::form::name) {
      std::snprintf(text, room, ".%.*s", static_cast<int>(one.name->key.name.size()),
                    one.name->key.name.data());
    } else {
      std::snprintf(text, room, ".%llu", static_cast<unsigned long long>(one.name->key.number));
    }
  }

 private:
  void place(std::uint32_t number) noexcept {
    std::uint64_t at = hash_combine(0, nodes_[number].identity);
    while (table_[at & (table_.size() - 1)] != 0) ++at;
    table_[at & (table_.size() - 1)] = number + 1;
  }
  [[nodiscard]] bool grow() noexcept {
    const std::size_t wanted = table_.empty() ? 64 : table_.size() * 2;
    if (!table_.try_reserve(wanted)) return false;
    table_.clear();
    while (table_.size() < wanted) static_cast<void>(table_.try_push(0));
    for (std::uint32_t i = 0; i < nodes_.size(); ++i) place(i);
    return true;
  }

  buffer<node> nodes_;
  buffer<std::uint32_t> table_;  // a power of two; number + 1, 0: free
};

}  // namespace detail

/// The shared copy of the graph behind `root`. **Errors:** unshared_value with the path; those of
/// creation, and of set (wrong_kind, out_of_range, ...) in agent::explain's words, with the path too.
/// E: as with agent::set.
template <value_encoding E = nan_box, graph_source Source>
[[nodiscard]] result<local> share_graph(agent& by, scope& in, Source& source,
                                        std::uint64_t root) noexcept {
  using detail::graph_nodes;
  const local answer = in.hold(nullptr);
  if (!answer) return errc::out_of_memory;
  scope work(by);
  graph_nodes nodes(by.cluster().metadata());

  const auto fail = [&](const graph_nodes::node& at, errc code, const char* why) -> error {
    char path[112];
    nodes.write_path(at, path, sizeof path);
    return error(code, "%s: %s", path, why);
  };
  // The shared object of a private one, made when it is first met.
  const auto meet = [&](graph_nodes::node one) -> result<local> {
    if (const std::uint32_t known = nodes.find(one.identity); known != graph_nodes::none) {
      return nodes[known].made;
    }
    result<graph_shape> shape = source.shape_of(one.identity);
    if (!shape) return fail(one, shape.code(), shape.error().message());
    result<local> made = shape->what->what == shape::array
                             ? by.create_array(work, shape->what, shape->length)
                             : by.create(work, shape->what);
    if (!made) return fail(one, made.code(), made.error().message());
    one.made = *made;
    one.length = shape->length;
    if (!nodes.try_add(one)) return errc::out_of_memory;
    return one.made;
  };
  // Fills one place of a node in.
  const auto fill = [&](const graph_nodes::node& child, const graph_item& item, const local& holder,
                        const auto& set) -> error {
    if (item.what == graph_item::kind::unshareable) {
      char text[96] = "an unshared value";
      source.describe(text, sizeof text);
      char why[128];
      std::snprintf(why, sizeof why, "%s cannot be shared", text);
      return fail(child, errc::unshared_value, why);
    }
    datum value = item.leaf;
    if (item.what == graph_item::kind::node) {
      graph_nodes::node met = child;
      met.identity = item.node;
      result<local> object = meet(met);
      if (!object) return object.error();
      value = datum::of_object(object->get().address());
    }
    field where;
    const errc done = set(value, where);
    if (done == errc::ok) return done;
    return fail(child, done,
                (done == errc::unshared_value ? by.explain_unshared(value.word)
                                              : by.explain(done, holder, where, value))
                    .message());
  };

  result<local> first = meet({root, {}, 0, graph_nodes::none, nullptr, 0});
  if (!first) return first;
  for (std::uint32_t i = 0; i < nodes.size(); ++i) {
    const graph_nodes::node at = nodes[i];
    const type what = by.type_of_object(at.made);
    if (what->what == shape::array) {
      for (std::uint64_t index = 0; index < at.length; ++index) {
        const graph_item item = source.element_of(at.identity, index);
        const error done = fill({0, {}, 0, i, nullptr, index}, item, at.made,
                                [&](const datum& value, field& where) {
                                  element_place place;
                                  const errc found = by.element(at.made, index, place);
                                  where = place.where;
                                  return found != errc::ok ? found : by.set<E>(place, value);
                                });
        if (done.code() != errc::ok) return done;
      }
    } else {
      for (const field_entry& each : what.fields()) {
        const graph_item item = source.field_of(at.identity, each);
        const error done =
            fill({0, {}, 0, i, &each, 0}, item, at.made, [&](const datum& value, field& where) {
              where = each.where;
              return by.initialize<E>(at.made, where, value);
            });
        if (done.code() != errc::ok) return done;
      }
    }
  }
  local out = answer;
  out.set(first->get());
  return out;
}

}  // namespace shoal
