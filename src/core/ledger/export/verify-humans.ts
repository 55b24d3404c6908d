import { attestNamespace } from '../key-record.ts';

/**
 * Counts the distinct humans who confirm a claim, without Factum: each answer is checked by ssh-keygen, and is about
 * exactly the claim's bytes. What it cannot see, such as a passkey's user verification, stands in the README beside it.
 */
export const verifyHumansScript = `#!/bin/sh
# Counts the distinct humans who confirm the claim in this folder.
# Usage: sh verify-humans.sh [<how many there must be, default 2>]
# Needs jq, ssh-keygen (OpenSSH 9.1 or later), and base64 and sha256sum of coreutils.
# Ends with 0 when there are enough, with 1 when not.
set -eu
cd "$(dirname "$0")"
wanted=\${1:-2}
for tool in jq ssh-keygen base64 sha256sum; do
  command -v "$tool" >/dev/null || { echo "$tool is missing" >&2; exit 3; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

digest() { hash=$(sha256sum); echo "\${hash%% *}"; }
payload_of() { jq -j .payload "$1" | base64 -d; }
said() { jq -r "$1" "$work/payload"; }

claimant=$(payload_of claim.json | jq -r .predicate.claimant.id)
envelope=$(digest <claim.json)
leaf=$({ printf '\\000'; cat claim.json; } | digest)

# Why the answer in $work/payload, of the envelope $1, does not count; nothing when it does.
refusal() {
  person=$(said .predicate.person.id)
  case $person in '' | *[!A-Za-z0-9@._+-]*) echo 'a name that cannot be checked'; return ;; esac
  [ "$(said '[.subject[].digest.sha256] | join(" ")')" = "$envelope" ] || { echo 'it is about another claim'; return; }
  [ "$(said .predicate.claimLeaf)" = "$leaf" ] || { echo 'it is about another claim'; return; }
  [ "$(said .predicate.person.kind)" = human ] || { echo 'only humans attest'; return; }
  [ "$person" != "$claimant" ] || { echo 'a claimant never counts on their own claim'; return; }
  # What was signed is the pre-authentication encoding of DSSE.
  type=$(jq -j .payloadType "$1")
  { printf 'DSSEv1 %s %s %s ' "\${#type}" "$type" "$(($(wc -c <"$work/payload")))"; cat "$work/payload"; } >"$work/signed"
  jq -j '.signatures[0].sig' "$1" | base64 -d >"$work/sig" 2>"$work/why" || { echo 'it has no signature'; return; }
  # Of a key that was removed later, what was signed before stays valid.
  at=$(said '.predicate.attestedAt[0:19] | gsub("[-:T]"; "") + "Z"')
  ssh-keygen -Y verify -O "verify-time=$at" -f allowed_signers -I "$person" -n ${attestNamespace} -s "$work/sig" \\
    <"$work/signed" >"$work/why" 2>&1 || echo "ssh-keygen does not accept the signature as one of $person"
}

: >"$work/answers"
for entry in entries/*.json; do
  payload_of "$entry" >"$work/payload" 2>"$work/why" || : >"$work/payload"
  kind=$(said .predicateType 2>"$work/why") || kind=
  case $kind in
    */human-attestation/v0.1) ;;
    '') echo "$entry: refused: it cannot be read"; continue ;;
    *) continue ;;
  esac
  why=$(refusal "$entry")
  if [ -n "$why" ]; then echo "$entry: refused: $why"; continue; fi
  said '.predicate | [.person.id, .attestedAt, .decision
    + (if .saw.otherAttestations or .saw.aiReview then ", not independently" else "" end)] | @tsv' >"$work/answer"
  cat "$work/answer" >>"$work/answers"
  echo "$entry: $(cat "$work/answer")"
done

# Of one person's answers the newest counts, whatever key signed it, and of two at one time not the confirmation.
count=$(jq -R -n '[inputs | split("\\t")] | group_by(.[0]) | map(max_by([.[1], .[2] != "confirm"])[2])
  | map(select(. == "confirm")) | length' "$work/answers")
echo "$count distinct humans confirm independently, $wanted wanted"
[ "$count" -ge "$wanted" ]
`;
