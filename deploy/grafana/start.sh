#!/bin/sh
# Starts Grafana with the mail settings that wattwell has: SMTP_URL and SMTP_FROM. It mails only where ALERT_EMAIL says
# to whom; without, its SMTP stays off, and the address that its contact point asks for is nobody's.
set -eu

# What stands escaped in an address.
unescaped() {
  rest="$1"
  while case "$rest" in *%[0-9A-Fa-f][0-9A-Fa-f]*) true ;; *) false ;; esac; do
    head="${rest%%"%"[0-9A-Fa-f][0-9A-Fa-f]*}"
    rest="${rest#"$head%"}"
    code="${rest%"${rest#??}"}"
    printf '%s' "$head"
    # shellcheck disable=SC2059
    printf "\\$(printf '%03o' "0x$code")"
    rest="${rest#??}"
  done
  printf '%s' "$rest"
}

if [ -n "${ALERT_EMAIL:-}" ] && [ -n "${SMTP_URL:-}" ]; then
  place="${SMTP_URL#*://}"
  place="${place%%/*}"
  case "$SMTP_URL" in
    smtps://*) port=465 policy=NoStartTLS ;;
    *) port=587 policy=OpportunisticStartTLS ;;
  esac
  host="${place##*@}"
  case "$host" in
    *:*) ;;
    *) host="$host:$port" ;;
  esac
  case "$place" in
    *@*)
      account="${place%@*}"
      GF_SMTP_USER="$(unescaped "${account%%:*}")"
      GF_SMTP_PASSWORD="$(unescaped "${account#*:}")"
      export GF_SMTP_USER GF_SMTP_PASSWORD
      ;;
  esac
  # An address, or a name and an address in angle brackets.
  case "${SMTP_FROM:-}" in
    *"<"*">"*)
      address="${SMTP_FROM##*<}"
      name="${SMTP_FROM%%<*}"
      export GF_SMTP_FROM_ADDRESS="${address%%>*}" GF_SMTP_FROM_NAME="${name% }"
      ;;
    *) export GF_SMTP_FROM_ADDRESS="${SMTP_FROM:-}" GF_SMTP_FROM_NAME=Grafana ;;
  esac
  export GF_SMTP_ENABLED=true GF_SMTP_HOST="$host" GF_SMTP_STARTTLS_POLICY="$policy"
else
  export GF_SMTP_ENABLED=false ALERT_EMAIL=nobody@example.invalid
fi
unset SMTP_URL SMTP_FROM
exec "${1:-/run.sh}"
