#!/usr/bin/env bash
# Node n2, in this terminal, until Ctrl-C. Its data is kept; --fresh empties it first.
set -euo pipefail
cd "$(dirname "$0")/../.."

export HTTP_SERVER_PORT=8001
export RAFT_SERVER_PORT=9001
export RAFT_NODE_ID=n2
export RAFT_VOLUME_DIR=.quorate/three-terminals/n2

node tools/prepare.mjs
if [[ ${1:-} == --fresh ]]; then rm -rf "$RAFT_VOLUME_DIR"; fi
echo "$RAFT_NODE_ID is process $$"
exec node apps/node/dist/main.js
