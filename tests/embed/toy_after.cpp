// SPDX-License-Identifier: BSL-1.0
//
// Minnow, a small Lisp with a heap of its own for each thread.
//
// %%SHOAL 0 about
// Here it has adopted Shoal; toy_before.cpp is the same language before. A mark like the one above
// begins each place that changed, with the step of docs/tutorial/ that changes it, and %%END ends
// it. What lies outside of the marks is the same in both files, and a test says so.
// %%END
//
// A value is nil, a truth, a number or a cell of the interpreter's heap. That heap has a mark-sweep
// collector, which runs at calls only: so what a built-in function has in its hands is safe until
// it calls back into the language, and what must last longer is pushed on the stack.

#include <cmath>
#include <cstdio>
#include <map>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

// %%SHOAL 1 include
#include <shoal/shoal.hpp>
// %%END

namespace {

struct cell;
class interpreter;

struct failure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// %%SHOAL 1 need
// What Shoal answers as a result becomes an error of the language.
template <class T>
T need(shoal::result<T> answer) {
  if (!answer) throw failure(answer.error().message());
  return std::move(answer).value();
}
// %%END

struct value {
  enum class form { nil, truth, number, cell };

  value() = default;
  explicit value(bool from) : what(form::truth), truth(from) {}
  explicit value(double from) : what(form::number), number(from) {}
  explicit value(struct cell* from) : what(form::cell), object(from) {}

  form what = form::nil;
  union {
    bool truth;
    double number;
    struct cell* object = nullptr;
  };
};

// %%SHOAL 5 parcel
// A value on its way to another interpreter. A shared object goes by handle, so that it lives until
// it is unpacked; what is not a shared object goes as it is.
struct parcel {
  shoal::datum what;
  shoal::handle object;
};
// %%END

// An interpreter that runs in a thread of its own.
struct task {
  std::thread thread;
  std::string error;
  // %%SHOAL 5 task
  std::vector<parcel> arguments;
  parcel answer;
  // %%END
};

using native = value (interpreter::*)(std::span<const value> arguments);

struct cell {
  enum class kind {
    text,
    symbol,
    pair,    // slots: head, tail
    lambda,  // slots: parameters, body, frame
    native,
    frame,   // slots: the outer frame, then a symbol and its value, and so on
    type,    // slots: a frame of methods, then the field names
    object,  // slots: the type, then the fields
    task,
    // %%SHOAL 2 kind
    shared_type,
    // %%END
    // %%SHOAL 3 kind
    shared_object,
    // %%END
  };

  kind what;
  bool marked = false;
  std::string text = {};  // of a text, a symbol, a type
  std::vector<value> slots = {};
  native call = nullptr;
  std::unique_ptr<struct task> running = {};
  // %%SHOAL 2 cell
  shoal::type identity = {};  // of a shared type
  // %%END
  // %%SHOAL 3 cell
  shoal::handle held = {};  // of a shared object
  // %%END
};

bool is(const value& v, cell::kind what) {
  return v.what == value::form::cell && v.object->what == what;
}

// What all interpreters of the program have in common.
struct world {
  std::map<std::string, std::string> modules;
  // %%SHOAL 1 world
  shoal::cluster cluster;
  // %%END
  // %%SHOAL 2 world
  shoal::cohort cohort{cluster.types()};
  // %%END
};

class interpreter {
 public:
  // %%SHOAL 1 attach
  interpreter(world& around, const char* role)
      : world_(around),
        joined_(need(around.cluster.attach({.role = role, .hooks = shoal::hooks_of(*this)}))),
        agent_(*joined_) {
    // %%END
    globals_ = make(cell::kind::frame).object;
    globals_->slots.emplace_back();
    add("+", &interpreter::sum);
    add("-", &interpreter::difference);
    add("*", &interpreter::product);
    add("<", &interpreter::less);
    add("=", &interpreter::same);
    add("sqrt", &interpreter::root);
    add("car", &interpreter::car);
    add("cdr", &interpreter::cdr);
    add("list", &interpreter::list);
    add("spawn", &interpreter::spawn);
    add("join", &interpreter::join);
    // %%SHOAL 6 natives
    add("share", &interpreter::share);
    add("at", &interpreter::at);
    // %%END
  }

  ~interpreter() {
    for (const auto& one : cells_) finish(*one);
  }

  // Evaluates the forms of a text and answers the last one's value.
  value run(const std::string& module, std::string_view source) {
    const std::string outer = std::exchange(module_, module);
    const std::size_t height = stack_.size();
    value last;
    while (skip_space(source)) {
      stack_.push_back(read(source));
      last = eval(stack_.back(), globals_);
      stack_.resize(height);
    }
    module_ = outer;
    return last;
  }

  std::string print(const value& v) {
    switch (v.what) {
      case value::form::nil:
        return "nil";
      case value::form::truth:
        return v.truth ? "true" : "false";
      case value::form::number: {
        char digits[32];
        std::snprintf(digits, sizeof digits, "%g", v.number);
        return digits;
      }
      default:
        break;
    }
    if (is(v, cell::kind::text)) return '"' + v.object->text + '"';
    if (is(v, cell::kind::symbol)) return v.object->text;
    if (is(v, cell::kind::pair)) {
      std::string out = "(" + print(head(v));
      for (value rest = tail(v); is(rest, cell::kind::pair); rest = tail(rest)) {
        out += ' ' + print(head(rest));
      }
      return out + ')';
    }
    return "#<" + describe(v) + '>';
  }

  void define(const std::string& name, const value& v) { bind(*globals_, symbol(name), v); }
  value list(std::span<const value> items) {
    value all;
    for (std::size_t i = items.size(); i-- != 0;) all = pair(items[i], all);
    return all;
  }

  // %%SHOAL 4 hooks
  // First sight of a type whose methods this interpreter does not have: the module that declares
  // the type has them. What the module binds while it runs is the answer.
  shoal::resolve_answer resolve_prototype(shoal::agent&,
                                          const shoal::resolve_request& asked) noexcept {
    try {
      use(std::string(asked.behaviour));
      return shoal::resolve_answer::no_prototype();
    } catch (const std::exception&) {
      return shoal::resolve_answer::failed();
    }
  }
  // Shoal lets go of a table of methods: our collector may have it.
  void release(shoal::agent&, std::uint64_t word, shoal::released) noexcept {
    std::erase(pinned_, reinterpret_cast<cell*>(word));
  }
  // %%END

  // %%SHOAL 6 describe
  // A private value, in the words of the language, for Shoal's messages.
  void describe(shoal::agent&, std::uint64_t word, char* text, std::size_t room) noexcept {
    std::snprintf(text, room, "%s", describe(value(reinterpret_cast<cell*>(word))).c_str());
  }
  // %%END

  // %%SHOAL 5 pack
  parcel pack(const value& v) {
    shoal::scope in(agent_);
    parcel out{datum_of(in, v), {}};
    if (out.what.what == shoal::datum::form::local) {
      throw failure(agent_.explain_unshared(out.what.word).message());
    }
    if (out.what.what == shoal::datum::form::reference) {
      out.object = shoal::handle(agent_, shoal::reference(out.what.object));
      if (!out.object) throw failure("out of memory");
    }
    return out;
  }
  value unpack(const parcel& from) {
    if (!from.object) return value_of(from.what);
    return value_of(shoal::datum_of_object(from.object.get(agent_).address()));
  }
  // %%END

 private:
  // The heap

  value make(cell::kind what) {
    cells_.push_back(std::make_unique<cell>(cell{.what = what}));
    return value(cells_.back().get());
  }
  value text(std::string from) {
    const value made = make(cell::kind::text);
    made.object->text = std::move(from);
    return made;
  }
  value pair(const value& first, const value& rest) {
    const value made = make(cell::kind::pair);
    made.object->slots = {first, rest};
    return made;
  }
  value symbol(const std::string& name) {
    value& known = symbols_[name];
    if (known.what == value::form::nil) {
      known = make(cell::kind::symbol);
      known.object->text = name;
    }
    return known;
  }

  // Calls come here: the one place where either heap may be collected.
  void safepoint() {
    // %%SHOAL 1 poll
    agent_.poll();
    // %%END
    if (cells_.size() < limit_) return;
    std::vector<cell*> grey{globals_};
    for (const value& v : stack_) push_cell(grey, v);
    for (const auto& [name, v] : symbols_) push_cell(grey, v);
    // %%SHOAL 4 roots
    grey.insert(grey.end(), pinned_.begin(), pinned_.end());
    // %%END
    while (!grey.empty()) {
      cell* const one = grey.back();
      grey.pop_back();
      if (std::exchange(one->marked, true)) continue;
      for (const value& v : one->slots) push_cell(grey, v);
    }
    std::erase_if(cells_, [&](const std::unique_ptr<cell>& one) {
      if (std::exchange(one->marked, false)) return false;
      finish(*one);
      return true;
    });
    limit_ = cells_.size() * 2 + 1000;
  }
  static void push_cell(std::vector<cell*>& to, const value& v) {
    if (v.what == value::form::cell) to.push_back(v.object);
  }

  // What must happen before a cell goes.
  void finish(cell& dead) {
    if (dead.running && dead.running->thread.joinable()) wait_for(*dead.running);
    // %%SHOAL 3 finish
    dead.held.drop_from(agent_);
    // %%END
  }
  void wait_for(task& other) {
    // %%SHOAL 1 wait
    const shoal::blocked_region away(agent_);  // nobody waits for us while we wait
    // %%END
    other.thread.join();
  }

  // Reading

  static bool skip_space(std::string_view& from) {
    const std::size_t at = from.find_first_not_of(" \n");
    from.remove_prefix(at == from.npos ? from.size() : at);
    return !from.empty();
  }
  value read(std::string_view& from) {
    if (!skip_space(from)) throw failure("the text ends in the middle of a form");
    if (from[0] == '(') {
      from.remove_prefix(1);
      std::vector<value> items;
      while (skip_space(from) && from[0] != ')') items.push_back(read(from));
      if (from.empty()) throw failure("a list is not closed");
      from.remove_prefix(1);
      return list(items);
    }
    if (from[0] == '"') {
      const std::size_t end = from.find('"', 1);
      if (end == from.npos) throw failure("a text is not closed");
      const value made = text(std::string(from.substr(1, end - 1)));
      from.remove_prefix(end + 1);
      return made;
    }
    const std::string word(from.substr(0, from.find_first_of(" \n()")));
    from.remove_prefix(word.size());
    if (word == "nil") return {};
    if (word == "true" || word == "false") return value(word == "true");
    char* end = nullptr;
    const double number = std::strtod(word.c_str(), &end);
    return *end == '\0' ? value(number) : symbol(word);
  }

  // Evaluation

  static const value& head(const value& v) {
    if (!is(v, cell::kind::pair)) throw failure("a list is needed here");
    return v.object->slots[0];
  }
  static const value& tail(const value& v) {
    if (!is(v, cell::kind::pair)) throw failure("a list is needed here");
    return v.object->slots[1];
  }
  static const value& item(value v, int n) {
    while (n-- != 0) v = tail(v);
    return head(v);
  }
  static const std::string& name_of(const value& v) {
    if (!is(v, cell::kind::symbol)) throw failure("a name is needed here");
    return v.object->text;
  }
  static double number(const value& v) {
    if (v.what != value::form::number) throw failure("a number is needed here");
    return v.number;
  }
  static bool truth(const value& v) {
    return v.what != value::form::nil && (v.what != value::form::truth || v.truth);
  }

  static value* find(cell* frame, const value& name) {
    for (; frame != nullptr; frame = frame->slots[0].object) {
      for (std::size_t i = 1; i < frame->slots.size(); i += 2) {
        if (frame->slots[i].object == name.object) return &frame->slots[i + 1];
      }
    }
    return nullptr;
  }
  static void bind(cell& frame, const value& name, const value& v) {
    name_of(name);
    for (std::size_t i = 1; i < frame.slots.size(); i += 2) {
      if (frame.slots[i].object == name.object) {
        frame.slots[i + 1] = v;
        return;
      }
    }
    frame.slots.push_back(name);
    frame.slots.push_back(v);
  }

  value eval(value form, cell* frame) {
    if (is(form, cell::kind::symbol)) {
      value* const found = find(frame, form);
      if (found == nullptr) throw failure(form.object->text + " is not defined");
      return *found;
    }
    if (!is(form, cell::kind::pair)) return form;
    if (is(head(form), cell::kind::symbol)) {
      value out;
      if (eval_special(name_of(head(form)), form, frame, out)) return out;
    }
    const std::size_t height = stack_.size();
    stack_.push_back(eval(head(form), frame));
    return call_on_stack(height, tail(form), frame);
  }

  // The function and what comes before its other arguments are on the stack, from `height` on.
  value call_on_stack(std::size_t height, value rest, cell* frame) {
    for (; is(rest, cell::kind::pair); rest = tail(rest)) {
      stack_.push_back(eval(head(rest), frame));
    }
    safepoint();
    const std::span<const value> arguments(stack_.data() + height + 1, stack_.size() - height - 1);
    const value function = stack_[height];
    value out;
    if (is(function, cell::kind::native)) {
      out = (this->*function.object->call)(arguments);
    } else if (is(function, cell::kind::lambda)) {
      const value inner = make(cell::kind::frame);
      inner.object->slots.push_back(function.object->slots[2]);
      std::size_t n = 0;
      for (value name = function.object->slots[0]; is(name, cell::kind::pair); name = tail(name)) {
        if (n == arguments.size()) throw failure("a call has too few arguments");
        bind(*inner.object, head(name), arguments[n++]);
      }
      stack_.push_back(inner);
      out = eval_all(function.object->slots[1], inner.object);
    } else {
      throw failure(describe(function) + " cannot be called");
    }
    stack_.resize(height);
    return out;
  }
  value eval_all(value forms, cell* frame) {
    value last;
    for (; is(forms, cell::kind::pair); forms = tail(forms)) last = eval(head(forms), frame);
    return last;
  }

  value lambda(const value& parameters, const value& body, cell* frame) {
    const value made = make(cell::kind::lambda);
    made.object->slots = {parameters, body, value(frame)};
    return made;
  }

  bool eval_special(const std::string& word, const value& form, cell* frame, value& out) {
    if (word == "quote") {
      out = item(form, 1);
    } else if (word == "if") {
      const bool chosen = truth(eval(item(form, 1), frame));
      out = chosen ? eval(item(form, 2), frame) : eval_all(tail(tail(tail(form))), frame);
    } else if (word == "while") {
      while (truth(eval(item(form, 1), frame))) eval_all(tail(tail(form)), frame);
    } else if (word == "begin") {
      out = eval_all(tail(form), frame);
    } else if (word == "lambda") {
      out = lambda(item(form, 1), tail(tail(form)), frame);
    } else if (word == "define") {
      out = eval(item(form, 2), frame);
      bind(*frame, item(form, 1), out);
    } else if (word == "set!") {
      out = eval(item(form, 2), frame);
      value* const place = find(frame, item(form, 1));
      if (place == nullptr) throw failure(name_of(item(form, 1)) + " is not defined");
      *place = out;
    } else if (word == "use") {
      use(name_of(item(form, 1)));
    } else if (word == "struct") {
      out = declare(form);
      // %%SHOAL 2 special
    } else if (word == "shared") {
      out = declare_shared(form);
      // %%END
    } else if (word == "method") {
      define_method(eval(item(form, 1), frame), item(form, 2),
                    lambda(item(form, 3), tail(tail(tail(tail(form)))), frame));
    } else if (word == "new") {
      const std::size_t height = stack_.size();
      stack_.push_back(eval(item(form, 1), frame));
      for (value rest = tail(tail(form)); is(rest, cell::kind::pair); rest = tail(rest)) {
        stack_.push_back(eval(head(rest), frame));
      }
      out = construct(stack_[height], {stack_.data() + height + 1, stack_.size() - height - 1});
      stack_.resize(height);
    } else if (word == "get") {
      out = load(eval(item(form, 1), frame), item(form, 2));
    } else if (word == "put") {
      const std::size_t height = stack_.size();
      stack_.push_back(eval(item(form, 1), frame));
      out = eval(item(form, 3), frame);
      store(stack_[height], item(form, 2), out);
      stack_.resize(height);
    } else if (word == "call") {
      const std::size_t height = stack_.size();
      stack_.emplace_back();
      stack_.push_back(eval(item(form, 1), frame));
      stack_[height] = method_of(stack_[height + 1], item(form, 2));
      out = call_on_stack(height, tail(tail(tail(form))), frame);
    } else {
      return false;
    }
    return true;
  }

  void use(const std::string& module) {
    const auto found = world_.modules.find(module);
    if (found == world_.modules.end()) throw failure("there is no module " + module);
    if (!std::exchange(used_[module], true)) run(module, found->second);
  }

  // Types, objects and methods

  value declare(const value& form) {
    const value made = make(cell::kind::type);
    made.object->text = name_of(item(form, 1));
    made.object->slots.push_back(make(cell::kind::frame));
    made.object->slots[0].object->slots.emplace_back();
    for (value name = tail(tail(form)); is(name, cell::kind::pair); name = tail(name)) {
      made.object->slots.push_back(head(name));
    }
    bind(*globals_, item(form, 1), made);
    return made;
  }

  // %%SHOAL 2 declare
  // (shared Point (x f64) (y f64) next): a field without a kind holds any value. Whichever
  // interpreter evaluates the declaration, the module and the name are the same, and so is the
  // type.
  value declare_shared(const value& form) {
    const std::string& name = name_of(item(form, 1));
    std::vector<shoal::field_spec> fields;
    for (value each = tail(tail(form)); is(each, cell::kind::pair); each = tail(each)) {
      const bool has_kind = is(head(each), cell::kind::pair);
      const std::string& key = name_of(has_kind ? item(head(each), 0) : head(each));
      fields.push_back({std::string_view(key),
                        has_kind ? kind_named(name_of(item(head(each), 1))) : shoal::any});
    }
    const shoal::behaviour methods[] = {{.role = "", .name = module_}};
    const value made = make(cell::kind::shared_type);
    made.object->text = name;
    made.object->identity = need(
        world_.cohort.register_struct(shoal::registration_key::of_export(module_, name),
                                      {.name = name, .fields = fields, .behaviours = methods}));
    bind(*globals_, item(form, 1), made);
    return made;
  }
  static shoal::field_kind kind_named(const std::string& word) {
    for (std::uint32_t i = 0; i < shoal::field_kind_count; ++i) {
      const auto kind = static_cast<shoal::field_kind>(i);
      if (word == shoal::name_of(kind)) return kind;
    }
    throw failure("there is no field kind " + word);
  }
  // %%END

  value construct(const value& type, std::span<const value> fields) {
    // %%SHOAL 3 construct
    if (is(type, cell::kind::shared_type)) return construct_shared(*type.object, fields);
    // %%END
    if (!is(type, cell::kind::type)) throw failure(describe(type) + " is not a type");
    const value made = make(cell::kind::object);
    made.object->slots.assign(type.object->slots.size(), value());
    made.object->slots[0] = type;
    for (std::size_t i = 0; i < fields.size(); ++i) made.object->slots.at(i + 1) = fields[i];
    return made;
  }

  static value& slot(const value& object, const value& name) {
    if (!is(object, cell::kind::object)) throw failure("this has no fields");
    const std::vector<value>& names = object.object->slots[0].object->slots;
    for (std::size_t i = 1; i < names.size(); ++i) {
      if (names[i].object == name.object) return object.object->slots[i];
    }
    throw failure("there is no field " + name_of(name));
  }
  value load(const value& object, const value& name) {
    // %%SHOAL 3 load
    if (is(object, cell::kind::shared_object)) return load_shared(*object.object, name_of(name));
    // %%END
    return slot(object, name);
  }
  void store(const value& object, const value& name, const value& v) {
    // %%SHOAL 3 store
    if (is(object, cell::kind::shared_object)) {
      return store_shared(*object.object, name_of(name), v);
    }
    // %%END
    slot(object, name) = v;
  }

  void define_method(const value& type, const value& name, const value& function) {
    // %%SHOAL 4 define
    if (is(type, cell::kind::shared_type)) {
      return bind(methods_for(type.object->identity), name, function);
    }
    // %%END
    if (!is(type, cell::kind::type)) throw failure(describe(type) + " is not a type");
    bind(*type.object->slots[0].object, name, function);
  }
  value method_of(const value& object, const value& name) {
    cell* methods = nullptr;
    // %%SHOAL 4 method
    if (is(object, cell::kind::shared_object)) methods = methods_of(*object.object);
    // %%END
    if (is(object, cell::kind::object)) methods = object.object->slots[0].object->slots[0].object;
    value* const found = find(methods, name);
    if (found == nullptr) throw failure(describe(object) + " has no method " + name_of(name));
    return *found;
  }

  // %%SHOAL 3 values
  // A shared object as a value: a cell with a handle. It lives as long as the cell.
  value hold(const shoal::reference& object) {
    const value made = make(cell::kind::shared_object);
    made.object->held = shoal::handle(agent_, object);
    if (!made.object->held) throw failure("out of memory");
    return made;
  }

  // A value as a shared field takes it. Texts are copied. What is private is handed over as a word
  // of ours, which every shared field refuses.
  shoal::datum datum_of(shoal::scope& in, const value& v) {
    switch (v.what) {
      case value::form::nil:
        return shoal::datum::null();
      case value::form::truth:
        return shoal::datum::of(v.truth);
      case value::form::number:
        return shoal::datum::of(v.number);
      default:
        break;
    }
    if (is(v, cell::kind::text)) {
      return shoal::datum::of_object(
          need(agent_.intern(in, std::string_view(v.object->text))).get().address());
    }
    if (is(v, cell::kind::shared_object)) {
      return shoal::datum::of_object(v.object->held.get(agent_).address());
    }
    return shoal::datum::of_local(reinterpret_cast<std::uintptr_t>(v.object));
  }

  // And back.
  value value_of(const shoal::datum& from) {
    switch (from.what) {
      case shoal::datum::form::boolean:
        return value(from.truth);
      case shoal::datum::form::integer:
        return value(static_cast<double>(from.integer));
      case shoal::datum::form::natural:
        return value(static_cast<double>(from.natural));
      case shoal::datum::form::number:
        return value(from.number);
      case shoal::datum::form::reference:
        break;
      default:
        return {};
    }
    const shoal::reference object(from.object);
    if (object.type_index() != shoal::builtin::string) return hold(object);
    const shoal::string_view units = shoal::string_at(object.address());
    return text({static_cast<const char*>(units.units()), units.bytes()});
  }
  // %%END

  // %%SHOAL 3 access
  value construct_shared(const cell& type, std::span<const value> fields) {
    shoal::scope in(agent_);
    const shoal::local made = need(agent_.create(in, type.identity));
    if (fields.size() > type.identity.field_count()) throw failure("there are too many values");
    for (std::size_t i = 0; i < fields.size(); ++i) {
      set(in, made, type.identity.fields()[i].where, fields[i]);
    }
    return hold(made);
  }
  value load_shared(const cell& self, std::string_view name) {
    const shoal::reference object = self.held.get(agent_);
    return value_of(agent_.get(object, need(agent_.type_of_object(object).field(name))));
  }
  void store_shared(const cell& self, std::string_view name, const value& v) {
    shoal::scope in(agent_);
    const shoal::local object = in.hold(self.held.get(agent_));
    if (!object) throw failure("out of memory");
    set(in, object, need(agent_.type_of_object(object).field(name)), v);
  }
  void set(shoal::scope& in, const shoal::local& object, const shoal::field& where,
           const value& v) {
    const shoal::datum what = datum_of(in, v);
    const shoal::errc done = agent_.set(object, where, what);
    if (done != shoal::errc::ok) {
      throw failure(agent_.explain(done, object, where, what).message());
    }
  }
  // %%END

  // %%SHOAL 4 methods
  // This interpreter's table of methods for a type, made when it is first asked for.
  cell& methods_for(const shoal::type& type) {
    const shoal::prototype known = agent_.realm().peek(type.index());
    if (known) return *reinterpret_cast<cell*>(known.word());
    cell* const made = make(cell::kind::frame).object;
    made->slots.emplace_back();
    pinned_.push_back(made);
    const shoal::errc done = agent_.realm().bind(type, reinterpret_cast<std::uintptr_t>(made));
    if (done != shoal::errc::ok) throw failure(shoal::name_of(done));
    return *made;
  }
  // The one for an object's type. On first sight this asks resolve_prototype.
  cell* methods_of(const cell& self) {
    const shoal::prototype found = agent_.prototype_of(self.held.get(agent_));
    return found ? reinterpret_cast<cell*>(found.word()) : nullptr;
  }
  // %%END

  std::string describe(const value& v) {
    if (v.what != value::form::cell) return print(v);
    switch (v.object->what) {
      case cell::kind::pair:
        return "a list";
      case cell::kind::lambda:
      case cell::kind::native:
        return "a function";
      case cell::kind::type:
        return "the type " + v.object->text;
      case cell::kind::object:
        return "a private " + v.object->slots[0].object->text;
      case cell::kind::task:
        return "a task";
        // %%SHOAL 2 describe
      case cell::kind::shared_type:
        return "the shared type " + v.object->text;
        // %%END
        // %%SHOAL 3 describe
      case cell::kind::shared_object:
        return "a shared " + std::string(agent_.type_of_object(v.object->held.get(agent_)).name());
        // %%END
      default:
        return print(v);
    }
  }

  // Built-in functions

  void add(const char* name, native call) {
    const value made = make(cell::kind::native);
    made.object->call = call;
    define(name, made);
  }
  static const value& argument(std::span<const value> all, std::size_t n) {
    if (n >= all.size()) throw failure("a call has too few arguments");
    return all[n];
  }
  value sum(std::span<const value> all) {
    double total = 0;
    for (const value& v : all) total += number(v);
    return value(total);
  }
  value difference(std::span<const value> all) {
    return value(number(argument(all, 0)) - number(argument(all, 1)));
  }
  value product(std::span<const value> all) {
    double total = 1;
    for (const value& v : all) total *= number(v);
    return value(total);
  }
  value less(std::span<const value> all) {
    return value(number(argument(all, 0)) < number(argument(all, 1)));
  }
  value same(std::span<const value> all) {
    const value& a = argument(all, 0);
    const value& b = argument(all, 1);
    // %%SHOAL 3 same
    if (is(a, cell::kind::shared_object) && is(b, cell::kind::shared_object)) {
      return value(a.object->held.get(agent_) == b.object->held.get(agent_));
    }
    // %%END
    if (a.what != b.what) return value(false);
    return value(a.what == value::form::number ? a.number == b.number : a.object == b.object);
  }
  value root(std::span<const value> all) { return value(std::sqrt(number(argument(all, 0)))); }
  value car(std::span<const value> all) { return head(argument(all, 0)); }
  value cdr(std::span<const value> all) { return tail(argument(all, 0)); }

  // %%SHOAL 5 spawn
  // (spawn "text" value...): runs the text in a thread of its own, with the values as the list
  // `arguments`.
  value spawn(std::span<const value> all) {
    const value made = make(cell::kind::task);
    made.object->running = std::make_unique<task>();
    task& started = *made.object->running;
    for (const value& v : all.subspan(1)) started.arguments.push_back(pack(v));
    started.thread =
        std::thread([&started, &around = world_, source = argument(all, 0).object->text] {
          try {
            interpreter other(around, "worker");
            std::vector<value> arguments;
            for (const parcel& each : started.arguments) arguments.push_back(other.unpack(each));
            other.define("arguments", other.list(arguments));
            started.answer = other.pack(other.run("worker", source));
          } catch (const std::exception& why) {
            started.error = why.what();
          }
        });
    return made;
  }
  value join(std::span<const value> all) {
    task& other = *argument(all, 0).object->running;
    if (other.thread.joinable()) wait_for(other);
    if (!other.error.empty()) throw failure(other.error);
    return unpack(other.answer);
  }
  // %%END

  // %%SHOAL 6 share
  // (share list): the list as a shared array; the lists in it likewise, each one once.
  value share(std::span<const value> all) {
    list_source lists{*this, {}};
    shoal::scope in(agent_);
    head(argument(all, 0));
    return hold(need(shoal::share_graph(agent_, in, lists, lists.node_of(all[0]))));
  }
  value at(std::span<const value> all) {
    shoal::element_place place;
    const shoal::errc found =
        agent_.element(argument(all, 0).object->held.get(agent_),
                       static_cast<std::uint64_t>(number(argument(all, 1))), place);
    if (found != shoal::errc::ok) throw failure(shoal::name_of(found));
    return value_of(agent_.get(place));
  }

  // How share_graph sees our lists.
  struct list_source {
    interpreter& by;
    value refused;

    static std::uint64_t node_of(const value& list) {
      return reinterpret_cast<std::uintptr_t>(list.object);
    }
    static value list_of(std::uint64_t node) { return value(reinterpret_cast<cell*>(node)); }

    shoal::result<shoal::graph_shape> shape_of(std::uint64_t node) noexcept {
      std::uint64_t length = 0;
      for (value at = list_of(node); is(at, cell::kind::pair); at = at.object->slots[1]) ++length;
      const shoal::type array = by.agent_.type_at(shoal::builtin::array_of(shoal::any));
      return shoal::graph_shape{array, length};
    }
    shoal::graph_item field_of(std::uint64_t, const shoal::field_entry&) noexcept {
      return shoal::graph_item::unshareable();
    }
    shoal::graph_item element_of(std::uint64_t node, std::uint64_t index) noexcept {
      value at = list_of(node);
      while (index-- != 0) at = at.object->slots[1];
      const value& v = at.object->slots[0];
      if (is(v, cell::kind::pair)) return shoal::graph_item::of_node(node_of(v));
      shoal::scope in(by.agent_);
      const shoal::datum leaf = by.datum_of(in, v);
      if (leaf.what != shoal::datum::form::local) return shoal::graph_item::of_leaf(leaf);
      refused = v;
      return shoal::graph_item::unshareable();
    }
    void describe(char* text, std::size_t room) noexcept {
      std::snprintf(text, room, "%s", by.describe(refused).c_str());
    }
  };
  // %%END

  world& world_;
  std::vector<std::unique_ptr<cell>> cells_;
  std::size_t limit_ = 1000;
  std::vector<value> stack_;
  std::map<std::string, value> symbols_;
  std::map<std::string, bool> used_;
  std::string module_;
  cell* globals_ = nullptr;
  // %%SHOAL 4 pinned
  std::vector<cell*> pinned_;  // tables of methods that Shoal holds for us
  // %%END
  // %%SHOAL 1 members
  shoal::attachment joined_;  // the last member: the hooks still have the others when it goes
  shoal::agent& agent_;
  // %%END
};

int failures = 0;

// Runs a text and compares what it answers, or its error, with what is wanted.
void expect(interpreter& in, const char* source, const std::string& wanted) {
  std::string answer;
  try {
    answer = in.print(in.run("main", source));
  } catch (const failure& why) {
    answer = why.what();
  }
  if (answer == wanted) return;
  std::fprintf(stderr, "%s\n  answers %s\n  not     %s\n", source, answer.c_str(), wanted.c_str());
  ++failures;
}

}  // namespace

int main() {
  world around;
  // %%SHOAL 6 trace
  // With checks=full, every some allocations look for objects that only a raw reference holds.
  around.cluster.debug_trace_every(5, 1);
  // %%END
  // %%SHOAL 2 program
  around.modules["geometry"] =
      "(shared Point (x f64) (y f64) next)"
      "(method Point norm (self)"
      "  (sqrt (+ (* (get self x) (get self x)) (* (get self y) (get self y)))))";
  // %%END
  {
    // %%SHOAL 1 program
    interpreter in(around, "main");
    // %%END
    expect(in, "(+ 1 2 3)", "6");
    expect(in, "(define fib (lambda (n) (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2)))))) (fib 15)",
           "610");
    expect(in, "(define i 0) (while (< i 3000) (set! i (+ i 1)) (list i i i)) i", "3000");
    expect(in, "(use geometry) (define p (new Point 3 4)) (call p norm)", "5");
    expect(in, "(put p x 5) (put p y 12) (call p norm)", "13");
    // %%SHOAL 4 program
    expect(in, "(call p area)", "a shared Point has no method area");
    // %%END
    // %%SHOAL 2 mismatch
    around.modules["other"] = "(shared Thing (x f64)) (shared Thing (x i32))";
    expect(in, "(use other)", "field 1 is 'x': i32 here, 'x': f64 in the registered type");
    // %%END
    // %%SHOAL 3 program
    expect(in, "(put p next \"a text\") (get p next)", "\"a text\"");
    expect(in, "(put p next p) (= p (get p next))", "true");
    expect(in, "(put p x \"three\")", "field 'x' of Point is f64 and cannot hold a string");
    expect(in, "(get p z)", "type 'Point' has no field 'z'");
    // %%END
    // %%SHOAL 5 program
    // Our object, changed by a worker that has never heard of its type, by the module's methods.
    expect(in,
           "(define worker (spawn"
           "  \"(define q (car arguments)) (put q x 6) (put q y 8) (call q norm)\" p))"
           "(join worker)",
           "10");
    expect(in, "(get p x)", "6");
    // A worker's own methods are its own.
    expect(in,
           "(join (spawn \"(use geometry) (method Point norm (self) 42)"
           "               (call (car arguments) norm)\" p))",
           "42");
    expect(in, "(call p norm)", "10");
    // What a worker makes, we get.
    expect(in, "(get (join (spawn \"(car arguments)\" p)) y)", "8");
    // %%END
    // %%SHOAL 6 program
    expect(in, "(put p next (list 1 2))",
           "field 'next' of Point cannot hold a list: it is not shared");
    expect(in, "(spawn \"nil\" car)", "a function cannot be shared");
    expect(in, "(put p next (share (list 1 \"two\" p (list 4)))) (at (get p next) 1)", "\"two\"");
    expect(in, "(= p (at (get p next) 2))", "true");
    expect(in, "(at (at (get p next) 3) 0)", "4");
    expect(in, "(share (list 1 (list 2 car)))", "root[1][1]: a function cannot be shared");
    // %%END
  }
  // %%SHOAL 6 account
  // Everybody has left, and nothing is held any more.
  const shoal::cluster_account left = around.cluster.account();
  if (left.agents != 0 || left.sum.handles != 0 || left.orphan_handles != 0 ||
      left.sum.prototypes != 0) {
    std::fprintf(stderr, "something is still held\n");
    ++failures;
  }
  // %%END
  return failures == 0 ? 0 : 1;
}
