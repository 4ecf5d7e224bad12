import { rfc9110 } from '../../guidelines/rfc9110.js';
import { updateGuards } from '../../model/failed-precondition.js';
import type { Operation } from '../../model/operation.js';
import { alwaysNamesVersion } from '../../model/resource-version.js';
import type { Response } from '../../model/response.js';
import { type Obligation, present } from '../../obligation.js';
import type { Rule } from '../../rule.js';
import { parameterPresent } from './parameters.js';

/** The methods that change a resource. */
const updates: readonly string[] = ['PUT', 'PATCH', 'DELETE'];

/** For each precondition of updates, the validator that it carries, and whether the content of a response has that as a member. */
const validators = {
  'If-Match': { name: 'ETag', noun: 'an entity-tag', isInBody: (response: Response) => response.carriesEntityTag },
  'If-Unmodified-Since': {
    name: 'Last-Modified',
    noun: 'the date of the last change',
    isInBody: (response: Response) => response.carriesModificationDate,
  },
} as const;

/** Where a client gets the validator. Some guidelines speak of responses to retrievals only. */
const ways = { retrieval: 'a path with GET or HEAD', update: 'a path without GET and HEAD' } as const;

/** The obligation that a response on the path gives a client the validator for a precondition; it belongs to the first update that takes one. */
function* validatorObtainable(operation: Operation, condition: keyof typeof validators): Generator<Obligation> {
  const { onSamePath } = operation;
  if (!updates.includes(operation.method)) return;
  const guarded = onSamePath.filter((other) => updates.includes(other.method) && other.takes(condition));
  if (operation !== guarded[0] || !onSamePath.every(({ responsesAreKnown }) => responsesAreKnown)) return;
  const { name, noun, isInBody } = validators[condition];
  if (onSamePath.some(({ responses }) => responses.some(isInBody))) return;
  const source = onSamePath.find(({ method }) => method === 'GET')?.successes[0] ?? operation.successes[0];
  // A client reads a resource before it changes it. If it cannot read it, only the responses to updates can give it a validator.
  const readable = onSamePath.filter((other) => other.retrieves && other.successes.length > 0);
  // Where the only success is that of DELETE, nothing is left to have a validator.
  if (onSamePath.every((other) => other.method === 'DELETE' || other.successes.length === 0)) return;
  const responses =
    readable.length > 0
      ? readable.flatMap(({ successes }) => successes)
      : onSamePath.flatMap((other) => other.responses).filter(({ code }) => code !== '304');
  if (responses.some((response) => response.header(name) !== undefined)) return;
  const cause = operation.takes(condition);
  if (source === undefined || cause === undefined) return;
  yield present(source.headerPlace(name), undefined, {
    noun: name,
    whereInWords: `on a response of ${operation.template}`,
    because: `${guarded.map(({ method }) => method).join(' and ')} take${guarded.length > 1 ? '' : 's'} ${condition}, which clients can send only with ${noun}`,
    cause,
    pointsAt: operation.place,
    on: readable.length > 0 ? ways.retrieval : ways.update,
  });
}

const obtainable: Rule = {
  id: 'precondition-obtainable',
  summary:
    'If PUT, PATCH or DELETE take If-Match, a success response to GET or HEAD on that path declares ETag; without GET and HEAD, any response may.',
  rationale:
    'If-Match carries the ETag of the version that the change is based on. If no response to a retrieval declares one, a client does not learn where to get it, and sends `*` or nothing. Two clients then overwrite each other without noticing. ' +
    'The response to a PUT comes too late for that PUT, and only a client that already has an entity-tag receives a 304.',
  exceptions:
    'Turn it off if the entity-tag comes from another path, such as a list. If it is a member of the representation (`etag`, `_etag`), or the path has only DELETE, nothing is reported.',
  cites: [rfc9110.defines('13.1.1', 'suggests')],
  aspects: Object.values(ways),
  recommended: 'info',
  fix: 'none',
  topic: 'field',
  *obligations(operation) {
    yield* validatorObtainable(operation, 'If-Match');
  },
};

const dateObtainable: Rule = {
  id: 'precondition-date-obtainable',
  summary:
    'If PUT, PATCH or DELETE take If-Unmodified-Since, a success response to GET or HEAD on that path declares Last-Modified; without GET and HEAD, any response may.',
  rationale:
    'If-Unmodified-Since carries the date at which the version was last changed. A server that has no such date ignores the field, and the update goes through unguarded. ' +
    'If no response to a retrieval declares Last-Modified, a client can only send the time of its own clock.',
  exceptions:
    'Turn it off if the date comes from another path, such as a list. If the representation has a member for it (`lastModified`, `updated_at`), or the path has only DELETE, nothing is reported.',
  cites: [rfc9110.must('13.1.4', 'implies')],
  aspects: Object.values(ways),
  recommended: 'info',
  fix: 'none',
  topic: 'field',
  *obligations(operation) {
    yield* validatorObtainable(operation, 'If-Unmodified-Since');
  },
};

const guardsUpdate: Rule = {
  id: 'precondition-guards-update',
  summary:
    'If a GET declares ETag, or one of PUT, PATCH and DELETE takes If-Match, all of these on that path take If-Match or If-Unmodified-Since.',
  rationale:
    'Two clients read the same version, both change it, and the second overwrites the change of the first without noticing: a lost update. ' +
    'With If-Match the request of the second fails, and it can merge. The ETag that it needs is already there. If only some of the methods are guarded, a client can bypass the guard with another.',
  exceptions:
    'Turn it off if the last update is meant to win. If the path, a required query parameter or a required member of the body names the version, nothing is reported.',
  cites: [],
  // Some guidelines speak only of the methods that replace, or not of PATCH.
  aspects: updates,
  severityInAll: 'warn',
  fix: 'suggested',
  topic: 'field',
  *obligations(operation) {
    if (!updates.includes(operation.method) || !operation.parametersAreKnown) return;
    if (operation.takes(...updateGuards) !== undefined) return;
    const guarded = operation.onSamePath.find((other) => updates.includes(other.method) && other.takes('If-Match'));
    const get = operation.onSamePath.find(({ method }) => method === 'GET');
    const cause = get?.declares('ETag')?.header ?? guarded?.takes('If-Match');
    if (cause === undefined || alwaysNamesVersion(operation)) return;
    const because =
      cause.role === 'header' ? 'the GET on its path declares ETag' : `${guarded?.method} on its path takes If-Match`;
    yield { ...parameterPresent(operation, 'If-Match', cause, because), on: operation.method };
  },
};

const guardsCreation: Rule = {
  id: 'precondition-guards-creation',
  summary: 'A PUT that takes content and documents a 201 response takes If-None-Match.',
  rationale:
    'A PUT to a path that is not taken creates a resource. With `If-None-Match: *` it does so only if nobody else has been faster; without it, the second of two clients overwrites what the first has created.',
  exceptions:
    'Turn it off if clients choose identifiers that cannot collide, such as UUIDs, or if it does not matter who creates a resource. A PUT without content, such as one that adds a member to a group, is not reported: all clients create the same.',
  cites: [],
  fix: 'suggested',
  topic: 'creation',
  *obligations(operation) {
    const created = operation.response('201');
    if (operation.method !== 'PUT' || created === undefined || !operation.parametersAreKnown) return;
    if (operation.takes('If-None-Match') !== undefined || !operation.takesContent) return;
    yield parameterPresent(
      operation,
      'If-None-Match',
      undefined,
      'its 201 response says that it can create the resource',
    );
  },
};

/** The rules against lost updates (RFC 9110 §13.1.1). */
export const updateRules = { obtainable, dateObtainable, guardsUpdate, guardsCreation };
