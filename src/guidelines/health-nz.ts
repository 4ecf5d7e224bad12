import { rfc2119 } from './citation.js';
import { guideline } from './guideline.js';

const url = 'https://apistandards.digital.health.nz';
const synchronous = `${url}/api-development/Synchronous%20APIs`;

export const healthNz = guideline({
  name: 'health-nz',
  who: 'Health New Zealand',
  title: 'API Standards',
  url,
  date: '2023-12-12',
  copies: [{ from: 'tewhatuora/api-standards', commit: '034f530', date: '2025-05-05' }],
  // Its tables of status codes are examples of good practice.
  words: { ...rfc2119, 'good practice': 'recommends' },
  sections: {
    'request-headers': {
      name: 'HTTP Headers: Request Headers',
      url: `${synchronous}/Headers#request-headers`,
      says: 'A GET should take If-Modified-Since and If-None-Match: "If condition is not met, API responds with 304".',
    },
    'response-headers': {
      name: 'HTTP Headers: Response Headers',
      url: `${synchronous}/Headers#response-headers`,
      says: 'Responses to GET, POST and PUT should have ETag and Cache-Control; those to DELETE, ETag.',
    },
    'if-modified-since': {
      name: 'HTTP Headers: If-Modified-Since/If-None-Match',
      url: `${synchronous}/Headers#if-modified-sinceif-none-match`,
      says: 'Conditions should be considered where appropriate, and ETag be implemented beside If-Modified-Since; unchanged is 304.',
    },
    expires: {
      name: 'HTTP Headers: Expires',
      url: `${synchronous}/Headers#expires`,
      says: 'Beside Cache-Control, "you SHOULD include an Expires header".',
    },
    'resource-version-control': {
      name: 'Version Control: Resource Version Control',
      url: `${synchronous}/Version%20Control#resource-version-control`,
      says: 'Changes must be guarded by one of two mechanisms, of which optimistic concurrency is preferred.',
    },
    'get-response-status-codes': {
      name: 'Error Handling: GET Response Status Codes',
      url: `${synchronous}/Error%20Handling#get-response-status-codes`,
      says: '304 is among the codes for GET, and not among those for POST, PUT and DELETE.',
    },
    'cache-control': {
      name: 'HTTP Headers: Cache-Control',
      url: `${synchronous}/Headers#cache-control`,
      says: 'Cache-Control "MUST be used" to say how responses may be cached; in the table of header fields, it should be.',
    },
  },
  asks: {
    'not-modified-documented': { section: 'if-modified-since', level: 'SHOULD', bearing: 'implies' },
    'not-modified-answers-precondition': { section: 'request-headers', level: 'SHOULD' },
    'not-modified-only-when-retrieving': {
      section: 'get-response-status-codes',
      level: 'good practice',
      bearing: 'implies',
    },
    'precondition-documented': { section: 'request-headers', level: 'SHOULD' },
    'precondition-obtainable': { section: 'response-headers', level: 'SHOULD' },
    'precondition-has-validator': {
      section: 'response-headers',
      level: 'SHOULD',
      bearing: 'implies',
      on: 'If-None-Match',
    },
    'precondition-guards-update': { section: 'resource-version-control', level: 'MUST', bearing: 'suggests' },
    'validator-prefers-entity-tag': { section: 'response-headers', level: 'SHOULD' },
    'precondition-prefers-entity-tag': { section: 'if-modified-since', level: 'SHOULD', bearing: 'implies' },
    'entity-tag-after-update': [
      { section: 'response-headers', level: 'SHOULD', on: 'PUT' },
      { section: 'response-headers', level: 'SHOULD', on: 'PUT without content' },
    ],
    // The table of header fields says SHOULD, and the section on this one MUST.
    'cacheable-declares-control': [
      { section: 'response-headers', level: 'SHOULD' },
      { section: 'cache-control', level: 'MUST', bearing: 'implies' },
    ],
  },
  contradicts: {
    'cacheable-without-expires': { section: 'expires', says: 'Expires should be sent beside Cache-Control.' },
  },
  faults: {
    'http-date-example': 'In its sample of If-Modified-Since, 18 June 2016 is a Wednesday; it was a Saturday.',
    'precondition-spelling': 'Its table of header fields writes `If_Modified_Since`.',
  },
});
