import { rfc } from './rfc.js';

/** HTTP Semantics. */
export const rfc9110 = rfc(9110, {
  title: 'HTTP Semantics',
  date: '2022-06',
  sections: {
    '5.1': ['Field Names', 'Field names have no case, but no two spellings are otherwise the same field.'],
    '5.6.7': ['Date/Time Formats', 'A sender has to generate an HTTP-date in the form of IMF-fixdate.'],
    '8.6': [
      'Content-Length',
      'A 304 may have it, but only with the number of octets that a 200 to the same request would have had.',
    ],
    '8.8.1': [
      'Weak versus Strong',
      'A strong validator changes whenever the content of a 200 to GET changes, and is the same for no two representations.',
    ],
    '8.8.2.1': ['Generation', 'A server must not send a Last-Modified that is later than Date.'],
    '8.8.3': [
      'ETag',
      'Its value is one entity-tag: an opaque text in double quotation marks, without spaces or further quotation marks, after `W/` in capitals where it is weak.',
    ],
    '8.8.3.2': [
      'Comparison',
      'By the strong comparison, two entity-tags are equivalent if both are not weak and their opaque-tags are the same; by the weak comparison, weakness does not matter.',
    ],
    '8.8.3.1': [
      'Generation',
      'A server should send ETag where it can tell consistently whether the representation has changed.',
    ],
    '8.8.3.3': [
      'Example: Entity Tags Varying on Content-Negotiated Resources',
      'A content coding is part of the representation data, so that a compressed representation has another strong entity-tag than the same one uncompressed.',
    ],
    '9.3.2': [
      'HEAD',
      'The response has no content. The same header fields should be sent as for GET, but for those that are only known once the content is generated.',
    ],
    '12.5.5': [
      'Vary',
      'A server should send Vary on a cacheable response if the fields of the request decided its content, such as Accept or Accept-Language.',
    ],
    '13.1.1': [
      'If-Match',
      'The value is `*` or a list of entity-tags, which are compared strongly; where none matches, the method must not be performed, and the answer may be 412.',
    ],
    '13.1.2': [
      'If-None-Match',
      'The value is `*` or a list of entity-tags; where one matches, the answer is 304 to GET and HEAD, and 412 to every other method.',
    ],
    '13.1.3': [
      'If-Modified-Since',
      'Where nothing has changed since that date, the answer to GET and HEAD should be 304; on every other method, and where the server has no date of the last change, the field must be ignored.',
    ],
    '13.1.4': [
      'If-Unmodified-Since',
      'Where something has changed since that date, the method must not be performed, and the answer may be 412; beside If-Match, and where the server has no date of the last change, the field must be ignored.',
    ],
    '13.1.5': [
      'If-Range',
      'The value is one entity-tag or an HTTP-date; a client must not send it with a weak entity-tag, nor in a request without Range.',
    ],
    '13.2.1': [
      'When to Evaluate',
      'A server evaluates the preconditions of a request if the answer without them would be a success or 412.',
    ],
    '13.2.2': [
      'Precedence of Preconditions',
      'If-None-Match is evaluated first, and If-Modified-Since only where there is no If-None-Match.',
    ],
    '14.2': ['Range', 'Ranges are defined for GET; on any other method the field must be ignored.'],
    '15.3.7': [
      '206 Partial Content',
      'It repeats Cache-Control, Content-Location, Date, ETag, Expires and Vary where a 200 to the same request would have had them; a client combines parts only if they have the same strong validator.',
    ],
    '15.4.5': [
      '304 Not Modified',
      'A 304 answers a conditional GET or HEAD that would have been answered 200; it repeats Content-Location, Date, ETag, Vary, Cache-Control and Expires, and it "cannot contain content or trailers".',
    ],
    '15.5.13': ['412 Precondition Failed', 'A condition that stood in the header of the request was false.'],
  },
});
