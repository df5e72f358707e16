import type { Change, DiskJournal, DiskStep, Inode, Tree } from './disk-journal.ts'

/** What a power cut may leave: files by their path below the folder, and the folders that are there. */
export interface Left {
  readonly files: ReadonlyMap<string, Buffer>
  readonly folders: readonly string[]
  /** The same for the same content. */
  readonly key: string
}

type Step = Extract<DiskStep, { kind: 'change' }>

/**
 * Everything that a power cut after the first `moment` steps of a journal may leave. What was synced is
 * there. Of the changes that were only begun, in the order in which they were begun, there is none, or any
 * number of them with the last one torn at any byte, or all but one, or one without its beginning: a disk
 * may write what comes later before what comes earlier. Names and bytes reach it independently.
 */
export function* leftAt(journal: DiskJournal, moment: number): Generator<Left> {
  const begun = journal.steps.slice(0, moment)
  const syncs = begun.filter((step) => step.kind === 'sync')
  const changes = begun.filter((step) => step.kind === 'change')
  const isSure = ({ of, ended }: Step) => syncs.some((sync) => sync.of === of && ended <= sync.began)
  const sure = new Set(changes.filter(isSure))
  const unsure = changes.filter((change) => !sure.has(change))
  const names = unsure.filter(({ change }) => 'name' in change || 'from' in change)
  const bytes = unsure.filter((change) => !names.includes(change))
  const wholeNames = new Set(names)
  for (const some of partsOf(names)) {
    const named = new Set(some)
    // Every byte where the names are as they should be; the coarse steps are enough beside lost names.
    const fine = named.size === 0 || named.size === wholeNames.size
    for (const part of tornOf(bytes, fine)) {
      // In the order in which they were begun, whatever is left out.
      const kept = changes.flatMap((change) =>
        sure.has(change) || named.has(change) ? [change] : (part.get(change) ?? []),
      )
      yield contentOf(applied(journal.start, kept))
    }
  }
}

/** All, none, each beginning, and all but one. */
function* partsOf(steps: readonly Step[]): Generator<readonly Step[]> {
  for (let length = 0; length <= steps.length; length++) yield steps.slice(0, length)
  for (const left of steps.slice(0, -1)) yield steps.filter((step) => step !== left)
}

function* tornOf(steps: readonly Step[], fine: boolean): Generator<Map<Step, Step[]>> {
  for (const some of partsOf(steps)) {
    const whole = new Map(some.map((step) => [step, [step]]))
    yield whole
    const last = some.at(-1)
    if (last === undefined) continue
    for (const torn of tornWrites(last, fine)) yield new Map(whole).set(last, [torn])
  }
}

function* tornWrites(step: Step, fine: boolean): Generator<Step> {
  const { change } = step
  if (change.kind !== 'write') return
  const { at, bytes } = change
  const every = fine ? 1 : Math.max(1, Math.floor(bytes.length / 3))
  for (let cut = 1; cut < bytes.length; cut += every) {
    yield { ...step, change: { ...change, bytes: bytes.subarray(0, cut) } }
  }
  for (const part of [0.25, 0.5, 0.75]) {
    const cut = Math.floor(bytes.length * part)
    yield { ...step, change: { ...change, at: at + cut, bytes: bytes.subarray(cut) } }
  }
}

function applied({ root, inodes }: Tree, steps: readonly Step[]): Tree {
  const after = new Map(inodes)
  for (const { of, change } of steps) {
    if (change.kind === 'link' && change.isFolder && !after.has(change.linked))
      after.set(change.linked, new Map())
    after.set(of, changed(after.get(of), change))
  }
  return { root, inodes: after }
}

function changed(
  before: Buffer | ReadonlyMap<string, Inode> | undefined,
  change: Change,
): Buffer | ReadonlyMap<string, Inode> {
  if (change.kind === 'write' || change.kind === 'truncate') {
    const bytes = before instanceof Buffer ? before : Buffer.alloc(0)
    const length =
      change.kind === 'write' ? Math.max(bytes.length, change.at + change.bytes.length) : change.length
    const after = Buffer.alloc(length)
    bytes.copy(after)
    if (change.kind === 'write') change.bytes.copy(after, change.at)
    return after
  }
  const names = new Map(before instanceof Map ? before : [])
  if (change.kind === 'link') return names.set(change.name, change.linked)
  if (change.kind === 'unlink') {
    names.delete(change.name)
    return names
  }
  names.delete(change.from)
  return names.set(change.to, change.linked)
}

function contentOf({ root, inodes }: Tree): Left {
  const files = new Map<string, Buffer>()
  const folders: string[] = []
  const walk = (inode: Inode, path: string): void => {
    const content = inodes.get(inode)
    if (content instanceof Map) {
      folders.push(path)
      for (const [name, below] of content) walk(below, `${path}/${name}`)
    } else files.set(path, (content as Buffer | undefined) ?? Buffer.alloc(0))
  }
  walk(root, '')
  const parts = [...files].map(([path, bytes]) => `${path}:${bytes.toString('base64')}`)
  return { files, folders, key: [...folders, ...parts].toSorted().join('\n') }
}
