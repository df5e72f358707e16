export function HelpView({ at }: { at: string }) {
  return <main id="help">{at}</main>
}
