#!/bin/sh
# sh docs/deploy/make-secrets.sh HOST [FOLDER]: makes what compose.yaml reads from ./secrets (or FOLDER): passwords, the deployment's
# keys, and a certificate for HOST that signs itself, to be replaced by a real one. What is there already is left alone.
set -eu
host=${1:?"which host? sh docs/deploy/make-secrets.sh kunci.agency.gov.my"}
folder=${2:-secrets}
umask 077
mkdir -p "$folder"
# It may be there already, for the agency's certificate: what keeps others out is the folder.
chmod 700 "$folder"
cd "$folder"

random() { openssl rand -base64 32 | tr '+/' '-_' | tr -d '=\n'; }

# write FILE: keeps what it is given on standard input, where there is no such file yet.
write() {
  if [ -e "$1" ]; then cat >/dev/null; else cat >"$1.part" && mv "$1.part" "$1" && echo "made $folder/$1"; fi
}

random | write database-owner-password
random | write database-password
printf 'postgres://kunci:%s@database/kunci\n' "$(cat database-owner-password)" | write database-owner-url
printf 'postgres://kunci_app:%s@database/kunci\n' "$(cat database-password)" | write database-url
random | write metrics-token
printf 'smtp://relay:587\n' | write smtp-url
: | write relay-password
{
  printf '{'
  comma=''
  for purpose in sealing lookup link cookie audit; do
    printf '%s\n  "%s": { "current": "k1", "keys": { "k1": "%s" } }' "$comma" "$purpose" "$(random)"
    comma=','
  done
  printf '\n}\n'
} | write keys.json
if [ ! -e tls.key ]; then
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout tls.key -out tls.crt -days 90 \
    -subj "/CN=$host" -addext "subjectAltName=DNS:$host" 2>/dev/null
  echo "made $folder/tls.key and $folder/tls.crt, which no browser believes: put the agency's in their place"
fi

# Inside the containers everybody runs as somebody else than root, and the folder lets nobody else in on this machine. The portal
# refuses keys that others may read, so that file is its own user's.
chmod 444 database-owner-password database-owner-url database-url database-password metrics-token smtp-url relay-password tls.key tls.crt
chmod 600 keys.json
if [ "$(id -u)" = 0 ]; then
  chown 10001:10001 keys.json
else
  echo "As root: chown 10001:10001 $folder/keys.json (the portal's user in the container)"
fi
