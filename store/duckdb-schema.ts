/**
 * Tables of the embedded store. Instants are epoch milliseconds in DOUBLE: exact for any date, and a
 * Float64Array on this side of the binding, where a BIGINT would be one BigInt a value.
 *
 * `readings` has no key: appending stays cheap, a duplicate is dropped where it is read, and the range
 * of instants and meters that DuckDB keeps per row group finds a span without reading the history.
 */
export const tables: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS names (kind VARCHAR, key INTEGER, name VARCHAR, PRIMARY KEY (kind, key))`,
  `CREATE TABLE IF NOT EXISTS readings (meter INTEGER, instant DOUBLE, value DOUBLE, unit INTEGER, received DOUBLE)`,
  `CREATE SEQUENCE IF NOT EXISTS tickets`,
  `CREATE TABLE IF NOT EXISTS touched (ticket BIGINT, meter INTEGER, from_ms DOUBLE, to_ms DOUBLE)`,
  `CREATE TABLE IF NOT EXISTS rollups (
     meter INTEGER, grain INTEGER, start_ms DOUBLE, end_ms DOUBLE, value DOUBLE, covered_ms DOUBLE, head DOUBLE, tail DOUBLE,
     estimated DOUBLE DEFAULT 0, flags DOUBLE DEFAULT 0,
     PRIMARY KEY (meter, grain, start_ms))`,
  // Of a file that an earlier version made.
  `ALTER TABLE rollups ADD COLUMN IF NOT EXISTS estimated DOUBLE DEFAULT 0`,
  `ALTER TABLE rollups ADD COLUMN IF NOT EXISTS flags DOUBLE DEFAULT 0`,
  `CREATE SEQUENCE IF NOT EXISTS arrivals`,
  `CREATE TABLE IF NOT EXISTS quarantine (id VARCHAR PRIMARY KEY, arrival BIGINT DEFAULT nextval('arrivals'), entry VARCHAR)`,
  `CREATE TABLE IF NOT EXISTS entries (id VARCHAR PRIMARY KEY, arrival BIGINT DEFAULT nextval('arrivals'), entry VARCHAR)`,
  `CREATE TABLE IF NOT EXISTS journal (id VARCHAR PRIMARY KEY, arrival BIGINT DEFAULT nextval('arrivals'), entry VARCHAR)`,
  `CREATE TABLE IF NOT EXISTS notes (key VARCHAR PRIMARY KEY, value VARCHAR)`,
]
