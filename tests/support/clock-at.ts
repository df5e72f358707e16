/**
 * The environment of a program whose clock stands at an instant when it starts, and goes on from there: in its
 * threads too. For figures of a year that must be at a certain month whenever the test is run.
 */
export function clockAt(instant: number): Record<string, string> {
  const shift = `
    const real = Date
    const offset = ${instant} - real.now()
    globalThis.Date = class extends real {
      constructor(...args) {
        if (args.length === 0) super(real.now() + offset)
        else super(...args)
      }
      static now() {
        return real.now() + offset
      }
    }`
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(shift)}` }
}
