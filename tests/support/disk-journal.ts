import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** A file or folder as the disk knows it: by number, whatever its names are. */
export type Inode = number

/** Files by their bytes, folders by the names in them. */
export interface Tree {
  readonly root: Inode
  readonly inodes: ReadonlyMap<Inode, Buffer | ReadonlyMap<string, Inode>>
}

/** A step that changes a file or, with names, a folder. */
export type Change =
  | { readonly kind: 'write'; readonly at: number; readonly bytes: Buffer }
  | { readonly kind: 'truncate'; readonly length: number }
  | { readonly kind: 'link'; readonly name: string; readonly linked: Inode; readonly isFolder: boolean }
  | { readonly kind: 'unlink'; readonly name: string }
  | { readonly kind: 'rename'; readonly from: string; readonly to: string; readonly linked: Inode }

export type DiskStep =
  | { readonly kind: 'change'; readonly of: Inode; readonly change: Change; ended: number }
  /** It has ended, and covers what had ended on this inode when it began. */
  | { readonly kind: 'sync'; readonly of: Inode; readonly began: number }
  /** Something that a power cut cannot take back: readings were promised, or are kept elsewhere. */
  | { readonly kind: 'acknowledged' | 'stored'; readonly readings: readonly number[] }

/**
 * What a program does below a folder, step by step, as the disk sees it. What is there at the beginning
 * is taken as synced. Paths outside of the folder are ignored.
 */
export class DiskJournal {
  readonly folder: string
  readonly start: Tree
  readonly steps: DiskStep[] = []
  readonly #named = new Map<string, Inode>()
  #next = 0

  constructor(folder: string) {
    this.folder = folder
    const inodes = new Map<Inode, Buffer | Map<string, Inode>>()
    const take = (path: string): Inode => {
      const inode = this.#number(path)
      const isFolder = statSync(path).isDirectory()
      const names = () => new Map(readdirSync(path).map((name) => [name, take(join(path, name))]))
      inodes.set(inode, isFolder ? names() : readFileSync(path))
      return inode
    }
    this.start = { root: take(folder), inodes }
  }

  acknowledged(readings: readonly number[]): void {
    this.steps.push({ kind: 'acknowledged', readings })
  }

  stored(readings: readonly number[]): void {
    this.steps.push({ kind: 'stored', readings })
  }

  inode(path: string): Inode | undefined {
    return this.#named.get(path)
  }

  /** Each of these answers what to call when it has ended; until then no sync covers it. */
  link(path: string, isFolder: boolean): () => void {
    const folder = this.#named.get(dirname(path))
    if (folder === undefined || this.#named.has(path)) return nothing
    return this.change(folder, { kind: 'link', name: basename(path), linked: this.#number(path), isFolder })
  }

  unlink(path: string): () => void {
    const folder = this.#named.get(dirname(path))
    if (folder === undefined || !this.#named.delete(path)) return nothing
    return this.change(folder, { kind: 'unlink', name: basename(path) })
  }

  rename(path: string, newPath: string): () => void {
    const [folder, linked] = [this.#named.get(dirname(path)), this.#named.get(path)]
    if (folder === undefined || linked === undefined) return nothing
    if (dirname(path) !== dirname(newPath)) throw new Error('moves between folders are not written down')
    this.#named.delete(path)
    this.#named.set(newPath, linked)
    return this.change(folder, { kind: 'rename', from: basename(path), to: basename(newPath), linked })
  }

  change(of: Inode, change: Change): () => void {
    const step = { kind: 'change' as const, of, change, ended: Number.POSITIVE_INFINITY }
    this.steps.push(step)
    return () => {
      step.ended = this.steps.length
    }
  }

  sync(of: Inode): () => void {
    const began = this.steps.length
    return () => void this.steps.push({ kind: 'sync', of, began })
  }

  #number(path: string): Inode {
    this.#named.set(path, this.#next)
    return this.#next++
  }
}

function nothing(): void {}
