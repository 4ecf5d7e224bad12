import { rfc2119 } from './citation.js';
import { guideline } from './guideline.js';

const url = 'https://hl7.org/fhir/R4/http.html';

export const fhir = guideline({
  name: 'fhir',
  who: 'FHIR',
  publisher: 'HL7',
  title: 'HL7 FHIR Release 4: RESTful API',
  url,
  date: '2018-12-27',
  copies: [
    // The source of the page soon after Release 4; and, to compare, the page of the build after Release 5.
    { from: 'FHIR-CN/fhir-spec-ZhCN', commit: 'ecef5b5', date: '2019-04-09' },
    { from: 'aacruzgon/hfs', commit: '8b59d29', date: '2026-02-18' },
  ],
  // Beside the keywords, some of them in lower case, its text says what servers return and do.
  words: {
    ...rfc2119,
    returns: 'requires',
    statement: 'requires',
    should: 'recommends',
    encouraged: 'recommends',
    may: 'permits',
  },
  sections: {
    versioning: {
      name: 'Resource Metadata and Versioning',
      url: `${url}#versioning`,
      says: 'The version id is a weak entity-tag, which should be "prefixed with `W/` and enclosed in quotes".',
    },
    cread: {
      name: 'conditional read',
      url: `${url}#cread`,
      says: 'Clients may send If-None-Match or If-Modified-Since; servers are "encouraged but not required" to answer 304.',
    },
    versions: {
      name: 'Support for Versions',
      url: `${url}#versions`,
      says: 'Servers "SHOULD provide full version support", and with it updates on condition.',
    },
    read: {
      name: 'read',
      url: `${url}#read`,
      says: 'Servers should return ETag and Last-Modified with each resource.',
    },
    update: {
      name: 'update',
      url: `${url}#update`,
      says: 'The response to a PUT shall have Last-Modified and the ETag of the new version. Later releases only recommend it.',
    },
    'cond-update': {
      name: 'Conditional update',
      url: `${url}#cond-update`,
      says: '412 also says that several resources match the search in the query.',
    },
    concurrency: {
      name: 'Managing Resource Contention',
      url: `${url}#concurrency`,
      says: 'Servers "SHOULD always return an `ETag` header"; an If-Match that does not match is answered 412.',
    },
    patch: {
      name: 'patch',
      url: `${url}#patch`,
      says: 'A server that supports PATCH shall support it on condition of If-Match, and treat it as an update.',
    },
    head: {
      name: 'Support for HEAD',
      url: `${url}#head`,
      says: 'HEAD has the "same response as a GET, but with no body".',
    },
  },
  asks: {
    'not-modified-documented': { section: 'cread', level: 'encouraged', bearing: 'implies' },
    'not-modified-answers-precondition': { section: 'cread', level: 'encouraged', bearing: 'implies' },
    'precondition-documented': { section: 'cread', level: 'encouraged', bearing: 'implies' },
    'precondition-failed-documented': { section: 'concurrency', level: 'returns', bearing: 'implies', on: 'If-Match' },
    'precondition-failed-not-when-revalidating': { section: 'cread', level: 'encouraged', bearing: 'implies' },
    'precondition-obtainable': { section: 'concurrency', level: 'SHOULD' },
    'precondition-has-validator': { section: 'read', level: 'SHOULD', bearing: 'implies' },
    'precondition-guards-update': [
      { section: 'versions', level: 'SHOULD', bearing: 'implies', on: 'PUT' },
      { section: 'patch', level: 'SHALL', bearing: 'implies', on: 'PATCH' },
    ],
    'entity-tag-schema': { section: 'versioning', level: 'should', bearing: 'implies' },
    'entity-tag-example': { section: 'versioning', level: 'should' },
    'entity-tag-after-update': [
      { section: 'update', level: 'SHALL', on: 'PUT' },
      { section: 'update', level: 'SHALL', on: 'PUT without content' },
      { section: 'patch', level: 'SHALL', bearing: 'implies', on: 'PATCH' },
      { section: 'patch', level: 'SHALL', bearing: 'implies', on: 'PATCH without content' },
    ],
    'validator-prefers-entity-tag': { section: 'read', level: 'SHOULD', bearing: 'implies' },
    'head-no-content': { section: 'head', level: 'statement' },
    'head-repeats-validators': { section: 'head', level: 'statement', bearing: 'implies' },
  },
  contradicts: {
    'entity-tag-strong': { section: 'concurrency', says: 'Entity-tags are weak, and If-Match carries them.' },
    'precondition-failed-has-precondition': {
      section: 'cond-update',
      says: '412 may also say that several resources match the search in the query.',
    },
    'precondition-required-documented': {
      section: 'concurrency',
      says: 'A request without the If-Match that the server requires is answered 400.',
    },
  },
});
