import type { Load, Shape } from './shapes.ts'

/**
 * The loads of the demo organisation: what each meter uses in a year like 2025. A meter that others hang
 * on uses what they use and the unmetered remainder on top, and an import what the site uses less its own
 * solar power, so neither stands here.
 */
export const demoLoads: Readonly<Record<string, Load>> = {
  'park-pv': mwh(1_150, 'sun'),
  'park-e-it': mwh(11_500, 'it'),
  'park-e-light': mwh(6_300, 'lighting'),
  'park-e-hvac': mwh(15_600, 'hvac'),
  'park-e-canteen': mwh(3_700, 'canteen'),
  'park-e-ev': mwh(2_900, 'charging'),
  'park-heat': each(53_000, 'heating'),
  'park-w-in': each(138_000, 'domesticWater'),
  'park-w-reclaimed': each(78_000, 'greyWater'),
  'park-w-rain': each(9_200, 'rain'),

  'yz-e-line': mwh(6_900, 'darkLine'),
  'yz-e-hvac': mwh(5_200, 'hvac'),
  'yz-e-it': mwh(3_300, 'it'),
  'yz-e-light': mwh(1_800, 'lighting'),
  'yz-heat': each(15_600, 'heating'),
  'yz-heat-solar': each(1_440, 'hotWater'),
  'yz-hot-water': each(2_400, 'hotWater'),
  'yz-w-in': each(34_000, 'domesticWater'),
  'yz-w-reclaimed': each(15_500, 'greyWater'),

  'wuhan-e-hvac': mwh(5_000, 'hvac'),
  'wuhan-e-it': mwh(3_200, 'racks'),
  'wuhan-e-light': mwh(2_300, 'lighting'),
  'wuhan-e-canteen': mwh(1_730, 'canteen'),
  'wuhan-heat-solar': each(780, 'hotWater'),
  'wuhan-hot-water': each(2_600, 'hotWater'),
  'wuhan-w-in': each(40_000, 'domesticWater'),
  'wuhan-w-reclaimed': each(13_000, 'greyWater'),
  'wuhan-w-rain': each(5_400, 'rain'),

  'blr-e-hvac': mwh(640, 'hvac'),
  'blr-e-it': mwh(500, 'it'),
  'blr-e-light': mwh(260, 'lighting'),
  'blr-diesel': each(3_400, 'generator'),
  'blr-w-in': each(3_300, 'domesticWater'),

  'muc-e-it': mwh(210, 'it'),
  'muc-e-hvac': mwh(197, 'ventilation'),
  'muc-heat': each(1_190, 'heating'),
  'muc-w-in': each(900, 'domesticWater'),

  'home-pv-east': mwh(1_750, 'sun'),
  'home-pv-west': mwh(1_420, 'sun'),
  'home-e-press': mwh(9_300, 'process'),
  'home-e-line': mwh(6_600, 'process'),
  'home-e-air': mwh(2_900, 'compressors'),
  'home-e-light': mwh(1_800, 'lighting'),
  'home-w-in': each(96_000, 'processWater'),

  'phone-e-line': mwh(14_200, 'process'),
  'phone-e-clean': mwh(9_600, 'cleanRoom'),
  'phone-e-light': mwh(1_400, 'lighting'),
  'phone-heat': each(12_500, 'heating'),
  'phone-w-in': each(88_000, 'processWater'),
  'phone-w-reclaimed': each(37_000, 'processWater'),

  'ev-e-paint': mwh(18_000, 'process'),
  'ev-e-weld': mwh(15_500, 'process'),
  'ev-e-assembly': mwh(11_800, 'process'),
  'ev-e-hvac': mwh(13_200, 'hvac'),
  'ev-gas-ovens': each(5_000_000, 'gasProcess'),
  'ev-gas-rto': each(2_300_000, 'oxidiser'),
  'ev-w-in': each(520_000, 'processWater'),
  'ev-w-reclaimed': each(260_000, 'processWater'),

  'dc-e-it': mwh(18_200, 'racks'),
  'dc-e-cooling': mwh(3_900, 'chillers'),
  'dc-e-ups': mwh(820, 'racks'),
  'dc-e-other': mwh(300, 'office'),
  'dc-w-in': each(31_000, 'towerWater'),

  'wh-e-light': mwh(900, 'lighting'),
  'wh-e-trucks': mwh(800, 'charging'),
  'wh-e-hvac': mwh(750, 'hvac'),
  'wh-w-in': each(4_200, 'domesticWater'),

  'stores-e-light': mwh(1_500, 'lighting'),
  'stores-e-screens': mwh(700, 'office'),
  'stores-e-hvac': mwh(1_050, 'hvac'),
  'stores-w-in': each(6_800, 'domesticWater'),
}

function mwh(perYear: number, shape: Shape): Load {
  return { perYear: perYear * 1000, shape }
}

function each(perYear: number, shape: Shape): Load {
  return { perYear, shape }
}
