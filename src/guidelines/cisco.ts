import { rfc2119 } from './citation.js';
import { guideline } from './guideline.js';

const url = 'https://github.com/CiscoDevNet/api-design-guide';

export const cisco = guideline({
  name: 'cisco',
  who: 'Cisco',
  title: 'API Design Guide',
  url,
  date: '2015-08-21',
  reviewDate: '2016-08-18',
  copies: [{ from: 'CiscoDevNet/api-design-guide', commit: 'ac377c3', date: '2024-01-11' }],
  words: rfc2119,
  sections: {
    '3.5.1': {
      name: '3.5.1 Standard Headers',
      url: `${url}#351-standard-headers`,
      says: 'Where caching is reasonable, ETag should be supported, and with it If-Match and If-None-Match; elsewhere Cache-Control must forbid it, and ETag must be absent.',
    },
  },
  asks: {
    // 304 is not mentioned.
    'not-modified-storable': { section: '3.5.1', level: 'MUST NOT', bearing: 'implies' },
    'precondition-documented': { section: '3.5.1', level: 'SHOULD', on: 'If-None-Match' },
    'precondition-obtainable': { section: '3.5.1', level: 'SHOULD' },
    'precondition-has-validator': { section: '3.5.1', level: 'SHOULD', bearing: 'implies', on: 'If-None-Match' },
    'precondition-guards-update': { section: '3.5.1', level: 'SHOULD' },
  },
});
