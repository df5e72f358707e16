#!/bin/sh
# Writes into .env what docker-compose.yml asks for: secrets that nobody has chosen, and what people may
# change. An entry that is there already stays as it is.
set -eu
cd "$(dirname "$0")/.."
umask 077
touch .env
chmod go-rwx .env
[ -z "$(tail -c 1 .env)" ] || echo >>.env

# Name, value, and what a person who edits the file should know.
entry() {
  grep -q "^$1=" .env || printf '%s%s=%s\n' "${3:+# $3
}" "$1" "$2" >>.env
}

# 40 letters and digits: they stand in an address without being escaped.
secret() {
  entry "$1" "$(LC_ALL=C tr -dc 'A-Za-z0-9' </dev/urandom | head -c 40)"
}

secret MOSQUITTO_WATTWELL_PASSWORD
secret MOSQUITTO_METERS_PASSWORD
secret INFLUXDB_ADMIN_PASSWORD
secret INFLUXDB_ADMIN_TOKEN
secret INFLUXDB_READER_PASSWORD
secret GRAFANA_ADMIN_PASSWORD
secret WATTWELL_API_KEY

entry MOSQUITTO_BIND 127.0.0.1 'The addresses of this machine that listen; 0.0.0.0 for all of them.'
entry WATTWELL_BIND 127.0.0.1
entry GRAFANA_BIND 127.0.0.1

entry WATTWELL_CONFIG_FOLDER '' 'A folder with an organisation.yaml of your own; while it is empty, the demo runs.'
entry WATTWELL_SIMULATE '' 'Empty: only the meters of the demo are simulated. 1: yours as well. 0: none.'

entry WATTWELL_SMTP_URL '' 'smtp://user:password@host:587, for notices by mail.'
entry WATTWELL_SMTP_FROM '' 'The address that mail is from.'
entry WATTWELL_PAGE_URL '' 'The page as readers of notices reach it, such as https://energy.example.com.'

entry GRAFANA_ALERT_EMAIL '' 'Who gets the alerts of Grafana by mail, with commas between them; empty: nobody.'
entry GRAFANA_URL '' 'Grafana as they reach it, such as https://grafana.example.com.'

entry EXTERNAL_MQTT_URL '' 'Only with docker-compose.external.yml: a broker and an InfluxDB of your own.'
entry EXTERNAL_STORE_URL ''
entry EXTERNAL_INFLUX_DATABASE wattwell
entry EXTERNAL_INFLUX_TOKEN '' 'For wattwell, which writes: a token, or a user and a password.'
entry EXTERNAL_INFLUX_USERNAME ''
entry EXTERNAL_INFLUX_PASSWORD ''
entry EXTERNAL_INFLUX_READ_TOKEN '' 'For Grafana, which reads: a token, or a user, a password, and the data source named below.'
entry EXTERNAL_INFLUX_TOKEN_KIND Token 'Bearer for InfluxDB 3.'
entry EXTERNAL_INFLUX_READER ''
entry EXTERNAL_INFLUX_READER_PASSWORD ''
entry EXTERNAL_GRAFANA_DATASOURCE './deploy/grafana/datasource-token.yaml' 'With a user: ./dashboards/provisioning/datasources/wattwell.yaml'

echo ".env is complete. Next: docker compose up -d --build"
echo "  page     http://127.0.0.1:8080   key: WATTWELL_API_KEY"
echo "  Grafana  http://127.0.0.1:3000   user admin, password: GRAFANA_ADMIN_PASSWORD"
echo "  MQTT     127.0.0.1:1883          user meters, password: MOSQUITTO_METERS_PASSWORD"
