#!/usr/bin/env bash
# Sets the keys 1 to 1000 to their own number. A write counts when a node has acknowledged it; when
# a node does not answer, or answers an error, the next one gets the same write.
# Usage: pump.sh [address of a node]...
set -euo pipefail

nodes=("$@")
if [[ $# == 0 ]]; then nodes=(localhost:8000 localhost:8001 localhost:8002); fi
at=0

# Tries every node, for about a minute, before it gives up.
write() {
  local key=$1 misses=0
  until curl --silent --show-error --fail --max-time 10 --output /dev/null \
    "${nodes[at]}/set?key=$key&value=$key"; do
    misses=$((misses + 1))
    if ((misses >= 60 * ${#nodes[@]})); then
      echo "key $key: no node takes it; $((key - 1)) keys are written" >&2
      exit 1
    fi
    at=$(((at + 1) % ${#nodes[@]}))
    echo "key $key: turning to ${nodes[at]}" >&2
    # Every node has had its try: an election takes a moment.
    if ((misses % ${#nodes[@]} == 0)); then sleep 1; fi
  done
}

for key in {1..1000}; do
  write "$key"
  if ((key % 100 == 0)); then echo "$key keys are written"; fi
done
