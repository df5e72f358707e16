const LOOKS = 10_000

/**
 * Lets a writer write until nothing waits for it any more. Rejects where it comes to no end: over what is
 * kept in memory nothing else would, as no timer has its turn between two looks.
 */
export async function written(writer: { write(): Promise<boolean> }): Promise<void> {
  for (let looks = 0; looks < LOOKS; looks += 1) if (!(await writer.write())) return
  throw new Error(`it has still something to write after ${LOOKS} looks`)
}
