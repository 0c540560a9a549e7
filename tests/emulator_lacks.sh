#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
# Stands for tests that cannot run under the emulator: skipped.
echo "skipped: the emulator lacks $1"
exit 77
