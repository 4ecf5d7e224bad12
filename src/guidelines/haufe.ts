import { citing, type Publication } from './citation.js';

const haufeUrl = 'https://github.com/Haufe-Lexware/api-style-guide/blob/master';
export const haufeSource = {
  guideline: 'haufe',
  label: 'Haufe',
  title: 'Haufe API style guide',
  company: 'Haufe',
  date: '2015-01-15',
  reviewDate: '2016-08-31',
  url: `${haufeUrl}/README.md`,
  formerUrl: `${haufeUrl}/readme.md`,
  sections: {
    'http-status-codes': {
      name: 'HTTP Status Codes',
      url: `${haufeUrl}/http-status-codes/http-status-codes.md#http-status-codes`,
      formerUrl: `${haufeUrl}/http-status-codes/http-status-codes.md`,
      says: 'Its table lists 304 for a conditional GET, and "N/A" as the contents of the response body.',
    },
    etag: {
      name: 'ETag',
      url: `${haufeUrl}/caching/caching.md#etag`,
      says: 'An ETag can be used; the client then sends it in If-None-Match.',
    },
    'etag-matches': {
      name: 'ETag matches',
      url: `${haufeUrl}/caching/caching.md#etag-matches`,
      says: '"Return an HTTP response with an empty message body and a status code of `304 Not Modified`."',
    },
  },
} as const satisfies Publication;

/** The Haufe API style guide. It has no keywords such as MUST: its tables state facts, its text gives advice or offers a possibility. */
export const haufe = {
  tabulates: citing(haufeSource, 'table', 'requires'),
  advises: citing(haufeSource, 'advice', 'recommends'),
  offers: citing(haufeSource, 'possibility', 'permits'),
};
