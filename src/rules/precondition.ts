import { rangeConditionGrammar } from '../grammar/entity-tag.js';
import { atlassian } from '../guidelines/atlassian.js';
import type { Citation } from '../guidelines/citation.js';
import { haufe } from '../guidelines/haufe.js';
import { rfc6585 } from '../guidelines/rfc6585.js';
import { rfc9110 } from '../guidelines/rfc9110.js';
import { zalando } from '../guidelines/zalando.js';
import { intendedField, isSameField } from '../model/field-name.js';
import type { Field } from '../model/field.js';
import type { Operation } from '../model/operation.js';
import { alwaysNamesVersion } from '../model/resource-version.js';
import type { Response } from '../model/response.js';
import { absent, matches, type Obligation, present } from '../obligation.js';
import type { Rule } from '../rule.js';
import { hasAnotherCause } from './cause.js';
import { sharedParameter, sharedResponse, stringParameter } from './definition.js';
import { suggestedWhereFixed, valueObligations } from './value.js';

/** The preconditions whose failure makes a request fail with 412 (RFC 9110 §13.1.1, §13.1.2, §13.1.4). */
const guards = ['If-Match', 'If-Unmodified-Since', 'If-None-Match'] as const;

/** The preconditions that say what the client last saw of the resource that it wants to change. */
const updateGuards = ['If-Match', 'If-Unmodified-Since'];

/** The preconditions that ask whether what the client has is still current. */
const revalidators = ['If-None-Match', 'If-Modified-Since'];

/** The methods that change a resource. */
const updates = ['PUT', 'PATCH', 'DELETE'];

function takesOneOf(operation: Operation, names: readonly string[]): Field | undefined {
  return names.map((name) => operation.takes(name)).find((field) => field !== undefined);
}

/**
 * Whether a request can carry a precondition, in the widest sense: other specifications define conditions of their own,
 * such as WebDAV's If, and a misspelt one was meant to be one.
 */
function canCarryPrecondition(operation: Operation): boolean {
  return !operation.parametersAreKnown || operation.headerParameters.some(({ name }) => /^if(?:[-_A-Z]|$)/i.test(name));
}

/** Whether an operation documents a response under a code, its range, or the default. */
function documentsOutcome(operation: Operation, code: string): boolean {
  return [code, `${code[0]}XX`, 'default'].some((key) => operation.response(key) !== undefined);
}

/** The demand that an operation takes a header, as one more of its own parameters. */
function takes(operation: Operation, name: string, cause: Field, because: string): Obligation {
  const list = operation.place.child('parameters');
  const parameter = () => sharedParameter(operation, name) ?? stringParameter(name, operation.version);
  const wording = { noun: `an ${name} parameter`, because, cause };
  if (!list.exists) return present(list, () => [parameter()], wording);
  // What is no list cannot be added to.
  const at = Array.isArray(list.target.value) ? {} : { at: operation.place };
  return present(list.child(String(list.items().length)), parameter, { ...wording, ...at });
}

/** The demand that an operation documents a response. */
function documents(
  operation: Operation,
  code: string,
  description: string,
  cause: Field,
  because: string,
  asked?: readonly Citation[],
): Obligation {
  const wording = { noun: `a ${code} response`, because, cause, ...(asked && { asked }) };
  return present(operation.responsePlace(code), () => sharedResponse(operation, code) ?? { description }, wording);
}

/** The demand that a response that speaks of a precondition is not documented where none can be sent. */
function* unexplained(
  operation: Operation,
  code: string,
  because: string,
  asked?: readonly Citation[],
): Generator<Obligation> {
  const response = operation.response(code);
  if (response === undefined || canCarryPrecondition(operation)) return;
  yield absent(response.entry, { fault: 'Unexplained', noun: `${code} response`, because, ...(asked && { asked }) });
}

/** What validates a representation is worth sending back. */
const documented: Rule = {
  id: 'precondition-documented',
  summary:
    'A GET whose success response declares ETag takes If-None-Match; one with only Last-Modified takes If-Modified-Since.',
  rationale:
    'A client sends the ETag that it was given back in If-None-Match, or the Last-Modified in If-Modified-Since, and is spared the transfer while nothing has changed. ' +
    'A client generated from a description without that parameter has no way to send it.',
  exceptions: 'Turn it off where the HTTP libraries of all clients handle validators on their own.',
  cites: [atlassian.should('caching'), haufe.offers('etag'), zalando.may('182', 'implies')],
  recommended: 'hint',
  fix: 'suggested',
  *obligations(operation) {
    const { validator } = operation;
    if (operation.method !== 'GET' || validator === undefined || !operation.parametersAreKnown) return;
    const isEtag = operation.declares('ETag') !== undefined;
    if (!isEtag && !operation.responsesAreKnown) return;
    const wanted = isEtag ? 'If-None-Match' : 'If-Modified-Since';
    if (operation.headerParameters.some(({ name }) => intendedField(name) === wanted)) return;
    if (operation.takes(wanted) !== undefined) return;
    const { response, header } = validator;
    yield takes(operation, wanted, header, `its ${response.code} response declares ${header.name}`);
  },
};

/** A first request has nothing to be conditional on. */
const optional: Rule = {
  id: 'precondition-optional',
  summary: 'An operation that retrieves does not require If-None-Match or If-Modified-Since.',
  rationale:
    'These headers carry a validator from an earlier response, which a client that asks for the first time does not have. ' +
    'A generated client that has to fill them in makes something up, and a gateway that validates requests turns first requests away.',
  exceptions:
    'Turn it off for an operation that exists only to poll for changes to what another operation has returned.',
  cites: [rfc9110.defines('13.1.2', 'suggests'), rfc9110.defines('13.1.3', 'suggests')],
  recommended: 'warn',
  fix: 'suggested',
  *obligations(operation) {
    if (!operation.retrieves) return;
    for (const field of revalidators.flatMap((name) => operation.takes(name) ?? [])) {
      const required = field.place.child('required');
      if (required.value !== true) continue;
      yield absent(required, {
        noun: '`required: true`',
        of: field.label,
        because: 'a first request has no validator to send',
      });
    }
  },
};

/** A name that is almost right does nothing. */
const spelling: Rule = {
  id: 'precondition-spelling',
  summary: 'The fields of conditional requests are spelt as HTTP spells them.',
  rationale:
    'A server ignores a request header that it does not know, and so does a client with a response header: a condition under a misspelt name is no condition, the update that it was to guard goes through. ' +
    'Separators count, `If_None_Match` is another field; upper and lower case do not.',
  exceptions: 'Turn it off for a field of your own whose name only happens to be that close.',
  cites: [rfc9110.defines('5.1', 'implies')],
  recommended: 'warn',
  fix: 'suggested',
  *obligations(operation) {
    for (const field of operation.headerParameters) {
      const intended = intendedField(field.name);
      if (intended === undefined) continue;
      const grammar = { noun: 'name', accepts: () => false, repair: () => intended };
      yield matches(field.place.child('name'), grammar, {
        of: field.role,
        because: 'under another name it is ignored',
      });
    }
    for (const response of operation.responses) {
      for (const { name, entry } of response.headers) {
        const intended = intendedField(name);
        if (intended === undefined) continue;
        const instead = response.headerPlace(intended);
        yield absent(entry, {
          noun: `header ${name}`,
          of: `${response.code} response`,
          because: `the field is called ${intended}`,
          ...(instead.exists ? {} : { instead }),
        });
      }
    }
  },
};

/** Who says that a request fails with 412, by the precondition. */
const failures = {
  'If-Match': [atlassian.should('concurrency'), rfc9110.may('13.1.1')],
  'If-Unmodified-Since': [rfc9110.may('13.1.4')],
  'If-None-Match': [rfc9110.must('13.1.2', 'suggests')],
} as const;

/** What becomes of a request whose precondition fails. */
const failedDocumented: Rule = {
  id: 'precondition-failed-documented',
  summary:
    'A PUT, PATCH, POST, DELETE or method of the author’s own that takes If-Match, If-Unmodified-Since or If-None-Match documents a 412 response.',
  rationale:
    'The precondition is there so that the request can fail, when somebody else has changed the resource first. ' +
    'The client has to tell that failure from others: it reads the resource again, merges, and repeats the request with the new validator. ' +
    'A `4XX` or `default` response counts: whoever generates or reads a client from the description finds the failure handled there.',
  exceptions: 'Turn it off where your guideline has generally known errors left out of descriptions, as Zalando does.',
  cites: [...failures['If-Match'], ...failures['If-Unmodified-Since'], ...failures['If-None-Match']],
  fix: 'suggested',
  *obligations(operation) {
    if (!operation.failsOnPreconditions || !operation.documentsOutcomes) return;
    const guard = guards.find((name) => operation.takes(name) !== undefined);
    const cause = guard && operation.takes(guard);
    if (guard === undefined || cause === undefined || documentsOutcome(operation, '412')) return;
    yield documents(operation, '412', 'Precondition Failed', cause, `it takes ${guard}`, failures[guard]);
  },
};

/** Only a precondition can fail. */
const failedHasPrecondition: Rule = {
  id: 'precondition-failed-has-precondition',
  summary: 'An operation that documents a 412 response takes a precondition whose failure is answered so.',
  rationale:
    'A 412 says that a condition in the header of the request was false. Where no such header is documented, a client does not learn how to state the condition, nor how to avoid the failure; ' +
    'and if the code is meant for something else, such as a broken rule of the business, clients and intermediaries will take it for the other thing.',
  exceptions: 'Turn it off for an API that uses 412 for failures of other kinds and cannot change that.',
  cites: [rfc9110.defines('15.5.13', 'suggests'), rfc9110.must('13.1.2', 'suggests')],
  recommended: 'hint',
  fix: 'none',
  *obligations(operation) {
    yield* unexplained(
      operation,
      '412',
      'it takes none of If-Match, If-None-Match and If-Unmodified-Since, whose failure the code reports',
      [rfc9110.defines('15.5.13', 'suggests')],
    );
    const failure = operation.documentsNotModified ? failureOfRevalidation(operation) : undefined;
    const condition = takesOneOf(operation, revalidators);
    if (failure === undefined || condition === undefined) return;
    yield absent(failure.entry, {
      fault: 'Unexplained',
      noun: '412 response',
      because: `to a retrieval, a false ${condition.name} is answered 304, and it takes no other condition`,
      cause: condition,
      asked: [rfc9110.must('13.1.2', 'suggests')],
    });
  },
};

/** The 412 of an operation that takes no other conditions than those whose failure would be answered 304, and no other cause is seen for. */
function failureOfRevalidation(operation: Operation): Response | undefined {
  const failure = operation.response('412');
  const isOther = ({ name }: Field) =>
    /^if(?:[-_A-Z]|$)/i.test(name) && ![...revalidators, 'If-Range'].some((other) => isSameField(other, name));
  const isOfRevalidation =
    failure !== undefined &&
    operation.retrieves &&
    operation.parametersAreKnown &&
    takesOneOf(operation, revalidators) !== undefined &&
    !operation.headerParameters.some(isOther) &&
    !hasAnotherCause(operation, failure, canCarryPrecondition);
  return isOfRevalidation ? failure : undefined;
}

/** Whether 412 is documented where a failed If-None-Match or If-Modified-Since would be answered 304. */
export function documents412Instead(operation: Operation): boolean {
  return !operation.documentsNotModified && failureOfRevalidation(operation) !== undefined;
}

/** When nothing has changed, that is no failure. */
const failedNotWhenRevalidating: Rule = {
  id: 'precondition-failed-not-when-revalidating',
  summary: 'An operation that retrieves answers a false If-None-Match or If-Modified-Since with 304, not with 412.',
  rationale:
    'To a GET or HEAD, "nothing has changed" is good news: the server has to answer 304, and the client goes on with what it has. ' +
    'A client that is told 412 instead takes the request for failed, and caches on the way cannot renew what they have stored.',
  exceptions: 'Turn it off only while an API that has always answered so is being mended.',
  cites: [rfc9110.must('13.1.2'), zalando.must('cache-support-patterns')],
  recommended: 'warn',
  fix: 'none',
  *obligations(operation) {
    const response = operation.response('412');
    if (response === undefined || !documents412Instead(operation)) return;
    const condition = takesOneOf(operation, revalidators);
    yield absent(response.entry, {
      noun: '412 response',
      because: `to a retrieval, a false ${condition?.name} is answered 304`,
      ...(condition && { cause: condition }),
    });
  },
};

/** What becomes of a request without the precondition that it has to have. */
const requiredDocumented: Rule = {
  id: 'precondition-required-documented',
  summary: 'An operation that requires If-Match or If-Unmodified-Since documents a 428 response.',
  rationale:
    'A server that insists on a condition answers a request without one with 428, and explains how to send it. ' +
    'Documented, it tells the developer of a client why the first attempt was turned away.',
  exceptions: 'Turn it off where such requests are turned away with 400 before they reach the API.',
  cites: [rfc6585.should('3', 'suggests')],
  fix: 'suggested',
  *obligations(operation) {
    if (!operation.documentsOutcomes || documentsOutcome(operation, '428')) return;
    const required = updateGuards
      .map((name) => operation.takes(name))
      .find((field) => field?.place.child('required').value === true);
    if (required === undefined) return;
    yield documents(operation, '428', 'Precondition Required', required, `it requires ${required.name}`);
  },
};

/** What is required has to be possible. */
const requiredHasPrecondition: Rule = {
  id: 'precondition-required-has-precondition',
  summary: 'An operation that documents a 428 response takes a precondition.',
  rationale:
    'A 428 tells the client to repeat the request with a condition. Where the description shows no header for one, the client can only fail again. ' +
    'Declare If-Match or If-Unmodified-Since, and mark it as required.',
  exceptions: 'Turn it off where the condition is stated in a way of your own, outside the header.',
  cites: [rfc6585.defines('3', 'implies'), zalando.doNotDocument('status-code-428')],
  recommended: 'warn',
  fix: 'none',
  *obligations(operation) {
    yield* unexplained(
      operation,
      '428',
      'it takes no precondition that a client could be told to send, such as If-Match',
    );
  },
};

/** An entity-tag has to come from somewhere. */
const obtainable: Rule = {
  id: 'precondition-obtainable',
  summary:
    'Where PUT, PATCH or DELETE take If-Match, a response to GET or HEAD on that path declares ETag, or, where there is neither, some response.',
  rationale:
    'If-Match carries the ETag of the version that the change is based on. Where no response to a retrieval declares one, a client does not learn where to get it, and sends `*` or nothing: two clients then overwrite each other without noticing. ' +
    'What a PUT answers comes too late for that PUT, and a 304 is only sent to who has an entity-tag already.',
  exceptions:
    'Turn it off where the entity-tag comes from another path, such as a list. Where it is a member of the representation (`etag`, `_etag`), nothing is reported.',
  cites: [
    rfc9110.defines('13.1.1', 'suggests'),
    atlassian.should('version-control-for-entities'),
    zalando.may('182', 'implies'),
  ],
  recommended: 'info',
  fix: 'none',
  *obligations(operation) {
    const { onSamePath } = operation;
    if (!updates.includes(operation.method)) return;
    const updatesWithIfMatch = onSamePath.filter((other) => updates.includes(other.method) && other.takes('If-Match'));
    if (operation !== updatesWithIfMatch[0] || !onSamePath.every(({ responsesAreKnown }) => responsesAreKnown)) return;
    if (onSamePath.some(({ responses }) => responses.some(({ carriesEntityTag }) => carriesEntityTag))) return;
    const source = onSamePath.find(({ method }) => method === 'GET')?.successes[0] ?? operation.successes[0];
    // Who changes a resource has read it before: where that can be done, what a change answers comes too late for it.
    const readable = onSamePath.filter((other) => other.retrieves && other.successes.length > 0);
    const givers = readable.length > 0 ? readable : onSamePath;
    const responses = givers.flatMap((other) => other.responses).filter(({ code }) => code !== '304');
    if (responses.some((response) => response.header('ETag') !== undefined)) return;
    const ifMatch = operation.takes('If-Match');
    if (source === undefined || ifMatch === undefined) return;
    yield present(source.headerPlace('ETag'), undefined, {
      noun: 'ETag',
      where: `on a response of ${operation.template}`,
      because: `${updatesWithIfMatch.map(({ method }) => method).join(' and ')} take${updatesWithIfMatch.length > 1 ? '' : 's'} If-Match, for which a client needs an entity-tag`,
      cause: ifMatch,
      at: operation.place,
    });
  },
};

/** Whoever shows versions has updates checked against them. */
const guardsUpdate: Rule = {
  id: 'precondition-guards-update',
  summary:
    'Where a GET declares ETag, or one of PUT, PATCH and DELETE takes If-Match, all of these on that path take If-Match or If-Unmodified-Since.',
  rationale:
    'Two clients read the same version, both change it, and the second silently undoes what the first has done. ' +
    'With If-Match the second is told, and can merge. The ETag that it takes is there already; and where only some of the methods are guarded, a client goes round the guard with another.',
  exceptions:
    'Turn it off where the last update is meant to win. Where the path, a required parameter of the query or a required member of the body names the version, nothing is reported.',
  cites: [atlassian.should('concurrency'), zalando.may('182', 'implies')],
  fix: 'suggested',
  *obligations(operation) {
    if (!updates.includes(operation.method) || !operation.parametersAreKnown) return;
    if (takesOneOf(operation, updateGuards) !== undefined) return;
    const guarded = operation.onSamePath.find((other) => updates.includes(other.method) && other.takes('If-Match'));
    const get = operation.onSamePath.find(({ method }) => method === 'GET');
    const cause = get?.declares('ETag')?.header ?? guarded?.takes('If-Match');
    if (cause === undefined || alwaysNamesVersion(operation)) return;
    const because =
      cause.role === 'header' ? 'the GET on its path declares ETag' : `${guarded?.method} on its path takes If-Match`;
    yield takes(operation, 'If-Match', cause, because);
  },
};

/** A condition that nobody evaluates. */
const heeded: Rule = {
  id: 'precondition-heeded',
  summary: 'Only GET, HEAD and QUERY take If-Modified-Since.',
  rationale:
    'A server has to ignore If-Modified-Since on any other method. A client that counts on it to guard an update has no guard at all: If-Unmodified-Since or If-Match is what was meant.',
  exceptions: 'Turn it off for a field of that name that your servers evaluate nevertheless.',
  cites: [rfc9110.must('13.1.3', 'implies')],
  recommended: 'info',
  fix: 'none',
  *obligations(operation) {
    const field = operation.takes('If-Modified-Since');
    if (field === undefined || !operation.neverRetrieves || !isOwn(field, operation)) return;
    yield absent(field.entry, {
      noun: 'If-Modified-Since parameter',
      because: 'servers have to ignore it but on GET and HEAD; If-Unmodified-Since or If-Match guards an update',
    });
  },
};

/** Whether a parameter is listed by the operation itself, rather than by its path item for all methods. */
function isOwn(field: Field, operation: Operation): boolean {
  return field.entry.isWithin(operation.place);
}

/** If-Range without Range, or where there are no ranges. */
const range: Rule = {
  id: 'precondition-range',
  summary: 'If-Range is taken only together with Range, and only by GET.',
  rationale:
    'If-Range asks for the missing part of a representation if that is unchanged, and for the whole if not: without Range there is no part to ask for. ' +
    'Ranges are defined for GET alone; on any other method servers have to ignore both.',
  exceptions: 'Turn it off where Range is left out of the description on purpose.',
  cites: [rfc9110.mustNot('13.1.5', 'implies'), rfc9110.must('14.2', 'implies')],
  fix: 'none',
  *obligations(operation) {
    const field = operation.takes('If-Range');
    if (field === undefined) return;
    const noun = 'If-Range parameter';
    if (operation.method === 'GET') {
      if (operation.takes('Range') !== undefined || !operation.parametersAreKnown) return;
      yield absent(field.entry, { noun, because: 'it means nothing without Range, which the operation does not take' });
    } else if ((operation.neverRetrieves || operation.method === 'HEAD') && isOwn(field, operation)) {
      yield absent(field.entry, { noun, because: 'ranges are defined for GET alone' });
    }
  },
};

const rangeExample: Rule = {
  id: 'precondition-range-example',
  summary: 'Every example, default and fixed value of If-Range is one strong entity-tag, or an HTTP-date.',
  rationale:
    'If-Range carries the validator of the version that the client has a part of. A weak entity-tag does not tell whether the rest would fit that part, and If-Range never matches it; `*` and lists are for If-Match and If-None-Match. ' +
    'With any other value the client gets the whole representation every time.',
  exceptions: 'Turn it off while an API whose servers take bare values is being mended.',
  cites: [rfc9110.mustNot('13.1.5', 'implies')],
  recommended: 'warn',
  fix: 'safe',
  suggestedWhere: suggestedWhereFixed,
  *obligations(operation) {
    const field = operation.takes('If-Range');
    if (field === undefined) return;
    const because = 'it is one strong entity-tag in quotation marks, or an HTTP-date';
    yield* valueObligations(field, rangeConditionGrammar(field.mayPercentEncode), because, {
      values: field.wholeValues,
    });
  },
};

/** The rules on preconditions (RFC 9110 §13, RFC 6585 §3), in the order of the catalogue. */
export const preconditionRules: readonly Rule[] = [
  documented,
  optional,
  spelling,
  failedDocumented,
  failedHasPrecondition,
  failedNotWhenRevalidating,
  requiredDocumented,
  requiredHasPrecondition,
  obtainable,
  guardsUpdate,
  heeded,
  range,
  rangeExample,
];
