import { resolve } from 'node:path';
import { contentsOf } from '../../files/regular-file.js';
import { reasonOf } from '../../files/reading.js';
import { type Observations, parseObservations } from '../../observe/observations.js';
import { bound, isAboutDescription } from '../../observe/observed-rules.js';
import { sectionFor } from '../../sources.js';
import type { Selection } from '../../user-ruleset/selection.js';
import { visible } from '../../visible-text.js';
import { Failure } from './failure.js';

/**
 * A selection that also has the rules on what was seen of the server of a description. What they ask for was seen, so that their fixes
 * are safe.
 *
 * @param name the file of the observations, relative to `cwd`
 * @throws Failure if it cannot be read, or holds no observations
 */
export function withObserved(selection: Selection, name: string, cwd: string): Selection {
  const { rules } = bound(readObservations(name, cwd), isAboutDescription);
  return {
    origin: selection.origin,
    isOurs: true,
    rulesFor: (description) => [...selection.rulesFor(description), ...rules],
    severityOf: (rule, ...where) => (rules.includes(rule) ? rule.recommended : selection.severityOf(rule, ...where)),
    severityOfDuplicates: (description) => selection.severityOfDuplicates(description),
    followedFor: (description) => selection.followedFor(description),
    linkFor: (rule, description) =>
      rules.includes(rule) ? sectionFor(rule, []).url : selection.linkFor(rule, description),
  };
}

/**
 * Reads what `observe --save` wrote.
 *
 * @param name the file, relative to `cwd`
 * @throws Failure if it cannot be read, or holds no observations
 */
export function readObservations(name: string, cwd: string): Observations {
  let text: string;
  try {
    text = contentsOf(resolve(cwd, name)).toString();
  } catch (error) {
    throw new Failure(`--observed ${visible(name)}: ${reasonOf(error)}`);
  }
  const observations = parseObservations(text);
  if (typeof observations === 'string')
    throw new Failure(
      `--observed ${visible(name)}: ${observations}. Make one with \`observe --save ${visible(name)}\`.`,
    );
  return observations;
}
