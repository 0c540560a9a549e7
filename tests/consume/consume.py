#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Builds and runs a small program that uses Shoal, in one of the ways a host may take it.

    subproject   a Meson project with Shoal in its subprojects folder
    installed    a compiler and pkg-config, after `meson install`
    installed_static    the same of a static library, under a prefix of its own
    one_file     a compiler, include/ and lib/shoal.cpp, no build system of ours

Exits with 77 (skipped) where the compiler or the Boost that was asked for is not there.
"""
import argparse
import os
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
STRICT = ["-std=c++20", "-Wall", "-Wextra", "-Wpedantic", "-Werror"]
PLAIN = ["-fno-exceptions", "-fno-rtti"]


def run(command, **more):
    print("+", " ".join(map(str, command)), flush=True)
    subprocess.run(list(map(str, command)), check=True, **more)


def subproject(args, work, boost):
    project = work / "host"
    shutil.copytree(HERE / "subproject", project)
    shutil.copy(HERE / "program.cpp", project)
    (project / "subprojects").mkdir()
    (project / "subprojects" / "shoal").symlink_to(ROOT, target_is_directory=True)
    environment = dict(os.environ, CXX=args.cxx)
    if boost:
        environment["BOOST_ROOT"] = str(boost)
    # Not a Shoal that happens to be installed on the machine. The library as one file: a third of the time.
    run(["meson", "setup", "--buildtype=plain", "--wrap-mode=forcefallback", "--unity=subprojects",
         "-Dunity_size=1000", work / "out", project], env=environment)
    run(["ninja", "-C", work / "out"])
    run([work / "out" / "host"])


def installed(args, work, boost):
    image = work / "image"
    run(["meson", "install", "-C", args.build, "--no-rebuild", "--quiet", "--destdir", image])
    folders = {str(p.parent) for p in image.rglob("*.pc")}
    environment = dict(os.environ, PKG_CONFIG_SYSROOT_DIR=str(image))
    # The system's own modules (jemalloc) are found beside ours, and not below the sysroot.
    environment["PKG_CONFIG_PATH"] = os.pathsep.join(folders)
    environment["LD_LIBRARY_PATH"] = os.pathsep.join({str(p.parent) for p in image.rglob("*.so")})

    use_installed(args, work, boost, environment, image)


def installed_static(args, work, boost):
    prefix = work / "prefix"
    out = work / "static"
    options = ["tests", "benchmarks", "lua", "jemalloc"]
    run(["meson", "setup", "--buildtype=plain", "--default-library=static", "--prefix", prefix,
         *[f"-D{option}=disabled" for option in options], out, ROOT],
        env=dict(os.environ, CXX=args.cxx))
    run(["ninja", "-C", out])
    run(["meson", "install", "-C", out, "--no-rebuild", "--quiet"])
    folders = {str(p.parent) for p in prefix.rglob("*.pc")}
    environment = dict(os.environ, PKG_CONFIG_PATH=os.pathsep.join(folders))
    use_installed(args, work, boost, environment, prefix)


def use_installed(args, work, boost, environment, image):
    modules = {"shoal-headers": "headers_only.cpp", "shoal": "program.cpp"}
    if list(image.rglob("shoal-jemalloc.pc")):
        modules["shoal-jemalloc"] = "jemalloc.cpp"
    for module, source in modules.items():
        flags = subprocess.run(["pkg-config", "--cflags", "--libs", module], check=True, text=True,
                               capture_output=True, env=environment).stdout.split()
        program = work / module
        plain = PLAIN if module == "shoal-headers" else []
        run([args.cxx, *STRICT, *plain, *include(boost), HERE / source, "-o", program, *flags])
        run([program], env=environment)


def one_file(args, work, boost):
    program = work / "program"
    run([args.cxx, *STRICT, *PLAIN, *include(boost), "-I", ROOT / "include", HERE / "program.cpp",
         ROOT / "lib" / "shoal.cpp", "-pthread", "-o", program])
    run([program])


def include(boost):
    return ["-isystem", boost / "include"] if boost else []


def main():
    ways = {way.__name__: way for way in (subproject, installed, installed_static, one_file)}
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("way", choices=ways)
    parser.add_argument("--cxx", required=True)
    parser.add_argument("--build", required=True, help="the build folder to install from")
    parser.add_argument("--boost", type=pathlib.Path, help="a prefix other than the system's")
    args = parser.parse_args()
    if not shutil.which(args.cxx):
        print(f"no {args.cxx}")
        return 77
    if args.boost and not (args.boost / "include" / "boost" / "version.hpp").exists():
        print(f"no Boost in {args.boost}")
        return 77
    name = f"{args.way}-{pathlib.Path(args.cxx).name}-{'later' if args.boost else 'system'}"
    work = pathlib.Path(args.build).resolve() / "consume" / name
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    try:
        ways[args.way](args, work, args.boost and args.boost.resolve())
    except subprocess.CalledProcessError as error:
        print(f"{error}\n{error.stderr or ''}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
