#!/usr/bin/env bash
# Spark's discovery script for GPUs: their numbers, as PyTorch counts them, in Spark's JSON.
set -euo pipefail
numbers=$(nvidia-smi --query-gpu=index --format=csv,noheader | sed 's/[^0-9]//g; s/.*/"&"/' | paste -sd, -)
echo "{\"name\": \"gpu\", \"addresses\": [$numbers]}"
