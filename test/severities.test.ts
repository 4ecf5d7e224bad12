import { describe, expect, test } from 'vitest';
import { catalogue } from '../src/catalogue.js';
import { type RulesetName, severityIn } from '../src/rulesets.js';

/** The severities of the rules of version 0.1.0 in its rulesets. New guidelines and new rules leave them as they are. */
const columns: readonly RulesetName[] = ['recommended', 'rfc9110', 'atlassian', 'haufe', 'zalando', 'all'];
const known = `
not-modified-documented                    warn  info  warn  warn  warn  warn
not-modified-documented-on-head            ·     info  ·     ·     warn  warn
not-modified-answers-precondition          warn  warn  warn  warn  warn  warn
not-modified-no-content                    error error error error error error
not-modified-repeats-etag                  info  warn  ·     ·     ·     info
not-modified-repeats-cache-fields          ·     info  ·     ·     ·     info
not-modified-only-when-retrieving          warn  error ·     warn  warn  warn
not-modified-reachable                     hint  info  ·     ·     ·     hint
not-modified-no-representation-metadata    warn  warn  ·     ·     ·     warn
not-modified-storable                      info  info  ·     ·     ·     info
precondition-documented                    hint  ·     warn  info  hint  hint
precondition-optional                      warn  info  ·     ·     ·     warn
precondition-spelling                      warn  warn  ·     ·     ·     warn
precondition-failed-documented             ·     info  warn  ·     ·     warn
precondition-failed-has-precondition       hint  info  ·     ·     ·     hint
precondition-failed-not-when-revalidating  warn  error ·     ·     error warn
precondition-required-documented           ·     hint  ·     ·     ·     hint
precondition-required-has-precondition     warn  warn  ·     ·     warn  warn
precondition-obtainable                    info  info  warn  ·     hint  info
precondition-has-validator                 hint  info  info  hint  hint  hint
precondition-guards-update                 ·     ·     warn  ·     hint  warn
precondition-heeded                        info  warn  ·     ·     ·     info
precondition-range                         ·     warn  ·     ·     ·     warn
precondition-range-example                 warn  warn  ·     ·     ·     warn
entity-tag-schema                          warn  error ·     ·     ·     warn
entity-tag-single                          ·     warn  ·     ·     ·     warn
entity-tag-example                         warn  warn  ·     ·     ·     warn
entity-tag-strong                          info  info  ·     ·     ·     info
http-date-schema                           warn  warn  ·     ·     ·     warn
http-date-example                          warn  warn  ·     ·     ·     warn
cacheable-declares-fields                  ·     ·     ·     ·     error hint
cacheable-without-expires                  ·     ·     ·     ·     error hint
head-repeats-validators                    hint  info  ·     ·     warn  hint
`;
const rows = known
  .trim()
  .split('\n')
  .map((line) => line.split(/ +/));

describe('the severities of version 0.1.0 are those of', () => {
  test.each(columns.map((name, index) => [name, index] as const))('%s', (name, index) => {
    const before = Object.fromEntries(rows.map(([id = '', ...severities]) => [id, severities[index]]));
    const old = catalogue.filter(({ id }) => id in before);
    const now = Object.fromEntries(old.map((rule) => [rule.id, severityIn(name, rule) ?? '·']));
    expect(now).toEqual(before);
    expect(old).toHaveLength(33);
  });
});
