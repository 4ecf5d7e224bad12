/** The guidelines that a team can follow. Each has a ruleset of its name. */
export type GuidelineName = 'atlassian' | 'haufe' | 'rfc9110' | 'zalando';

/** How strongly a source asks for something, whatever words it has for it. */
type Strength = 'requires' | 'recommends' | 'permits';

/**
 * How directly a citation bears on a description: the section `states` what the rule says; it `implies` it, by what it
 * asks of servers and clients, which a description may be silent about; or it merely `suggests` it.
 */
export type Bearing = 'states' | 'implies' | 'suggests';

/** A section of a source. */
export interface Section {
  /** Its name or number, as the source has it. */
  readonly name: string;
  /** Where it is read today. */
  readonly url: string;
  /** Where it stood in 2016, if it has moved since. */
  readonly formerUrl?: string;
  /** What it says on the subject: one sentence of it in quotation marks, or its gist. */
  readonly says: string;
}

/** A document that citations point to. */
export interface Source<Name extends string = string> {
  /** The guideline that it belongs to. */
  readonly guideline: GuidelineName;
  /** What a message calls it. */
  readonly label: string;
  readonly title: string;
  readonly company: string;
  /** When it was published, or first reviewed where it bears no date (ISO 8601). */
  readonly date: string;
  /** When the API Stylebook read it (ISO 8601), for those that it has read. */
  readonly reviewDate?: string;
  /** Where it is read today. */
  readonly url: string;
  /** Where it stood in 2016, if it has moved since. */
  readonly formerUrl?: string;
  readonly sections: Readonly<Record<Name, Section>>;
}

/** A statement in a source that a rule rests on. */
export interface Citation {
  readonly source: Source;
  readonly section: Section;
  /** The source's own word for how strongly it asks: `MUST`, `SHOULD NOT`, `advice`. */
  readonly keyword: string;
  readonly strength: Strength;
  readonly bearing: Bearing;
}

/** How severe a finding is, in Spectral's words, most severe first. */
export const severities = ['error', 'warn', 'info', 'hint'] as const;
export type Severity = (typeof severities)[number];

/**
 * The severity that a citation carries: an error where the source requires what the rule says, a warning where it recommends
 * it, information where it permits it; one step less where it only implies it, two where it suggests it.
 */
export function severityOf({ strength, bearing }: Citation): Severity {
  const strongest = ['requires', 'recommends', 'permits'].indexOf(strength);
  const steps = ['states', 'implies', 'suggests'].indexOf(bearing);
  return severities[Math.min(strongest + steps, severities.length - 1)] as Severity;
}

/** The API Stylebook's page on 304, which put the three guidelines side by side. */
export const stylebook = {
  title: 'API Stylebook: 304 Not Modified',
  url: 'https://apistylebook.com/design/topics/http-status-304',
};

/** A way to cite the sections of a source under one keyword. */
type Cite<Name extends string> = (section: Name, bearing?: Bearing) => Citation;

function citing<Name extends string>(source: Source<Name>, keyword: string, strength: Strength): Cite<Name> {
  return (name, bearing = 'states') => {
    return { source, section: source.sections[name], keyword, strength, bearing };
  };
}

/** Citations by the words of RFC 2119, each bearing `states` unless said otherwise. */
function inTheWordsOfRfc2119<Name extends string>(source: Source<Name>) {
  return {
    must: citing(source, 'MUST', 'requires'),
    mustNot: citing(source, 'MUST NOT', 'requires'),
    should: citing(source, 'SHOULD', 'recommends'),
    shouldNot: citing(source, 'SHOULD NOT', 'recommends'),
    may: citing(source, 'MAY', 'permits'),
    /** A statement of fact or a definition: what contradicts it is wrong. */
    defines: citing(source, 'definition', 'requires'),
  };
}

/** The section of an RFC at the RFC Editor. */
function rfcSections<Number extends string>(
  rfc: string,
  texts: Readonly<Record<Number, readonly [name: string, says: string]>>,
) {
  const url = (number: string) => `https://www.rfc-editor.org/rfc/${rfc}.html#section-${number}`;
  const sections = Object.entries<readonly [string, string]>(texts).map(([number, [name, says]]) => [
    number,
    { name: `§${number} ${name}`, url: url(number), says },
  ]);
  return Object.fromEntries(sections) as Record<Number, Section>;
}

const rfc9110Source = {
  guideline: 'rfc9110',
  label: 'RFC 9110',
  title: 'HTTP Semantics',
  company: 'IETF',
  date: '2022-06',
  url: 'https://www.rfc-editor.org/rfc/rfc9110.html',
  sections: rfcSections('rfc9110', {
    '5.1': ['Field Names', 'Field names have no case, but no two spellings are otherwise the same field.'],
    '5.6.7': ['Date/Time Formats', 'Whoever generates an HTTP-date has to use the form of IMF-fixdate.'],
    '8.8.3': [
      'ETag',
      'Its value is one entity-tag: an opaque text in double quotation marks, without spaces or further quotation marks, after `W/` in capitals where it is weak.',
    ],
    '8.8.3.2': [
      'Comparison',
      'By the strong comparison, two entity-tags are equivalent if both are not weak and their opaque-tags are the same; by the weak comparison, weakness does not matter.',
    ],
    '9.3.2': [
      'HEAD',
      'The same header fields should be sent as for GET, but for those that are only known once the content is generated.',
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
      'Where nothing has changed since that date, the answer to GET and HEAD should be 304; on every other method the field must be ignored.',
    ],
    '13.1.4': [
      'If-Unmodified-Since',
      'Where something has changed since that date, the method must not be performed, and the answer may be 412.',
    ],
    '13.1.5': [
      'If-Range',
      'The value is one entity-tag or an HTTP-date; a client must not send it with a weak entity-tag, nor in a request without Range.',
    ],
    '14.2': ['Range', 'Ranges are defined for GET; on any other method the field must be ignored.'],
    '15.4.5': [
      '304 Not Modified',
      'A 304 answers a conditional GET or HEAD that would have been answered 200; it repeats Content-Location, Date, ETag, Vary, Cache-Control and Expires, and it "cannot contain content or trailers".',
    ],
    '15.5.13': ['412 Precondition Failed', 'A condition that stood in the header of the request was false.'],
  }),
} as const satisfies Source;

const rfc9111Source = {
  guideline: 'rfc9110',
  label: 'RFC 9111',
  title: 'HTTP Caching',
  company: 'IETF',
  date: '2022-06',
  url: 'https://www.rfc-editor.org/rfc/rfc9111.html',
  sections: rfcSections('rfc9111', {
    '5.2.2.5': ['no-store', 'A cache must not store any part of the response.'],
  }),
} as const satisfies Source;

const rfc6585Source = {
  guideline: 'rfc9110',
  label: 'RFC 6585',
  title: 'Additional HTTP Status Codes',
  company: 'IETF',
  date: '2012-04',
  url: 'https://www.rfc-editor.org/rfc/rfc6585.html',
  sections: rfcSections('rfc6585', {
    '3': [
      '428 Precondition Required',
      'The server requires the request to be conditional; the response should explain how to submit it again.',
    ],
  }),
} as const satisfies Source;

const atlassianUrl =
  'https://developer.atlassian.com/server/framework/atlassian-sdk/atlassian-rest-api-design-guidelines-version-1/';
const atlassianFormerUrl =
  'https://developer.atlassian.com/docs/atlassian-platform-common-components/rest-api-development/atlassian-rest-api-design-guidelines-version-1';

const atlassianSource = {
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
      says: 'A PUT or DELETE should carry If-Match, and whoever sends it should react to 412 in a meaningful way.',
    },
    'version-control-for-entities': {
      name: 'Version Control for Entities',
      url: `${atlassianUrl}#version-control-for-entities`,
      says: 'Entities should be served with an ETag, unless they are read-only or lists.',
    },
  },
} as const satisfies Source;

const haufeUrl = 'https://github.com/Haufe-Lexware/api-style-guide/blob/master';

const haufeSource = {
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
} as const satisfies Source;

const zalandoUrl = 'https://opensource.zalando.com/restful-api-guidelines/';
const zalandoFormerUrl = 'http://zalando.github.io/restful-api-guidelines/';

const zalandoSource = {
  guideline: 'zalando',
  label: 'Zalando',
  title: 'RESTFul API Guidelines',
  company: 'Zalando',
  date: '2016-01-22',
  reviewDate: '2016-08-28',
  url: zalandoUrl,
  formerUrl: zalandoFormerUrl,
  sections: {
    'status-code-304': {
      name: 'Redirection Codes',
      url: `${zalandoUrl}#status-code-304`,
      formerUrl: `${zalandoFormerUrl}http/Http.html#redirection-codes`,
      says: 'Document 304 where the API can return it, for GET and HEAD; a failed condition on PUT, PATCH or DELETE is 412.',
    },
    'status-code-428': {
      name: 'Client Side Error Codes: 428',
      url: `${zalandoUrl}#status-code-428`,
      says: 'Instead of 428, document the header that is required, and mark it as required.',
    },
    '182': {
      name: '#182 ETag together with If-Match and If-None-Match',
      url: `${zalandoUrl}#182`,
      says: 'Consider an ETag, with If-Match against lost updates and If-None-Match for creation; a mismatch is 412.',
    },
    '227': {
      name: '#227 document cacheable GET, HEAD, and POST endpoints',
      url: `${zalandoUrl}#227`,
      says: 'Declare the response headers Cache-Control, Vary and ETag, and do not define Expires; the default, no-store, need not be documented.',
    },
    'cache-support-patterns': {
      name: '#227 document cacheable endpoints: cache support patterns',
      url: `${zalandoUrl}#cache-support-patterns`,
      says: 'A failed HEAD or GET with If-None-Match must be answered 304 without content instead of 412.',
    },
    head: {
      name: '#149 use HTTP methods correctly: HEAD',
      url: `${zalandoUrl}#head`,
      says: 'HEAD has exactly the semantics of GET, without the content; it is useful together with ETag.',
    },
  },
} as const satisfies Source;

/** Every source that a rule may cite. */
export const sources: readonly Source[] = [
  rfc9110Source,
  rfc9111Source,
  rfc6585Source,
  atlassianSource,
  haufeSource,
  zalandoSource,
];

/** HTTP Semantics. */
export const rfc9110 = inTheWordsOfRfc2119(rfc9110Source);
/** HTTP Caching. */
export const rfc9111 = inTheWordsOfRfc2119(rfc9111Source);
/** Additional HTTP Status Codes. */
export const rfc6585 = inTheWordsOfRfc2119(rfc6585Source);
/** The Atlassian REST API Design Guidelines, which use the words of RFC 2119. */
export const atlassian = inTheWordsOfRfc2119(atlassianSource);
/** The Haufe API style guide, which has no levels: a table states, its prose gives advice or offers a possibility. */
export const haufe = {
  tabulates: citing(haufeSource, 'table', 'requires'),
  advises: citing(haufeSource, 'advice', 'recommends'),
  offers: citing(haufeSource, 'possibility', 'permits'),
};
/** The Zalando guidelines, whose status codes carry tags beside the words of RFC 2119. */
export const zalando = {
  ...inTheWordsOfRfc2119(zalandoSource),
  /** The tag for a status code that, where an API can return it, should be documented. */
  document: citing(zalandoSource, '{document}', 'recommends'),
  /** The tag for a status code that should not be documented. */
  doNotDocument: citing(zalandoSource, '{do-not-document}', 'recommends'),
};
