import { type Choices, caught, filled, type InfluxSeries, type VariableJson, variablesIn } from './grafana.ts'

type Ask = (query: string) => Promise<InfluxSeries[]>

/** What the variables of a dashboard can be set to, asked as Grafana does. */
export class DashboardChoices {
  readonly #variables: readonly VariableJson[]
  readonly #ask: Ask
  readonly #answers = new Map<string, Promise<InfluxSeries[]>>()

  constructor(variables: readonly VariableJson[], ask: Ask) {
    this.#variables = variables
    this.#ask = ask
  }

  /** The queries of variables that were asked. */
  get asked(): readonly string[] {
    return [...this.#answers.keys()]
  }

  /** As the dashboard is opened: what stands there from the start, else the first in the list, or all where that is so. */
  async first(): Promise<Choices> {
    let chosen: Choices = {}
    for (const variable of this.#variables)
      chosen = { ...chosen, [variable.name]: (await this.#options(variable, chosen))[0] ?? '' }
    return chosen
  }

  /** Everything that can be chosen of the variables that a text needs, by itself or through another. */
  async *all(text: string): AsyncGenerator<Choices> {
    const needed = this.#neededBy(text)
    yield* this.#walk(
      this.#variables.filter(({ name }) => needed.has(name)),
      {},
    )
  }

  async *#walk([variable, ...rest]: readonly VariableJson[], chosen: Choices): AsyncGenerator<Choices> {
    if (variable === undefined) return yield chosen
    for (const value of await this.#options(variable, chosen))
      yield* this.#walk(rest, { ...chosen, [variable.name]: value })
  }

  /** The values of a variable, what stands there from the start first; all of them at once where it takes several. */
  async #options(variable: VariableJson, chosen: Choices): Promise<(string | readonly string[])[]> {
    const values = await this.valuesOf(variable, chosen)
    if (variable.includeAll) return [values]
    const standard = variable.current?.value
    return standard !== undefined && values.includes(standard)
      ? [standard, ...values.filter((value) => value !== standard)]
      : values
  }

  /** The values of a variable, after those of others before it. In the order of Grafana's list, which shows texts. */
  async valuesOf(variable: VariableJson, chosen: Choices): Promise<string[]> {
    const { query } = variable
    if (typeof query === 'string') return query.split(',').map((one) => one.split(' : ').at(-1) as string)
    const text = filled(query.query, this.#variables, chosen)
    const answer = this.#answers.get(text) ?? this.#ask(text)
    this.#answers.set(text, answer)
    // The second column, as the data source reads it.
    const found = (await answer).flatMap(({ values }) => values.map((row) => String(row[1])))
    const options = [...new Set(found)].sort().flatMap((one) => caught(variable, one))
    if (options.length === 0) throw new Error(`${variable.name} has no values: ${text}`)
    return [...new Set(options)]
  }

  #neededBy(text: string): Set<string> {
    const needed = new Set<string>()
    const add = (of: string) => {
      for (const name of variablesIn(of)) {
        const variable = this.#variables.find((one) => one.name === name)
        if (variable === undefined || needed.has(name)) continue
        needed.add(name)
        if (typeof variable.query !== 'string') add(variable.query.query)
      }
    }
    add(text)
    return needed
  }
}
