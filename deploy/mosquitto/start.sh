#!/bin/sh
# Starts Mosquitto with the passwords of the environment, hashed. The first argument is the folder of its data.
set -eu
here="$(cd "$(dirname "$0")" && pwd)"
cd "${1:-/mosquitto}"
umask 077
mkdir -p run data
rm -f run/passwords run/acl
: >run/passwords
mosquitto_passwd -b run/passwords wattwell "$MOSQUITTO_WATTWELL_PASSWORD"
mosquitto_passwd -b run/passwords meters "$MOSQUITTO_METERS_PASSWORD"
cp "$here/acl" run/acl
# Mosquitto gives up root by itself, and then has to read these.
[ "$(id -u)" != 0 ] || chown -R mosquitto:mosquitto run data
exec mosquitto -c "$here/mosquitto.conf"
