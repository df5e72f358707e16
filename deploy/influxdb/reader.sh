#!/bin/bash
# Run once, when InfluxDB is set up: the bucket gets the name that InfluxQL asks for, and Grafana a user that may read it and nothing else.
set -eu

influx v1 dbrp create \
  --org "$DOCKER_INFLUXDB_INIT_ORG" \
  --bucket-id "$DOCKER_INFLUXDB_INIT_BUCKET_ID" \
  --db "$DOCKER_INFLUXDB_INIT_BUCKET" \
  --rp autogen \
  --default

influx v1 auth create \
  --org "$DOCKER_INFLUXDB_INIT_ORG" \
  --read-bucket "$DOCKER_INFLUXDB_INIT_BUCKET_ID" \
  --username grafana \
  --password "$INFLUXDB_READER_PASSWORD"
