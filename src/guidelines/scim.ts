import { rfc2119 } from './citation.js';
import { guideline } from './guideline.js';

const url = 'https://www.rfc-editor.org/rfc/rfc7644.html';

export const scim = guideline({
  name: 'scim',
  who: 'SCIM',
  publisher: 'IETF',
  title: 'System for Cross-domain Identity Management: Protocol (RFC 7644)',
  url,
  date: '2015-09',
  copies: [{ from: 'pranems/SCIMServer', commit: '2502616', date: '2026-04-16' }],
  // Beside the keywords, its text says what a service provider returns, and it has a table of status codes and samples.
  words: { ...rfc2119, returns: 'requires', table: 'requires', example: 'requires' },
  sections: {
    '3.5.1': {
      name: '§3.5.1 Replacing with PUT',
      url: `${url}#section-3.5.1`,
      says: 'Its sample of a PUT has If-Match, and the response to it the new ETag.',
    },
    '3.5.2.1': {
      name: '§3.5.2.1 Add Operation',
      url: `${url}#section-3.5.2.1`,
      says: 'Its sample of a PATCH has If-Match, and the 204 to it the new ETag.',
    },
    '3.6': {
      name: '§3.6 Deleting Resources',
      url: `${url}#section-3.6`,
      says: 'Its sample of a DELETE has If-Match.',
    },
    '3.12': {
      name: '§3.12 HTTP Status and Error Response Handling',
      url: `${url}#section-3.12`,
      says: '412 answers a PUT, PATCH or DELETE: "Resource has changed on the server."',
    },
    '3.14': {
      name: '§3.14 Versioning Resources',
      url: `${url}#section-3.14`,
      says: 'Where ETags are supported, they "MUST be specified as an HTTP header"; they may be weak, and their samples are.',
    },
  },
  asks: {
    'not-modified-documented': {
      section: '3.14',
      level: 'returns',
      bearing: 'implies',
      says: 'If the resource has not changed, the answer to If-None-Match is 304.',
      on: 'ETag',
    },
    'not-modified-answers-precondition': {
      section: '3.14',
      level: 'returns',
      bearing: 'implies',
      says: 'If the resource has not changed, the answer to If-None-Match is 304.',
      on: 'If-None-Match',
    },
    'not-modified-no-content': { section: '3.14', level: 'returns', says: 'A 304 comes with "an empty body".' },
    'precondition-documented': {
      section: '3.14',
      level: 'MAY',
      bearing: 'implies',
      says: 'With the ETag, clients may retrieve the resource "only if the resource has been modified".',
      on: 'If-None-Match',
    },
    'precondition-failed-documented': { section: '3.12', level: 'table', bearing: 'implies', on: 'If-Match' },
    'precondition-failed-not-when-revalidating': {
      section: '3.14',
      level: 'returns',
      bearing: 'implies',
      says: 'If the resource has not changed, the answer to If-None-Match is 304.',
    },
    'precondition-obtainable': { section: '3.14', level: 'MUST', bearing: 'implies' },
    'precondition-has-validator': { section: '3.14', level: 'MUST', bearing: 'implies', on: 'If-None-Match' },
    'precondition-guards-update': [
      {
        section: '3.14',
        level: 'MAY',
        bearing: 'implies',
        says: 'Clients may send If-Match with PUT and PATCH, so that these succeed only if it matches.',
        on: 'PUT',
      },
      {
        section: '3.14',
        level: 'MAY',
        bearing: 'implies',
        says: 'Clients may send If-Match with PUT and PATCH, so that these succeed only if it matches.',
        on: 'PATCH',
      },
      { section: '3.6', level: 'example', bearing: 'suggests', on: 'DELETE' },
    ],
    'entity-tag-example': { section: '3.14', level: 'example', bearing: 'suggests' },
    'entity-tag-after-update': [
      { section: '3.5.1', level: 'example', bearing: 'suggests', on: 'PUT' },
      { section: '3.5.2.1', level: 'example', bearing: 'suggests', on: 'PATCH without content' },
    ],
  },
  contradicts: {
    'entity-tag-strong': {
      section: '3.14',
      says: 'Weak entity-tags may be "the preferred mechanism", and If-Match carries them.',
    },
  },
});
