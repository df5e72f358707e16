import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { isNode, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { checkAlerts } from './core/alert-check.ts'
import { type AlertsFile, alertsSchema } from './core/alert-file.ts'
import { checkFactors } from './core/factor-check.ts'
import { type FactorsFile, factorsSchema } from './core/factor-file.ts'
import { type OrganisationFile, organisationSchema } from './core/organisation.ts'
import { checkOrganisation, type Finding } from './core/organisation-check.ts'
import { Organisation } from './core/organisation-index.ts'
import { checkTarget } from './core/target-check.ts'
import { type Target, targetsSchema } from './core/target-file.ts'

/** What the configuration folder says. */
export interface Config {
  readonly organisation: OrganisationFile
  readonly targets: readonly Target[]
  readonly factors: FactorsFile
  readonly alerts: AlertsFile
  /** Files of the folder that the contract knows and this version doesn't use. */
  readonly unused: readonly string[]
  /** When it was read, epoch milliseconds. */
  readonly readAt: number
}

const LATER = ['mappings.yaml']

/** Thrown by `readConfig`: a line for each thing that is not accepted, with file, line and path. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  constructor(lines: readonly string[]) {
    super(lines.join('\n'))
  }
}

/** Reads and checks the configuration. Only `organisation.yaml` must be there. */
export async function readConfig(folder: string): Promise<Config> {
  const organisation = await readYaml(
    join(folder, 'organisation.yaml'),
    organisationSchema,
    checkOrganisation,
  )
  if (organisation === null) {
    throw new ConfigError([
      `${shown(join(folder, 'organisation.yaml'))}: there is no such file; WATTWELL_CONFIG says where it is`,
    ])
  }
  const index = new Organisation(organisation)
  const targets = await readYaml(join(folder, 'targets.yaml'), targetsSchema, (file) =>
    file.targets.flatMap((target, i) =>
      checkTarget(target, index).map((f) => ({ ...f, path: ['targets', i, ...f.path] })),
    ),
  )
  const factors = await readYaml(join(folder, 'factors.yaml'), factorsSchema, (file) =>
    checkFactors(file, index),
  )
  const alerts = await readYaml(join(folder, 'alerts.yaml'), alertsSchema, (file) =>
    checkAlerts(file, index, targets?.targets ?? []),
  )
  const unused = LATER.map((name) => join(folder, name)).filter(existsSync)
  return {
    organisation,
    targets: targets?.targets ?? [],
    factors: factors ?? factorsSchema.parse({}),
    alerts: alerts ?? alertsSchema.parse({}),
    unused,
    readAt: Date.now(),
  }
}

/** A YAML file by its schema and the checks that no schema can do; null where there is no file. */
async function readYaml<T extends z.ZodType>(
  path: string,
  schema: T,
  check: (file: z.output<T>) => Finding[],
): Promise<z.output<T> | null> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw new ConfigError([`${shown(path)}: cannot be read: ${error.message}`])
  })
  if (text === null) return null
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  if (document.errors.length > 0) {
    throw new ConfigError(
      document.errors.map((error) => `${shown(path)}:${lines.linePos(error.pos[0]).line}: ${error.message}`),
    )
  }
  const parsed = schema.safeParse(document.toJS())
  const findings = parsed.success ? check(parsed.data) : parsed.error.issues.map(findingOf)
  if (parsed.success && findings.length === 0) return parsed.data
  throw new ConfigError(
    findings.map(({ path: keys, message }) => {
      const node = nearestNode(document, keys)
      const line = isNode(node) && node.range ? `:${lines.linePos(node.range[0]).line}` : ''
      return `${shown(path)}${line}: ${pathText(keys)}: ${message}${valueText(document.getIn(keys))}`
    }),
  )
}

function findingOf(issue: z.core.$ZodIssue): Finding {
  const path = issue.path.map((key) => (typeof key === 'number' ? key : String(key)))
  if (issue.code === 'unrecognized_keys') {
    return {
      path: [...path, issue.keys[0] as string],
      message: `unknown key ${issue.keys.map((key) => `"${key}"`).join(', ')}`,
    }
  }
  return { path, message: issue.message }
}

/** The node at a path, or the nearest one above it where the path ends in something that is missing. */
function nearestNode(document: ReturnType<typeof parseDocument>, keys: Finding['path']): unknown {
  for (let length = keys.length; length > 0; length -= 1) {
    const node = document.getIn(keys.slice(0, length), true)
    if (isNode(node)) return node
  }
  return document.contents
}

function valueText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? ` (got ${JSON.stringify(value)})`
    : ''
}

function pathText(keys: Finding['path']): string {
  return (
    keys.map((key, i) => (typeof key === 'number' ? `[${key}]` : i === 0 ? key : `.${key}`)).join('') ||
    'the file'
  )
}

/** The path as a person would type it from where they are. */
function shown(path: string): string {
  const near = relative(process.cwd(), path)
  return near.startsWith('..') ? path : near
}
