#!/bin/sh
# Install the OCR engine where we may; otherwise say the one line to run and go on without it.
command -v tesseract >/dev/null 2>&1 && exit 0
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "installing the OCR engine"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq tesseract-ocr tesseract-ocr-spa; } >/dev/null 2>&1 && exit 0
fi
if command -v brew >/dev/null 2>&1; then
    echo "For scanned plans run: brew install tesseract tesseract-lang"
else
    echo "For scanned plans run: sudo apt-get install tesseract-ocr tesseract-ocr-spa"
fi
exit 0
