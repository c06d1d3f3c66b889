/** Settings of import and export. */
import { flag, idle, number, optionalText } from '../field.ts'

export const FORMATS = {
  soffice: optionalText('SOFFICE', "LibreOffice's program, for documents in old formats; null for none"),
  abiword: optionalText(
    'ABIWORD',
    "AbiWord's program, for reading doc and rtf and writing rtf where there is no LibreOffice; null for none",
  ),
  docxExport: idle(
    true,
    'DOCX_EXPORT',
    'Word documents without LibreOffice',
    'Inkpad always writes them itself',
  ),
  importMaxFileSize: number(
    52_428_800,
    1,
    1_000_000_000,
    'IMPORT_MAX_FILE_SIZE',
    'Bytes of a file to import',
  ),
  allowUnknownFileEnds: flag(
    true,
    'ALLOW_UNKNOWN_FILE_ENDS',
    'Files of unknown kinds are imported as plain text',
  ),
  importExportRateLimiting: {
    windowMs: number(
      90_000,
      1,
      86_400_000,
      'IMPORT_EXPORT_RATE_LIMIT_WINDOW',
      'Milliseconds in which imports and exports are counted',
    ),
    max: number(
      10,
      0,
      1_000_000,
      'IMPORT_EXPORT_MAX_REQ_PER_IP',
      'Imports and exports from one address in that time; 0 for any number',
    ),
  },
  tidyHtml: idle(null, 'TIDY_HTML', 'Program that tidies HTML', 'the HTML of exports is tidy as it is'),
}
