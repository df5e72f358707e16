import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ownMounts } from './own-mounts.ts'

/** Host names as programs know them that are started by the command `within`. */
export interface OwnNames {
  readonly within: readonly string[]
  /** Only these resolve from now on; name to address. */
  set(names: Readonly<Record<string, string>>): Promise<void>
  remove(): Promise<void>
}

/** A hosts file and a name server of their own; nobody answers at the name server. */
export async function ownNames(): Promise<OwnNames> {
  const folder = await mkdtemp(join(tmpdir(), 'wattwell-names-'))
  const [hosts, resolv] = [join(folder, 'hosts'), join(folder, 'resolv.conf')]
  await writeFile(hosts, '')
  await writeFile(resolv, 'nameserver 127.0.0.1\noptions timeout:1 attempts:1\n')
  const mounts = await ownMounts(`mount --bind ${hosts} /etc/hosts\nmount --bind ${resolv} /etc/resolv.conf`)
  return {
    within: mounts.within,
    // In place: the mount is of the file as it is now, not of its name.
    set: (names) =>
      writeFile(
        hosts,
        Object.entries(names)
          .map(([name, address]) => `${address} ${name}\n`)
          .join(''),
      ),
    async remove() {
      await mounts.remove()
      await rm(folder, { recursive: true })
    },
  }
}
