import { Command } from 'commander'
import { readConfig } from '../read-config.ts'
import { readSettings } from '../settings.ts'

export function checkConfigCommand(): Command {
  return new Command('check-config')
    .description('read the settings and the configuration, and say what is wrong with file, line and path')
    .argument('[folder]', 'the configuration folder', '')
    .action(async (folder: string) => {
      const { organisation, targets } = await readConfig(
        folder === '' ? readSettings(process.env).config : folder,
      )
      const meters = organisation.sites.flatMap((site) => site.meters)
      process.stdout.write(
        `good: ${organisation.sites.length} sites, ${meters.length} meters, ${organisation.boundaries.length} boundaries, ${targets.length} targets\n`,
      )
    })
}
