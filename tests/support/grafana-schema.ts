import { Ajv, type SchemaObject, type ValidateFunction } from 'ajv'
import { createGenerator, type SchemaGenerator } from 'ts-json-schema-generator'
import type { DashboardJson } from './grafana.ts'

const SDK = new URL('../../node_modules/@grafana/grafana-foundation-sdk/dist', import.meta.url).pathname
/** Without the ambient types of this project, among which are other `Options`. */
const COMPILED = new URL('grafana-schema.json', import.meta.url).pathname

/** What a kind of panel has types for: its options, and what each of its fields may be told. */
type Kind = 'Options' | 'FieldConfig'

/**
 * Grafana's own dashboard schema, as the SDK's types have it: what they don't name is refused. Derived when
 * it is first asked for, because reading the types takes seconds.
 */
export class GrafanaSchema {
  readonly #ajv = new Ajv({ allErrors: true, strict: false })
  readonly #known = new Map<string, ValidateFunction>()
  readonly #types = new Map<string, SchemaGenerator>()

  /**
   * What is wrong with a dashboard by its type; empty where nothing is. Queries are left out: the SDK has no type
   * for those in InfluxQL, and panels' options have types of their own.
   */
  dashboard(value: DashboardJson): string[] {
    const panels = value.panels.map(({ targets, ...panel }) => panel)
    return this.#refusals('dashboard', 'Dashboard', { ...value, panels })
  }

  /** What is wrong with the options of a panel of a kind, or with the settings of its fields. */
  panel(type: string, kind: Kind, value: unknown): string[] {
    return this.#refusals(type.replace('-', ''), kind, value)
  }

  #refusals(folder: string, type: string, value: unknown): string[] {
    const validate = this.#validator(folder, type)
    if (validate(value)) return []
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) =>
        `${folder} ${type}${instancePath} ${message} ${JSON.stringify(params)}`,
    )
  }

  #validator(folder: string, type: string): ValidateFunction {
    const key = `${folder}.${type}`
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const validate = this.#ajv.compile(this.#typesOf(folder).createSchema(type) as SchemaObject)
    this.#known.set(key, validate)
    return validate
  }

  /** The types of a folder of the SDK, read once. */
  #typesOf(folder: string): SchemaGenerator {
    const known = this.#types.get(folder)
    if (known !== undefined) return known
    const types = createGenerator({
      path: `${SDK}/${folder}/types.gen.d.ts`,
      tsconfig: COMPILED,
      skipTypeCheck: true,
      additionalProperties: false,
    })
    this.#types.set(folder, types)
    return types
  }
}
