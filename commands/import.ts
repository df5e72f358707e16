import { Command, Option } from 'commander'
import { Organisation } from '../core/organisation-index.ts'
import { readConfig } from '../read-config.ts'
import { readSettings } from '../settings.ts'
import { brokerUrl, httpUrl } from './broker-url.ts'
import { checkFiles } from './import-check.ts'
import { type LayoutOptions, precisionNames, readerOf } from './import-layout.ts'
import { sendFiles } from './import-send.ts'

interface Options extends LayoutOptions {
  readonly dryRun?: true
  readonly restart?: true
  readonly mqtt?: string
  readonly http?: string
  readonly key?: string
}

const EXAMPLES = `
Examples:
  wattwell import load.csv --meter park-e-in --zone Asia/Shanghai --dry-run
  wattwell import all.csv.gz --meter-column meter --time "read at" --value kWh --unit kWh
  wattwell import wide.csv --map "Main incomer=park-e-in" --map "Water=park-w-in" --decimal-comma
  wattwell import readings.lp.gz
  wattwell import old.lp --measurement power --meter-tag device --field kw --map em01=park-kw

Times without an offset are local times of --zone. Of an hour that comes twice, when the clock is put back,
a row is the one that goes on from the row before it. An import that was interrupted goes on where it was
when the same command is run again.`

export function importCommand(): Command {
  return new Command('import')
    .description(
      'publish the readings of CSV or line protocol files, as fast as acknowledgements come, to the broker that wattwell listens to',
    )
    .argument('<file...>', 'CSV (.csv, .tsv, .txt) or line protocol (.lp, .line); also packed as .gz')
    .addOption(new Option('--format <format>', 'otherwise by the ending').choices(['csv', 'lp']))
    .option('--meter <id>', 'every reading is of this meter of the configuration')
    .option('--meter-column <column>', 'CSV: the column that names the meter')
    .option('--wide', 'CSV: each column but the time is a meter of that name')
    .option('--map <name=meter...>', 'a column, or a name in the file, and the meter that it stands for')
    .option('--time <column>', 'CSV: the column of the time; otherwise the first')
    .option('--value <column>', 'CSV: the column of the values; otherwise the only other one')
    .option('--unit <unit>', "the unit of the values; otherwise each meter's own")
    .option('--zone <zone>', 'CSV: the IANA time zone of times without an offset')
    .option('--decimal-comma', 'CSV: 1234,5 is a number')
    .addOption(
      new Option(
        '--precision <unit>',
        'what times are counted in that are whole numbers; of line protocol ns where left out',
      ).choices(precisionNames),
    )
    .option('--measurement <name>', 'line protocol: the points to take; otherwise "reading"')
    .option('--meter-tag <tag>', 'line protocol: the tag that names the meter; otherwise "meter"')
    .option('--field <field>', 'line protocol: the field of the value; otherwise "value"')
    .option('--dry-run', 'check every row and publish nothing; fails where something would be refused')
    .option('--restart', 'begin anew, whatever an earlier import of the same file has reached')
    .option(
      '--mqtt <url>',
      'the broker; otherwise MQTT_URL, or the embedded broker at MQTT_PORT on this machine',
    )
    .option('--http <url>', 'the running wattwell; otherwise at HTTP_HOST and HTTP_PORT')
    .option('--key <key>', 'a key of the running wattwell, where it wants one')
    .addHelpText('after', EXAMPLES)
    .action(async (paths: string[], options: Options) => {
      const settings = readSettings(process.env)
      const config = await readConfig(settings.config)
      const organisation = new Organisation(config.organisation)
      // What does not fit in any of them is said before one of them is sent.
      const files = paths.map((path) => ({ path, reader: readerOf(path, options, organisation) }))
      const good = options.dryRun
        ? await checkFiles(files, config, settings.keep)
        : await sendFiles(files, organisation, {
            data: settings.data,
            mqttUrl: options.mqtt ?? brokerUrl(settings),
            httpUrl: options.http ?? httpUrl(settings),
            key: options.key,
            restart: options.restart === true,
          })
      if (!good) process.exitCode = 1
    })
}
