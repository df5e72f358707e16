import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { z } from 'zod'
import { alertsSchema } from '../core/alert-file.ts'
import { factorsSchema } from '../core/factor-file.ts'
import { organisationSchema } from '../core/organisation.ts'
import { targetsSchema } from '../core/target-file.ts'

/**
 * Writes the JSON Schema of every configuration file, from which editors complete and check them. With
 * --check it only says whether the committed ones are stale.
 */
const folder = new URL('../config/schema/', import.meta.url)
const schemas = {
  organisation: organisationSchema,
  targets: targetsSchema,
  factors: factorsSchema,
  alerts: alertsSchema,
}
const check = process.argv.includes('--check')

await mkdir(folder, { recursive: true })
for (const [name, schema] of Object.entries(schemas)) {
  const file = new URL(`${name}.schema.json`, folder)
  const text = `${JSON.stringify({ title: `${name}.yaml of wattwell`, ...z.toJSONSchema(schema, { io: 'input' }) }, null, 2)}\n`
  if (!check) await writeFile(file, text)
  else if ((await readFile(file, 'utf8').catch(() => '')) !== text) {
    process.stderr.write(`config/schema/${name}.schema.json is stale: npm run schemas\n`)
    process.exitCode = 1
  }
}
