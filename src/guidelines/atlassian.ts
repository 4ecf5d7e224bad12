import { inTheWordsOfRfc2119, type Publication } from './citation.js';

const atlassianUrl =
  'https://developer.atlassian.com/server/framework/atlassian-sdk/atlassian-rest-api-design-guidelines-version-1/';
const atlassianFormerUrl =
  'https://developer.atlassian.com/docs/atlassian-platform-common-components/rest-api-development/atlassian-rest-api-design-guidelines-version-1';
export const atlassianSource = {
  guideline: 'atlassian',
  label: 'Atlassian',
  title: 'Atlassian REST API Design Guidelines version 1',
  company: 'Atlassian',
  date: '2016-01-22',
  reviewDate: '2016-09-01',
  url: atlassianUrl,
  formerUrl: atlassianFormerUrl,
  sections: {
    'appendix-a-response-codes': {
      name: 'Appendix A: Response Codes',
      url: `${atlassianUrl}#appendix-a-response-codes`,
      formerUrl: `${atlassianFormerUrl}#AtlassianRESTAPIDesignGuidelinesversion1-AppendixA:ResponseCodes`,
      says: '"No body is allowed for these responses."',
    },
    caching: {
      name: 'Caching',
      url: `${atlassianUrl}#caching`,
      says: '"REST APIs SHOULD support conditional GET requests."',
    },
    concurrency: {
      name: 'Concurrency',
      url: `${atlassianUrl}#concurrency`,
      says: 'PUT and DELETE requests should carry If-Match, and should react to 412 in a meaningful way.',
    },
    'version-control-for-entities': {
      name: 'Version Control for Entities',
      url: `${atlassianUrl}#version-control-for-entities`,
      says: 'Entities should be served with an ETag, unless they are read-only or lists.',
    },
  },
} as const satisfies Publication;

/** The Atlassian REST API Design Guidelines, which use the words of RFC 2119. */
export const atlassian = inTheWordsOfRfc2119(atlassianSource);
