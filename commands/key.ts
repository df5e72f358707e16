import { Command } from 'commander'
import { makeKey } from '../keys.ts'
import { readSettings } from '../settings.ts'

export function keyCommand(): Command {
  return new Command('key')
    .description('make a key for the API; from the next start on, the API answers only to keys')
    .option('--name <name>', 'whose key it is', 'unnamed')
    .action(async ({ name }: { name: string }) => {
      const { data } = readSettings(process.env)
      const key = await makeKey(data, name)
      process.stdout.write(`${key}\n`)
      process.stderr.write(
        `Send it as "Authorization: Bearer <key>". Only its hash is kept, in ${data}/keys.json: write it down now, and start wattwell anew.\n`,
      )
    })
}
