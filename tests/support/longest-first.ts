import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** These take minutes: begun last, one of them would run on alone when all others have ended. */
const LONG = [
  'e2e/dashboards',
  'faults/kill',
  'e2e/page-walk',
  'e2e/roles',
  'aggregate/figures',
  'aggregate/retention',
  'e2e/import-export',
]

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const rank = ({ moduleId }: TestSpecification) => {
      const place = LONG.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`))
      return place < 0 ? LONG.length : place
    }
    return sorted.toSorted((a, b) => rank(a) - rank(b))
  }
}
