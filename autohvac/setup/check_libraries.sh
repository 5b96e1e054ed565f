#!/bin/sh
# OpenCV needs two system libraries that a bare Debian lacks: install them where we may, else say how.
python=$1
"$python" -c 'import cv2' >/dev/null 2>&1 && exit 0
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "installing libgl1 and libglib2.0-0 (OpenCV needs them)"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq libgl1 libglib2.0-0 >/dev/null
    exec "$python" -c 'import cv2'
fi
echo "OpenCV cannot be loaded. Run: sudo apt-get install libgl1 libglib2.0-0" >&2
exit 1
