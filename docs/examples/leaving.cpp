// SPDX-License-Identifier: BSL-1.0
// Forking, sharing that is switched off, and what is held by whom.

#include <shoal/shoal.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>

namespace {

int in_the_child(shoal::cluster& cluster, shoal::agent& agent) {
  // %%SHOAL fork
  // The agents of other threads are gone with their threads. Until we say so, calls answer
  // `forked`.
  shoal::scope scope(agent);
  if (agent.declare("Late", {}).code() != shoal::errc::forked) return 1;
  if (cluster.after_fork_child(&agent) != shoal::errc::ok) return 1;  // this thread's agent goes on
  if (!agent.declare("Late", {})) return 1;
  // %%END
  return 0;
}

}  // namespace

int main() {
  shoal::cluster cluster;
  {
    shoal::attachment joined = cluster.attach({.role = "main"}).value();
    shoal::agent& agent = *joined;
    const pid_t child = fork();
    if (child == 0) _exit(in_the_child(cluster, agent));
    int status = 0;
    if (waitpid(child, &status, 0) != child || status != 0) return 1;

    const shoal::type point = agent.declare("Point", {{"x", shoal::f64}}).value();
    shoal::scope scope(agent);
    const shoal::local p = agent.create(scope, point).value();
    const shoal::handle kept(agent, p);

    // %%SHOAL account
    const shoal::agent_account mine = agent.account();
    char text[512];
    if (shoal::to_json(mine, text, sizeof text) >= sizeof text) return 1;
    std::printf("%s\n", text);
    // %%END
    if (mine.handles != 1) return 1;

    // %%SHOAL forbid
    cluster.forbid_sharing();  // for good, from any thread
    if (agent.create(scope, point).code() != shoal::errc::sharing_forbidden) return 1;
    // %%END
  }
  const shoal::cluster_account left = cluster.account();
  return left.agents == 0 && left.sum.handles == 0 && left.orphan_handles == 0 ? 0 : 1;
}
