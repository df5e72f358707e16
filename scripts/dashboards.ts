import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { site } from '../dashboards/site.ts'
import { targets2026 } from '../dashboards/targets-2026.ts'

// Writes the JSON that Grafana reads; with --check, only says which file is not up to date.
const check = process.argv.includes('--check')
for (const [name, dashboard] of [
  ['targets-2026.json', targets2026()],
  ['site.json', site()],
] as const) {
  const path = fileURLToPath(new URL(`../dashboards/generated/${name}`, import.meta.url))
  const text = `${JSON.stringify(dashboard, null, 2)}\n`
  const found = await readFile(path, 'utf8').catch(() => '')
  if (found === text) continue
  if (check) {
    process.stderr.write(`dashboards/generated/${name} is not up to date: npm run dashboards\n`)
    process.exitCode = 1
  } else {
    await writeFile(path, text)
    process.stdout.write(`wrote dashboards/generated/${name}\n`)
  }
}
