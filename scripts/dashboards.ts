import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { stringify } from 'yaml'
import { alerting } from '../dashboards/alerting.ts'
import { dashboards } from '../dashboards/all.ts'
import { languages } from '../dashboards/kit/language.ts'

// Writes the JSON that Grafana reads, and its alert rules; with --check, only says which file is not up to date.
const check = process.argv.includes('--check')
for (const lang of languages) {
  const folder = fileURLToPath(new URL(`../dashboards/generated/${lang}/`, import.meta.url))
  await mkdir(folder, { recursive: true })
  const old = new Set(await readdir(folder))
  for (const [name, make] of Object.entries(dashboards)) {
    const file = `${name}.json`
    old.delete(file)
    const text = `${JSON.stringify(make(lang), null, 2)}\n`
    const found = await readFile(folder + file, 'utf8').catch(() => '')
    if (found === text) continue
    if (check) complain(`generated/${lang}/${file}`, 'is not up to date')
    else {
      await writeFile(folder + file, text)
      process.stdout.write(`wrote dashboards/generated/${lang}/${file}\n`)
    }
  }
  for (const file of old) {
    if (check) complain(`generated/${lang}/${file}`, 'is of no dashboard')
    else await rm(folder + file)
  }
}

const rules = 'provisioning/alerting/rules.yaml'
const rulesPath = fileURLToPath(new URL(`../dashboards/${rules}`, import.meta.url))
const rulesText = `# Made by dashboards/alerting.ts: npm run dashboards.\n${stringify(alerting(), { lineWidth: 0, aliasDuplicateObjects: false })}`
if ((await readFile(rulesPath, 'utf8').catch(() => '')) !== rulesText) {
  if (check) complain(rules, 'is not up to date')
  else {
    await writeFile(rulesPath, rulesText)
    process.stdout.write(`wrote dashboards/${rules}\n`)
  }
}

function complain(file: string, what: string): void {
  process.stderr.write(`dashboards/${file} ${what}: npm run dashboards\n`)
  process.exitCode = 1
}
