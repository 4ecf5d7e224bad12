import { inTheWordsOfRfc2119, type Publication } from './citation.js';
import { rfcSections } from './rfc.js';

export const rfc6585Source = {
  guideline: 'rfc9110',
  label: 'RFC 6585',
  title: 'Additional HTTP Status Codes',
  company: 'IETF',
  date: '2012-04',
  url: 'https://www.rfc-editor.org/rfc/rfc6585.html',
  sections: rfcSections('rfc6585', {
    '3': [
      '428 Precondition Required',
      'The server requires the request to be conditional; the response should explain how to submit it again, and a cache must not store it.',
    ],
  }),
} as const satisfies Publication;

/** Additional HTTP Status Codes. */
export const rfc6585 = inTheWordsOfRfc2119(rfc6585Source);
