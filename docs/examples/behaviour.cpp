// SPDX-License-Identifier: BSL-1.0
// First sight of a type: the resolver, roles, refusal, loading that takes time; and a call site
// that remembers what it has found.

#include <shoal/shoal.hpp>

#include <cstdio>
#include <string>
#include <string_view>

namespace {

// %%SHOAL methods
using methods = std::string;  // of the runtime: a table, a prototype object, whatever it calls into

class runtime {
 public:
  // Asked on this agent's thread, once for each type it meets and has not bound. It may run code of
  // the language: that code may declare types, bind them, and look prototypes up.
  shoal::resolve_answer resolve_prototype(shoal::agent&,
                                          const shoal::resolve_request& asked) noexcept {
    if (asked.behaviour.empty()) return shoal::resolve_answer::no_prototype();
    if (asked.behaviour == "not/trusted") {
      // An error of the runtime's own, which realm.refusal(type) answers later.
      return shoal::resolve_answer::refuse(1);
    }
    if (asked.behaviour == "from/afar" && !arrived) {
      return shoal::resolve_answer::pending();  // begin to load; the entry stays unbound
    }
    return shoal::resolve_answer::bind(
        reinterpret_cast<std::uintptr_t>(new methods(asked.behaviour)));
  }
  // Once for each word that was handed over: when it is replaced, and when the agent leaves.
  void release(shoal::agent&, std::uint64_t word, shoal::released what) noexcept {
    if (what == shoal::released::prototype) delete reinterpret_cast<methods*>(word);
  }
  bool arrived = false;
};
// %%END

// %%SHOAL cache
// A call site's memory. `epoch` is read before the look-up, so that a change in between is seen the
// next time.
struct inline_cache {
  std::uint32_t type_index = 0;
  std::uint64_t epoch = 0;
  std::uint64_t word = 0;
};

std::uint64_t cached_lookup(shoal::agent& agent, const shoal::reference& object,
                            inline_cache& site) {
  const std::uint64_t epoch = agent.realm().epoch();
  const std::uint32_t index = object.type_index();
  if (site.type_index == index && site.epoch == epoch) return site.word;
  const shoal::prototype found = agent.prototype_of(object);
  if (!found) return 0;  // never remembered: it may be bound any time
  site = {index, epoch, found.word()};
  return found.word();
}
// %%END

std::string name_behind(std::uint64_t word) {
  return word == 0 ? "nothing" : *reinterpret_cast<const methods*>(word);
}

bool expect(const std::string& is, std::string_view wanted) {
  std::printf("%s\n", is.c_str());
  return is == wanted;
}

}  // namespace

int main() {
  shoal::cluster cluster;
  runtime of_ui;
  runtime of_worker;
  shoal::attachment ui = cluster.attach({.role = "ui", .hooks = shoal::hooks_of(of_ui)}).value();

  // %%SHOAL roles
  const shoal::behaviour behaviours[] = {{.role = "", .name = "point"},
                                         {.role = "ui", .name = "point/drawn"}};
  const shoal::type point =
      ui->declare({.name = "Point", .fields = {{"x", shoal::f64}}, .behaviours = behaviours})
          .value();
  // %%END
  shoal::scope scope(*ui);
  const shoal::local p = ui->create(scope, point).value();
  inline_cache site;
  bool right = expect(name_behind(cached_lookup(*ui, p, site)), "point/drawn");

  // %%SHOAL rebind
  const shoal::errc reloaded = ui->realm().rebind(
      ui->locals(), point, reinterpret_cast<std::uintptr_t>(new methods("point/reloaded")));
  // %%END
  right = expect(shoal::name_of(reloaded), "ok") && right;
  right = expect(name_behind(cached_lookup(*ui, p, site)), "point/reloaded") && right;

  {
    const shoal::handle sent(*ui, p);
    ui->leave();  // one thread here plays two agents, one after the other
    {
      shoal::attachment worker =
          cluster.attach({.role = "worker", .hooks = shoal::hooks_of(of_worker)}).value();
      right = expect(name_behind(worker->prototype_of(sent.get(*worker)).word()), "point") && right;
    }
    ui->enter();
  }

  // %%SHOAL answers
  const shoal::behaviour untrusted[] = {{.role = "", .name = "not/trusted"}};
  const shoal::behaviour slow[] = {{.role = "", .name = "from/afar"}};
  const shoal::local a =
      ui->create(scope, ui->declare({.name = "A", .behaviours = untrusted}).value()).value();
  const shoal::local b =
      ui->create(scope, ui->declare({.name = "B", .behaviours = slow}).value()).value();
  const shoal::errc refused = ui->prototype_of(a).code();  // from now on, without asking again
  const shoal::errc pending = ui->prototype_of(b).code();  // asked again at each look-up
  of_ui.arrived = true;
  const shoal::errc loaded = ui->prototype_of(b).code();
  // %%END
  right = expect(shoal::name_of(refused), "refused") && right;
  right = expect(shoal::name_of(pending), "pending") && right;
  right = expect(shoal::name_of(loaded), "ok") && right;
  return right ? 0 : 1;
}
