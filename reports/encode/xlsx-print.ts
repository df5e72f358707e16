import {
  getOrderOfSiblings,
  insertElementMarkupAccordingToOrderOfSiblings,
  sanitizeTextContent,
} from 'write-excel-file/utility'
import type { XlsxSheet } from './xlsx-sheet.ts'

const A4 = 9
const SHEET = 'xl/worksheets/sheet{id}.xml'

/** A4, as wide as a page, the header again on each page, and numbered pages: what the library leaves to others. */
export function printSetup(sheets: readonly XlsxSheet[]) {
  return {
    files: {
      transform: {
        [SHEET]: {
          transform: (xml: string) =>
            [
              '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>',
              '<headerFooter><oddFooter>&amp;L&amp;A&amp;R&amp;P / &amp;N</oddFooter></headerFooter>',
            ].reduce(
              (whole, part) =>
                insertElementMarkupAccordingToOrderOfSiblings(
                  whole,
                  part,
                  getOrderOfSiblings(SHEET, 'worksheet') as string[],
                  'worksheet',
                ),
              xml,
            ),
          transformElementAttributes: (tag: string, attributes: Record<string, string | number>) =>
            tag === 'pageSetup'
              ? { ...attributes, paperSize: A4, fitToWidth: 1, fitToHeight: 0 }
              : attributes,
        },
        'xl/workbook.xml': {
          transform: (xml: string) =>
            xml.replace(/<definedNames\/>|<definedNames><\/definedNames>|(?=<calcPr)/, printTitles(sheets)),
        },
      },
    },
  }
}

function printTitles(sheets: readonly XlsxSheet[]): string {
  const names = sheets.map(
    ({ name, stickyRows }, i) =>
      `<definedName name="_xlnm.Print_Titles" localSheetId="${i}">${sanitizeTextContent(`'${name}'!$${stickyRows}:$${stickyRows}`)}</definedName>`,
  )
  return `<definedNames>${names.join('')}</definedNames>`
}
