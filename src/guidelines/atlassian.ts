import { rfc2119 } from './citation.js';
import { guideline } from './guideline.js';

const url =
  'https://developer.atlassian.com/server/framework/atlassian-sdk/atlassian-rest-api-design-guidelines-version-1/';
const formerUrl =
  'https://developer.atlassian.com/docs/atlassian-platform-common-components/rest-api-development/atlassian-rest-api-design-guidelines-version-1';

export const atlassian = guideline({
  name: 'atlassian',
  who: 'Atlassian',
  title: 'Atlassian REST API Design Guidelines version 1',
  url,
  date: '2016-01-22',
  formerUrl,
  reviewDate: '2016-09-01',
  copies: [{ from: 'DamianFekete/atlassian-sdk-docs', commit: '68e8bb3', date: '2018-09-11' }],
  words: rfc2119,
  sections: {
    'appendix-a-response-codes': {
      name: 'Appendix A: Response Codes',
      url: `${url}#appendix-a-response-codes`,
      formerUrl: `${formerUrl}#AtlassianRESTAPIDesignGuidelinesversion1-AppendixA:ResponseCodes`,
      says: '"No body is allowed for these responses."',
    },
    caching: {
      name: 'Caching',
      url: `${url}#caching`,
      says: '"REST APIs SHOULD support conditional GET requests."',
    },
    concurrency: {
      name: 'Concurrency',
      url: `${url}#concurrency`,
      says: 'PUT and DELETE requests should carry If-Match, and should react to 412 in a meaningful way.',
    },
    'version-control-for-entities': {
      name: 'Version Control for Entities',
      url: `${url}#version-control-for-entities`,
      says: 'Entities should be served with an ETag, unless they are read-only or lists.',
    },
  },
  asks: {
    'not-modified-documented': { section: 'caching', level: 'SHOULD', on: 'ETag' },
    'not-modified-answers-precondition': { section: 'caching', level: 'SHOULD', on: 'If-None-Match' },
    'not-modified-no-content': { section: 'appendix-a-response-codes', level: 'MUST' },
    'precondition-documented': { section: 'caching', level: 'SHOULD', on: 'If-None-Match' },
    'precondition-failed-documented': [
      { section: 'concurrency', level: 'SHOULD', on: 'If-Match' },
      {
        section: 'version-control-for-entities',
        level: 'MUST',
        bearing: 'implies',
        says: 'The server must treat If-Match and If-None-Match as HTTP defines them.',
        on: 'If-None-Match',
      },
    ],
    'precondition-obtainable': { section: 'version-control-for-entities', level: 'SHOULD' },
    'precondition-has-validator': {
      section: 'version-control-for-entities',
      level: 'SHOULD',
      bearing: 'implies',
      on: 'If-None-Match',
    },
    'precondition-guards-update': [
      { section: 'concurrency', level: 'SHOULD', on: 'PUT' },
      { section: 'concurrency', level: 'SHOULD', on: 'DELETE' },
    ],
  },
});
