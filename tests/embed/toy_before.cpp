// SPDX-License-Identifier: BSL-1.0
//
// Minnow, a small Lisp with a heap of its own for each thread.
//
// %%WITHOUT 0 about
// Here it knows nothing of Shoal. toy_after.cpp is the same language after the adoption; a mark
// like the one above begins each place that changes there, and %%END ends it.
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

namespace {

struct cell;
class interpreter;

struct failure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

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

// An interpreter that runs in a thread of its own.
struct task {
  std::thread thread;
  std::string error;
  // %%WITHOUT 5 task
  std::string answer;
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
  };

  kind what;
  bool marked = false;
  std::string text = {};  // of a text, a symbol, a type
  std::vector<value> slots = {};
  native call = nullptr;
  std::unique_ptr<struct task> running = {};
};

bool is(const value& v, cell::kind what) {
  return v.what == value::form::cell && v.object->what == what;
}

// What all interpreters of the program have in common.
struct world {
  std::map<std::string, std::string> modules;
};

class interpreter {
 public:
  // %%WITHOUT 1 attach
  explicit interpreter(world& around) : world_(around) {
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
    if (cells_.size() < limit_) return;
    std::vector<cell*> grey{globals_};
    for (const value& v : stack_) push_cell(grey, v);
    for (const auto& [name, v] : symbols_) push_cell(grey, v);
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
  }
  void wait_for(task& other) { other.thread.join(); }

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

  value construct(const value& type, std::span<const value> fields) {
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
  value load(const value& object, const value& name) { return slot(object, name); }
  void store(const value& object, const value& name, const value& v) { slot(object, name) = v; }

  void define_method(const value& type, const value& name, const value& function) {
    if (!is(type, cell::kind::type)) throw failure(describe(type) + " is not a type");
    bind(*type.object->slots[0].object, name, function);
  }
  value method_of(const value& object, const value& name) {
    cell* methods = nullptr;
    if (is(object, cell::kind::object)) methods = object.object->slots[0].object->slots[0].object;
    value* const found = find(methods, name);
    if (found == nullptr) throw failure(describe(object) + " has no method " + name_of(name));
    return *found;
  }

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
    if (a.what != b.what) return value(false);
    return value(a.what == value::form::number ? a.number == b.number : a.object == b.object);
  }
  value root(std::span<const value> all) { return value(std::sqrt(number(argument(all, 0)))); }
  value car(std::span<const value> all) { return head(argument(all, 0)); }
  value cdr(std::span<const value> all) { return tail(argument(all, 0)); }

  // %%WITHOUT 5 spawn
  // (spawn "text" value...): runs the text in a thread of its own, with the values as the list
  // `arguments`. They travel as text, so only numbers and texts arrive as what they were.
  value spawn(std::span<const value> all) {
    const value made = make(cell::kind::task);
    made.object->running = std::make_unique<task>();
    task& started = *made.object->running;
    std::string source = "(define arguments (list";
    for (const value& v : all.subspan(1)) source += ' ' + print(v);
    source += "))" + argument(all, 0).object->text;
    started.thread = std::thread([&started, &around = world_, source] {
      try {
        interpreter other(around);
        started.answer = other.print(other.run("worker", source));
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
    return text(other.answer);
  }
  // %%END

  world& world_;
  std::vector<std::unique_ptr<cell>> cells_;
  std::size_t limit_ = 1000;
  std::vector<value> stack_;
  std::map<std::string, value> symbols_;
  std::map<std::string, bool> used_;
  std::string module_;
  cell* globals_ = nullptr;
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
  // %%WITHOUT 2 program
  around.modules["geometry"] =
      "(struct Point x y next)"
      "(method Point norm (self)"
      "  (sqrt (+ (* (get self x) (get self x)) (* (get self y) (get self y)))))";
  // %%END
  {
    // %%WITHOUT 1 program
    interpreter in(around);
    // %%END
    expect(in, "(+ 1 2 3)", "6");
    expect(in, "(define fib (lambda (n) (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2)))))) (fib 15)",
           "610");
    expect(in, "(define i 0) (while (< i 3000) (set! i (+ i 1)) (list i i i)) i", "3000");
    expect(in, "(use geometry) (define p (new Point 3 4)) (call p norm)", "5");
    expect(in, "(put p x 5) (put p y 12) (call p norm)", "13");
    // %%WITHOUT 4 program
    expect(in, "(call p area)", "a private Point has no method area");
    // %%END
    // %%WITHOUT 5 program
    // A worker gets numbers and texts, and answers with a text. Of an object it gets nothing.
    expect(in, "(join (spawn \"(* 6 (car arguments))\" 7))", "\"42\"");
    expect(in, "(join (spawn \"(get (car arguments) x)\" p))", "#<a is not defined");
    // %%END
  }
  return failures == 0 ? 0 : 1;
}
