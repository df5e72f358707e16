import { lockFolder } from '../../store/folder-lock.ts'

// Takes the folder and keeps it until it is killed.
await lockFolder(process.argv[2] as string)
process.stdout.write('taken\n')
setInterval(() => {}, 60_000)
