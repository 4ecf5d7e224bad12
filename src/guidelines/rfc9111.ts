import { inTheWordsOfRfc2119, type Publication } from './citation.js';
import { rfcSections } from './rfc.js';

export const rfc9111Source = {
  guideline: 'rfc9110',
  label: 'RFC 9111',
  title: 'HTTP Caching',
  company: 'IETF',
  date: '2022-06',
  url: 'https://www.rfc-editor.org/rfc/rfc9111.html',
  sections: rfcSections('rfc9111', {
    '5.2.2.5': ['no-store', 'A cache must not store any part of the response.'],
  }),
} as const satisfies Publication;

/** HTTP Caching. */
export const rfc9111 = inTheWordsOfRfc2119(rfc9111Source);
