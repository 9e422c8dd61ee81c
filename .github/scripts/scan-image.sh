#!/usr/bin/env bash
# Lists what an image is made of (SBOM), and the known holes of it.
#
# Usage: .github/scripts/scan-image.sh --image FILE --folder FOLDER
#   --image   the image, as `docker save` wrote it
#   --folder  where sbom.cdx.json and vulnerabilities.json go
# Needs: trivy, jq; the internet, for the list of known holes
# Fails when the image cannot be read, or has a hole that is critical or high and that somebody has mended.
set -euo pipefail
# shellcheck source=.github/scripts/lib.sh
source "$(dirname "$0")/lib.sh"

image='' folder=''
options image folder -- "$@"
if [[ ! -f $image ]]; then refuse "--image is '$image', which is no file."; fi
if [[ ! $folder =~ ^[A-Za-z0-9_./-]+$ ]]; then refuse "--folder is '$folder', and must be a folder's path."; fi
mkdir -p "$folder"

trivy image --quiet --input "$image" --format cyclonedx --output "$folder/sbom.cdx.json" ||
    fail 'The image cannot be read.'
trivy image --quiet --input "$image" --scanners vuln --format json --output "$folder/vulnerabilities.json" ||
    fail 'The image cannot be judged: is the list of known holes out of reach?'

heading 'Known holes'
jq --raw-output '[.Results[]?.Vulnerabilities[]?] | group_by(.Severity)[] | [.[0].Severity, length,
    ([.[] | select(.FixedVersion)] | length)] | @tsv' "$folder/vulnerabilities.json" | table Severity 'How many' Mended
jq --raw-output '[.Results[]?.Vulnerabilities[]? | select(.Severity | IN("CRITICAL", "HIGH"))] | .[:10][]
    | [.VulnerabilityID, .Severity, .PkgName, .InstalledVersion, (.FixedVersion // "none")] | @tsv' \
    "$folder/vulnerabilities.json" | table Hole Severity In Version 'Mended in'
bad=$(jq '[.Results[]?.Vulnerabilities[]? | select((.Severity | IN("CRITICAL", "HIGH")) and .FixedVersion)] | length' \
    "$folder/vulnerabilities.json")
if ((bad > 0)); then fail "$bad critical or high holes are mended in newer versions: take those."; fi
succeed 'No critical or high hole that somebody has mended.'
