import { rfc } from './rfc.js';

/** Additional HTTP Status Codes. */
export const rfc6585 = rfc(6585, {
  title: 'Additional HTTP Status Codes',
  date: '2012-04',
  sections: {
    '3': [
      '428 Precondition Required',
      'The server requires the request to be conditional; the response should explain how to submit it again, and a cache must not store it.',
    ],
  },
});
