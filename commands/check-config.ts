import { Command } from 'commander'
import { readConfig } from '../read-config.ts'
import { readSettings } from '../settings.ts'

export function checkConfigCommand(): Command {
  return new Command('check-config')
    .description('read the settings and the configuration, and say what is wrong with file, line and path')
    .argument('[folder]', 'the configuration folder', '')
    .action(async (folder: string) => {
      const { organisation, targets, factors } = await readConfig(
        folder === '' ? readSettings(process.env).config : folder,
      )
      const { sites, boundaries } = organisation
      const counts = [
        count(sites.length, 'site'),
        count(sites.flatMap((site) => site.meters).length, 'meter'),
        count(boundaries.length, 'boundary', 'boundaries'),
        count(targets.length, 'target'),
        count(factors.factors.length, 'own factor'),
      ]
      process.stdout.write(`good: ${counts.join(', ')}\n`)
    })
}

function count(n: number, one: string, several = `${one}s`): string {
  return `${n} ${n === 1 ? one : several}`
}
