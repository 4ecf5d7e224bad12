import { atlassian } from '../guidelines/atlassian.js';
import type { Citation } from '../guidelines/citation.js';
import { haufe } from '../guidelines/haufe.js';
import { rfc9110 } from '../guidelines/rfc9110.js';
import { rfc9111 } from '../guidelines/rfc9111.js';
import { zalando } from '../guidelines/zalando.js';
import type { Json } from '../json.js';
import { noStoreIn } from '../model/cache-control.js';
import { isSameField } from '../model/field-name.js';
import type { Field } from '../model/field.js';
import type { Operation } from '../model/operation.js';
import type { Place } from '../model/place.js';
import type { Response } from '../model/response.js';
import { absent, type Obligation, present } from '../obligation.js';
import type { Rule } from '../rule.js';
import { copyOfHeader, sharedResponse } from './definition.js';
import { documents412Instead } from './precondition.js';
import { inField } from './value.js';

/** The fields that a 304 repeats where the 200 to the same request would have had them; Date is nobody's to document. */
const repeatedFields = ['ETag', 'Cache-Control', 'Content-Location', 'Expires', 'Vary'];

/** The fields that describe content, which a 304 does not have. */
const representationMetadata = ['Content-Type', 'Content-Encoding', 'Content-Language', 'Content-Range'];

/** What the messages call a 304. */
const part = '304 response';

/** The demand that an operation documents 304, for a reason. */
function notModifiedOn(operation: Operation, cause: Field, because: string, asked?: readonly Citation[]): Obligation {
  const place = operation.responsePlace('304');
  const wording = { noun: `a ${part}`, because, cause, ...(asked && { asked }) };
  return present(place, () => notModifiedFor(operation, place), wording);
}

/**
 * The 304 for an operation: the fields that its success response has and a 304 repeats, and no content (RFC 9110 §15.4.5).
 * Where the description has such a response for everybody's use, it is a `$ref` to that.
 */
function notModifiedFor(operation: Operation, at: Place): Json {
  const success = operation.validator?.response ?? operation.successes[0];
  const headers = success?.headers.filter(({ name }) => isOneOf(repeatedFields, name)) ?? [];
  const shared = sharedResponse(operation, '304', (response) => fits(response, success, headers));
  if (shared !== undefined) return shared;
  const copies = headers.map((header) => [header.name, copyOfHeader(header, at, operation.version)]);
  return {
    description: 'Not Modified',
    ...(copies.length > 0 && { headers: Object.fromEntries(copies) as Json }),
  };
}

/** Whether a shared 304 says what one for this success response would say, and promises no validator that the success does not. */
function fits(shared: Response, success: Response | undefined, headers: readonly Field[]): boolean {
  return (
    shared.contents.length === 0 &&
    headers.every(({ name }) => shared.header(name) !== undefined) &&
    ['ETag', 'Last-Modified'].every((name) => !shared.header(name) || success?.header(name)) &&
    representationMetadata.every((name) => shared.header(name) === undefined)
  );
}

function isOneOf(fields: readonly string[], name: string): boolean {
  return fields.some((field) => isSameField(field, name));
}

/** The demand that an operation with a validator documents 304. */
function* validatorWithout304(operation: Operation): Generator<Obligation> {
  const { validator } = operation;
  if (validator === undefined || operation.documentsNotModified) return;
  const { response, header } = validator;
  yield notModifiedOn(operation, header, `its ${response.code} response declares ${header.name}`);
}

/** A 304 is documented where a validator is. */
const documented: Rule = {
  id: 'not-modified-documented',
  summary: 'A GET whose success response declares ETag or Last-Modified documents a 304 response.',
  rationale:
    'A validator is there to be sent back: the next GET carries it in If-None-Match or If-Modified-Since, and while nothing has changed the answer is 304 without content. ' +
    'A client generated from a description that keeps quiet about 304 takes that answer for an error, or its author never learns that the transfer could be saved.',
  exceptions:
    'Where validators serve only to guard updates (If-Match) and the server never answers 304, turn the rule off for those operations.',
  cites: [
    zalando.document('status-code-304'),
    atlassian.should('caching'),
    haufe.advises('etag-matches'),
    rfc9110.defines('15.4.5', 'suggests'),
  ],
  recommended: 'warn',
  fix: 'suggested',
  *obligations(operation) {
    if (operation.retrieves && operation.method !== 'HEAD') yield* validatorWithout304(operation);
  },
};

/** The same on HEAD, which fewer guidelines ask for. */
const documentedOnHead: Rule = {
  id: 'not-modified-documented-on-head',
  summary: 'A HEAD whose success response declares ETag or Last-Modified documents a 304 response.',
  rationale:
    'A conditional HEAD is answered as the conditional GET would be, but for the content: 304 while the selected representation is the one the client knows. ' +
    'A client that polls with HEAD meets that 304 first.',
  exceptions: 'Turn it off where HEAD operations are documented for completeness only.',
  cites: [zalando.document('status-code-304'), rfc9110.defines('15.4.5', 'suggests')],
  fix: 'suggested',
  *obligations(operation) {
    if (operation.method === 'HEAD') yield* validatorWithout304(operation);
  },
};

/** Who asks that a precondition is answered with 304, by the precondition. */
const answers = {
  'If-None-Match': [
    rfc9110.must('13.1.2', 'implies'),
    atlassian.should('caching'),
    haufe.advises('etag-matches'),
    zalando.must('cache-support-patterns', 'implies'),
  ],
  'If-Modified-Since': [rfc9110.should('13.1.3', 'implies'), zalando.document('status-code-304')],
} as const;

/** A documented precondition has a documented outcome. */
const answersPrecondition: Rule = {
  id: 'not-modified-answers-precondition',
  summary: 'An operation that retrieves and takes If-None-Match or If-Modified-Since documents a 304 response.',
  rationale:
    'When If-None-Match evaluates to false on a GET or HEAD, the server has to answer 304; when If-Modified-Since does, it should. ' +
    'Whoever may send the header meets that answer, so a description that offers the one and is silent on the other leaves its main outcome out.',
  exceptions:
    'Where If-Modified-Since is a filter that the server answers with the changed items, give it a name of its own; where the server never evaluates the header, remove the parameter. If neither can be changed, turn the rule off for those operations.',
  cites: [...answers['If-None-Match'], ...answers['If-Modified-Since']],
  recommended: 'warn',
  fix: 'suggested',
  *obligations(operation) {
    if (!operation.retrieves || operation.documentsNotModified) return;
    if (operation.validator !== undefined || !operation.documentsOutcomes || documents412Instead(operation)) return;
    for (const condition of ['If-None-Match', 'If-Modified-Since'] as const) {
      const parameter = operation.takes(condition);
      if (parameter === undefined) continue;
      return yield notModifiedOn(operation, parameter, `it takes ${condition}`, answers[condition]);
    }
  },
};

/** A 304 ends with its header section. */
const noContent: Rule = {
  id: 'not-modified-no-content',
  summary: 'A 304 response has no content.',
  rationale:
    'A 304 ends with its header section, whatever it was meant to carry: bytes after it are read as the beginning of the next response on the connection. ' +
    'The client uses the representation that it has stored; a client generated from a description that gives a 304 a body waits for, or tries to parse, what never comes.',
  exceptions: 'Never: no HTTP message parser reads content from a 304.',
  cites: [
    rfc9110.defines('15.4.5'),
    atlassian.must('appendix-a-response-codes'),
    haufe.tabulates('http-status-codes'),
    zalando.must('cache-support-patterns'),
  ],
  recommended: 'error',
  fix: 'safe',
  *obligations({ notModified }) {
    for (const content of notModified?.contents ?? []) {
      yield absent(content, { noun: 'content', of: part, because: 'a 304 ends with its header section' });
    }
  },
};

/** 304 is an answer to a conditional retrieval. */
const onlyWhenRetrieving: Rule = {
  id: 'not-modified-only-when-retrieving',
  summary: 'Only operations that retrieve document a 304 response.',
  rationale:
    'A 304 tells the client to use the response that it has stored, which only makes sense where one was asked for: with GET or HEAD. ' +
    'In answer to any other method a cache or client library may look for a stored response that does not exist. ' +
    'Where a failed precondition is meant the code is 412; where there was nothing left to do, it is 204 or 200.',
  exceptions: 'An API that has long answered so cannot change it; turn the rule off for those operations.',
  cites: [
    rfc9110.must('13.1.2'),
    rfc9110.defines('15.4.5', 'implies'),
    zalando.should('status-code-304'),
    haufe.tabulates('http-status-codes', 'implies'),
  ],
  recommended: 'warn',
  fix: 'none',
  *obligations(operation) {
    if (operation.notModified === undefined || !operation.neverRetrieves) return;
    yield absent(operation.notModified.entry, {
      noun: part,
      because:
        '304 only answers a conditional GET or HEAD; where nothing had to change, answer 204 or 200, and where a precondition failed, 412',
    });
  },
};

/** The demand that a 304 declares a field that the 200 of the same operation declares. */
function* repeats(operation: Operation, name: string): Generator<Obligation> {
  const { notModified } = operation;
  if (!operation.retrieves || notModified === undefined || notModified.place.lost) return;
  // OpenAPI lets the code go before the range.
  const original = (operation.response('200') ?? operation.response('2XX'))?.header(name);
  if (original === undefined || notModified.header(name) !== undefined) return;
  const place = notModified.place.child('headers').child(original.name);
  yield present(place, () => copyOfHeader(original, place, operation.version), {
    noun: original.name,
    of: part,
    because: 'a 304 repeats it where the 200 would have had it',
    cause: original,
  });
}

/** A 304 carries the entity-tag of the representation that it vouches for. */
const repeatsEtag: Rule = {
  id: 'not-modified-repeats-etag',
  summary: 'A 304 response declares ETag where the 200 response of the operation does.',
  rationale:
    'A server has to send in a 304 the ETag that it would have sent in the 200. It tells the client, which may have named several entity-tags in If-None-Match, which of its stored representations is current.',
  exceptions: 'Turn it off where the 304 of the description is meant as a bare mention, without its headers.',
  cites: [rfc9110.must('15.4.5', 'implies')],
  recommended: 'info',
  fix: 'safe',
  *obligations(operation) {
    yield* repeats(operation, 'ETag');
  },
};

/** What a 304 says of caching updates what is stored. */
const repeatsCacheFields: Rule = {
  id: 'not-modified-repeats-cache-fields',
  summary:
    'A 304 response declares Cache-Control, Content-Location, Expires and Vary where the 200 response of the operation does.',
  rationale:
    'A cache renews the lifetime of a stored response from the header of the 304: without Cache-Control or Expires it keeps the old, expired one and asks again at once. ' +
    'Where the 200 would have had them, a server has to send these fields in the 304, so its description can promise them too.',
  exceptions: 'Turn it off where the 304 of the description is meant as a bare mention, without its headers.',
  cites: [rfc9110.must('15.4.5', 'suggests')],
  fix: 'safe',
  *obligations(operation) {
    for (const name of repeatedFields) if (name !== 'ETag') yield* repeats(operation, name);
  },
};

/** Whether a GET documents a 304 and nothing that a client would have to send to get it. */
function isUnreachable(operation: Operation): boolean {
  const { notModified, successes } = operation;
  return (
    notModified !== undefined &&
    operation.parametersAreKnown &&
    operation.responsesAreKnown &&
    notModified.headersAreKnown &&
    operation.validator === undefined &&
    ['ETag', 'Last-Modified'].every((name) => notModified.header(name) === undefined) &&
    ['If-None-Match', 'If-Modified-Since'].every((name) => operation.takes(name) === undefined) &&
    !successes.some(({ carriesEntityTag }) => carriesEntityTag)
  );
}

/** The 304 responses that GET operations share, and whether none of them can be provoked: by description and definition. */
const unreachable304s = new WeakMap<readonly Operation[], Map<unknown, boolean>>();

/** Whether a 304 is a component that several GET operations refer to, of which none can provoke it. */
function isUnreachableForAll({ inDescription }: Operation, { place }: Response): boolean {
  let verdicts = unreachable304s.get(inDescription);
  if (verdicts === undefined) {
    verdicts = new Map();
    unreachable304s.set(inDescription, verdicts);
    const gets = inDescription.filter(({ method, notModified }) => method === 'GET' && notModified?.entry.isReference);
    for (const get of gets) {
      const definition = get.notModified?.place.value;
      verdicts.set(definition, verdicts.get(definition) !== false && isUnreachable(get));
    }
  }
  return verdicts.get(place.value) === true;
}

/** Somebody must be able to get the 304. */
const reachable: Rule = {
  id: 'not-modified-reachable',
  summary:
    'A GET that documents a 304 response lets clients know how to get it: by a validator, or by a precondition that it takes.',
  rationale:
    'A 304 is only ever sent in answer to If-None-Match or If-Modified-Since, and a client can only send those with an entity-tag or a date from an earlier response, be it from its header or from a member such as `etag`. ' +
    'Where the description shows neither, a reader does not learn which of the two works, and a generated client has no place for it.',
  exceptions:
    'Turn it off where validators are added to every response in front of the API and nobody wants to list them.',
  cites: [rfc9110.defines('15.4.5', 'suggests')],
  recommended: 'hint',
  fix: 'none',
  *obligations(operation) {
    const { method, notModified } = operation;
    if (method !== 'GET' || notModified === undefined) return;
    if (isUnreachableForAll(operation, notModified)) {
      yield absent(notModified.place, {
        fault: 'Unreachable',
        noun: part,
        of: part,
        where: 'for every GET that refers to it',
        because: 'none declares ETag or Last-Modified, or takes If-None-Match or If-Modified-Since',
      });
    } else if (isUnreachable(operation)) {
      yield absent(notModified.entry, {
        fault: 'Unreachable',
        noun: part,
        because:
          'no success response declares ETag or Last-Modified, and it takes neither If-None-Match nor If-Modified-Since',
      });
    }
  },
};

/** A 304 describes no content. */
const noRepresentationMetadata: Rule = {
  id: 'not-modified-no-representation-metadata',
  summary: 'A 304 response declares no Content-Type, Content-Encoding, Content-Language or Content-Range.',
  rationale:
    'These fields describe content, and a 304 has none. A cache that updates its stored response from the header of the 304 takes them over, so that what it has stored is described wrongly from then on.',
  exceptions: 'Turn it off where such a field really is sent to guide the update of caches.',
  cites: [rfc9110.shouldNot('15.4.5')],
  recommended: 'warn',
  fix: 'safe',
  *obligations({ notModified }) {
    for (const { name, entry } of notModified?.headers ?? []) {
      if (!isOneOf(representationMetadata, name)) continue;
      yield absent(entry, { noun: name, of: part, because: 'it describes content, which a 304 has none of' });
    }
  },
};

/** What is to be validated has to be stored. */
const storable: Rule = {
  id: 'not-modified-storable',
  summary: 'A success response that can lead to a 304 does not fix Cache-Control to no-store.',
  rationale:
    'A cache must not store a response with no-store, so no cache can ever ask whether it is still current: validator and 304 are of no use to it. ' +
    'Where every use should be checked first, the directive is no-cache.',
  exceptions: 'Turn it off where clients keep copies of their own, outside any HTTP cache, and validate those.',
  cites: [rfc9111.mustNot('5.2.2.5', 'suggests')],
  recommended: 'info',
  fix: 'none',
  *obligations(operation) {
    if (!operation.retrieves || (operation.validator === undefined && operation.notModified === undefined)) return;
    for (const header of operation.successes.flatMap((response) => response.header('Cache-Control') ?? [])) {
      const value = noStoreIn(header);
      if (value === undefined) continue;
      yield absent(value, {
        noun: 'no-store',
        ...inField(
          header,
          value,
          'what no cache may store cannot be validated later; no-cache has it checked before each use',
        ),
      });
    }
  },
};

/** The rules on 304 Not Modified (RFC 9110 §15.4.5), in the order of the catalogue. */
export const notModifiedRules: readonly Rule[] = [
  documented,
  documentedOnHead,
  answersPrecondition,
  noContent,
  repeatsEtag,
  repeatsCacheFields,
  onlyWhenRetrieving,
  reachable,
  noRepresentationMetadata,
  storable,
];
