#!/usr/bin/env bash
# Node n1, in this terminal, until Ctrl-C. Its data is kept; --fresh empties it first.
set -euo pipefail
cd "$(dirname "$0")/../.."

export HTTP_SERVER_PORT=8000
export RAFT_SERVER_PORT=9000
export RAFT_NODE_ID=n1
export RAFT_VOLUME_DIR=.quorate/three-terminals/n1

# The first node makes the cluster that the others join. Once it has data, this does nothing.
export RAFT_BOOTSTRAP=true

node tools/prepare.mjs
if [[ ${1:-} == --fresh ]]; then rm -rf "$RAFT_VOLUME_DIR"; fi
echo "$RAFT_NODE_ID is process $$"
exec node apps/node/dist/main.js
