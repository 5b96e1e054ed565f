#!/bin/sh
# Make the virtual environment; on a bare Debian the venv module comes in a package of its own.
set -eu
python=$1
venv=$2
if "$python" -m venv "$venv" >/dev/null 2>&1; then exit 0; fi
rm -rf "$venv"
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "installing python3-venv"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null
    exec "$python" -m venv "$venv"
fi
echo "The venv module is missing. Run: sudo apt-get install python3-venv" >&2
exit 1
