/** Outlines on a 20 × 20 field. They never stand alone: a word is beside them, or a label. */
const outlines = {
  check: 'M10 2.500a7.500 7.500 0 1 0 0 15 7.500 7.500 0 0 0 0-15ZM6.600 10.300l2.300 2.300 4.600-5',
  warn: 'M10 3 18 16.500H2ZM10 8v4M10 14.200v.1',
  cross:
    'M6.900 2.500h6.200l4.400 4.400v6.200l-4.400 4.400H6.900l-4.400-4.400V6.900ZM7.300 7.300l5.400 5.400M12.700 7.300l-5.400 5.400',
  question: 'M7.700 7.700a2.400 2.400 0 1 1 3.600 2.100c-.9.500-1.300 1-1.300 1.900M10 14.300v.1',
  energy: 'M11 2 4.500 11.200h4.300L8 18l7.500-9.700h-4.600Z',
  water: 'M10 2.200c3 3.700 5.700 6.500 5.700 9.900a5.700 5.700 0 0 1-11.400 0C4.300 8.700 7 5.900 10 2.200Z',
  campus: 'M2.500 17.500h15M4 17.500v-9l4-2.500v11.500M8 9.500h8v8M11 12.500h2M11 15h2',
  office: 'M2.500 17.500h15M5 17.500v-15h10v15M8 6h1M11 6h1M8 9.500h1M11 9.500h1M8 13h1M11 13h1',
  'data-center':
    'M3.500 3h13v4h-13ZM3.500 8.500h13v4h-13ZM3.500 14h13v3.500h-13ZM6 5h.1M6 10.500h.1M6 15.700h.1',
  factory: 'M2.500 17.500v-8l5 3v-3l5 3V3h3l1 14.500ZM6 15h2M11 15h2',
  store:
    'M3.500 9.500v8h13v-8M2.500 7l1.500-4h12l1.500 4c0 3-4 3-4.500.5C12.500 10 8 10 7.500 7.500 7 10 2.500 10 2.500 7ZM8 17.500V13h4v4.500',
  warehouse: 'M2.500 17.500V7.500L10 3l7.500 4.500v10M5.500 17.500v-7h9v7M5.500 14h9',
  boundary: 'M3 6V3h3M14 3h3v3M17 14v3h-3M6 17H3v-3M7 7h6v6H7Z',
  info: 'M10 2.500a7.500 7.500 0 1 0 0 15 7.500 7.500 0 0 0 0-15ZM10 9.200v4.600M10 6.300v.1',
  auto: 'M10 2.500a7.500 7.500 0 1 0 0 15ZM10 2.500a7.500 7.500 0 0 1 0 15',
  light:
    'M10 6.500a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7ZM10 1.500v2M10 16.500v2M1.500 10h2M16.500 10h2M4 4l1.400 1.400M14.600 14.600 16 16M4 16l1.400-1.400M14.600 5.400 16 4',
  dark: 'M16.500 12.200A7 7 0 0 1 7.800 3.500a7 7 0 1 0 8.700 8.700Z',
  download: 'M10 3v9M6.500 8.800 10 12.300l3.500-3.500M3.500 16.500h13',
  down: 'M5.500 8l4.500 4.500L14.500 8',
  link: 'M8 5H5v10h10v-3M11 5h4v4M15 5l-6 6',
  back: 'M12 5.500 7.500 10l4.500 4.500',
  forward: 'M8 5.500 12.500 10 8 14.500',
} as const

export type IconName = keyof typeof outlines

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      {name === 'question' && <circle class="dashed" cx="10" cy="10" r="7.500" />}
      <path d={outlines[name]} />
    </svg>
  )
}
