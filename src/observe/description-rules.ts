import { counted } from '../counted.js';
import { rfc6585 } from '../guidelines/rfc6585.js';
import { rfc9110 } from '../guidelines/rfc9110.js';
import type { Json } from '../json.js';
import type { Operation } from '../model/operation.js';
import type { Place } from '../model/place.js';
import { absent, type Obligation, present } from '../obligation.js';
import type { Rule } from '../rule.js';
import { newFailure, newHeader, newResponse } from '../rules/addition.js';
import { copyOfHeader, sharedResponse } from '../rules/definition.js';
import { representationMetadata } from '../rules/not-modified/content.js';
import { parameterPresent } from '../rules/precondition/parameters.js';
import { countOf, fieldsOf, type SeenOperation } from './observations.js';

/** An obligation that follows from what was seen, and what shows it: see `evidence` of `Observed`. */
export interface SeenObligation {
  readonly obligation: Obligation;
  readonly shownBy: string;
}

/** What a description has to say of what its server does. */
export interface DescriptionRule extends Omit<Rule, 'obligations' | 'recommended'> {
  readonly recommended: NonNullable<Rule['recommended']>;
  obligations(operation: Operation, seen: SeenOperation): Iterable<SeenObligation>;
}

const notModified: DescriptionRule = {
  id: 'observed-not-modified-undocumented',
  summary: 'A description documents the 304 that its server sends.',
  rationale:
    'The server answers conditional requests, and the description does not say so. A client generated from it takes the 304 for an error, or its developer never learns that it can avoid the transfer.',
  exceptions: 'Turn it off if a gateway answers 304 for every operation, and nobody wants to list that.',
  cites: [rfc9110.defines('15.4.5', 'implies')],
  recommended: 'warn',
  fix: 'safe',
  *obligations(operation, seen) {
    if (!operation.retrieves || countOf(seen, '304') === 0 || operation.documentsNotModified) return;
    const place = operation.responsePlace('304');
    const names = fieldsOf(seen, '304');
    const obligation = present(place, () => notModifiedWith(operation, names, place), {
      noun: 'a 304 response',
      because: 'the server answers 304',
    });
    yield { obligation, shownBy: '304' };
  },
};

/** A 304 with the fields that were seen in it: a `$ref` to a shared one that fits, or a new one. */
function notModifiedWith(operation: Operation, names: readonly string[], place: Place): Json {
  const shared = sharedResponse(operation, '304', (response) => {
    return (
      response.contents.length === 0 &&
      names.every((name) => response.header(name) !== undefined) &&
      ['ETag', 'Last-Modified'].every((name) => names.includes(name) || response.header(name) === undefined) &&
      representationMetadata.every((name) => response.header(name) === undefined)
    );
  });
  if (shared !== undefined) return shared;
  const headers = names.map((name) => [name, headerFor(operation, name, place.child('headers').child(name))]);
  return newResponse(operation, '304', headers.length > 0 ? { headers: Object.fromEntries(headers) as Json } : {});
}

/** The definition of a header for a response: a copy of the one that the success response declares, or a new one. */
function headerFor(operation: Operation, name: string, place: Place): Json {
  const declared = operation.declares(name)?.header;
  return declared === undefined ? newHeader(operation, name, place) : copyOfHeader(declared, place, operation.version);
}

const notModifiedFields: DescriptionRule = {
  id: 'observed-not-modified-fields-undocumented',
  summary: 'A documented 304 declares the fields that the server sends in it.',
  rationale:
    'ETag, Cache-Control, Expires, Vary and Content-Location in a 304 renew what a cache has stored. A description that leaves them out hides what clients can rely on.',
  exceptions: 'Turn it off if your descriptions mention 304 without its headers on purpose.',
  cites: [rfc9110.must('15.4.5', 'implies')],
  recommended: 'info',
  fix: 'safe',
  *obligations(operation, seen) {
    const documented = operation.notModified;
    if (!operation.retrieves || documented === undefined || documented.place.lost) return;
    if (!documented.headersAreKnown) return;
    for (const name of fieldsOf(seen, '304')) {
      if (documented.header(name) !== undefined) continue;
      const place = documented.headerPlace(name);
      const wording = { noun: name, part: '304 response', because: 'the server sends it in a 304' };
      yield { obligation: present(place, () => headerFor(operation, name, place), wording), shownBy: `304 ${name}` };
    }
  },
};

const validator: DescriptionRule = {
  id: 'observed-validator-undocumented',
  summary: 'A description declares the ETag and the Last-Modified that its server sends with a success.',
  rationale:
    'A client that knows of the validator can ask whether what it has is still current, and can guard its updates. Nobody looks for a header that the description does not mention.',
  exceptions: 'Turn it off if a gateway adds validators to every response and nobody wants to list them.',
  cites: [rfc9110.should('8.8.3.1', 'implies')],
  recommended: 'info',
  fix: 'safe',
  *obligations(operation, seen) {
    for (const status of Object.keys(seen.responses).filter((code) => code.startsWith('2'))) {
      const response = operation.response(status) ?? operation.response('2XX');
      if (response === undefined || response.place.lost || !response.headersAreKnown) continue;
      for (const name of fieldsOf(seen, status).filter((field) => ['ETag', 'Last-Modified'].includes(field))) {
        if (response.header(name) !== undefined) continue;
        const place = response.headerPlace(name);
        const wording = { noun: name, part: `${response.code} response`, because: 'the server sends it' };
        const shownBy = `${status} ${name}`;
        yield { obligation: present(place, () => newHeader(operation, name, place), wording), shownBy };
      }
    }
  },
};

const precondition: DescriptionRule = {
  id: 'observed-precondition-undocumented',
  summary: 'A description of a GET declares the If-None-Match or If-Modified-Since that its server heeds.',
  rationale:
    'A client generated from a description without the parameter cannot send it, although the server would answer it with 304.',
  exceptions: 'Turn it off if the HTTP libraries of all clients handle validators by themselves.',
  cites: [rfc9110.must('13.1.2', 'suggests')],
  recommended: 'hint',
  fix: 'safe',
  *obligations(operation, seen) {
    if (operation.method !== 'GET' || !operation.parametersAreKnown) return;
    const name = seen.ifNoneMatch.answered > 0 ? 'If-None-Match' : 'If-Modified-Since';
    const { answered } = name === 'If-None-Match' ? seen.ifNoneMatch : seen.ifModifiedSince;
    if (answered === 0 || operation.takes(name) !== undefined) return;
    yield {
      obligation: parameterPresent(operation, name, undefined, `the server answers it with 304`),
      shownBy: '304',
    };
  },
};

const failure: DescriptionRule = {
  id: 'observed-failure-undocumented',
  summary: 'A description documents the 412 and the 428 that its server sends.',
  rationale:
    'These answers tell a client that its update was refused, and why: somebody else was first (412), or it has to name the version that it is based on (428). A client that does not expect them loses the update.',
  exceptions: 'Turn it off if all errors are documented under `default` on purpose.',
  cites: [rfc9110.defines('15.5.13', 'implies'), rfc6585.defines('3', 'implies')],
  recommended: 'warn',
  fix: 'safe',
  *obligations(operation, seen) {
    if (operation.retrieves) return;
    for (const code of ['412', '428'] as const) {
      const isDocumented = ['4XX', code].some((key) => operation.response(key) !== undefined);
      if (countOf(seen, code) === 0 || isDocumented) continue;
      const wording = { noun: `a ${code} response`, because: `the server answers ${code}` };
      yield {
        obligation: present(operation.responsePlace(code), () => newFailure(operation, code), wording),
        shownBy: code,
      };
    }
  },
};

const missingValidator: DescriptionRule = {
  id: 'observed-validator-missing',
  summary: 'A server sends the ETag and the Last-Modified that its description declares.',
  rationale:
    'A client that relies on the header never gets it: its cache never revalidates, and its updates are never guarded. Either a proxy drops the header, or the description promises what was never built.',
  exceptions: 'Turn it off if only some resources have the header, and none of those was asked for.',
  cites: [rfc9110.should('8.8.3.1', 'implies')],
  recommended: 'warn',
  fix: 'none',
  *obligations(operation, seen) {
    for (const [status, { count, fields }] of Object.entries(seen.responses)) {
      const response = status.startsWith('2') ? (operation.response(status) ?? operation.response('2XX')) : undefined;
      for (const name of ['ETag', 'Last-Modified']) {
        const declared = response?.header(name);
        if (declared === undefined || (fields[name] ?? 0) > 0) continue;
        yield {
          obligation: absent(declared.entry, {
            fault: 'Expected',
            noun: name,
            whereInWords: `from ${operation.label}`,
            because: `its ${response?.code} response declares it, and the server sent it in none of ${counted(count, 'answer')}`,
          }),
          shownBy: status,
        };
      }
    }
  },
};

const missing304: DescriptionRule = {
  id: 'observed-not-modified-missing',
  summary: 'A server sends the 304 that its description documents.',
  rationale:
    'A client that sends the condition gets the whole representation each time. The description promises a saving that never comes.',
  exceptions: 'Turn it off if only some resources are revalidated, and none of those was asked for.',
  cites: [rfc9110.must('13.1.2', 'implies')],
  recommended: 'warn',
  fix: 'none',
  *obligations(operation, seen) {
    const { notModified: documented } = operation;
    const asked = seen.ifNoneMatch.asked + seen.ifModifiedSince.asked;
    if (documented === undefined || !operation.retrieves || asked === 0 || countOf(seen, '304') > 0) return;
    yield {
      obligation: absent(documented.entry, {
        fault: 'Expected',
        noun: '304',
        whereInWords: `from ${operation.label}`,
        because: `it documents 304, and the server answered none of ${counted(asked, 'conditional request')} with it`,
      }),
      shownBy: '200',
    };
  },
};

/** The rules about descriptions, in the order of the documentation. */
export const descriptionRules: readonly DescriptionRule[] = [
  notModified,
  notModifiedFields,
  validator,
  precondition,
  failure,
  missingValidator,
  missing304,
];
