import { rfc } from './rfc.js';

/** HTTP Caching. */
export const rfc9111 = rfc(9111, {
  title: 'HTTP Caching',
  date: '2022-06',
  sections: {
    '5.2.2.5': ['no-store', 'A cache must not store any part of the response.'],
  },
});
