import { catalogue, ruleCalled } from './catalogue.js';
import { placed, type UnplacedProblem } from './files/placed-problems.js';
import type { TextFile } from './files/text-file.js';
import { isObject, type LinkedPath, memberOf, type Path, pathOf, pointerOf } from './json.js';
import type { Description } from './model/description.js';
import { type ExceptionFault, exceptionKey, exceptionsIn } from './model/exceptions.js';
import { isExampleData, type Kind, kindOfDescription, kindOfKept, kindOfMember } from './model/kind.js';
import { isTooDeep } from './model/reading-budget.js';
import { suggestion } from './nearest-name.js';
import { observedRuleCalled } from './observe/observed-rules.js';
import { type Problem, problemKey } from './problem.js';
import type { Rule } from './rule.js';
import type { Range } from './text-editor/line-index.js';
import { visible } from './visible-text.js';

/** What is wrong with the exceptions of a description. */
export interface ExceptionProblems {
  /** The mistakes in them. */
  readonly invalid: readonly Problem[];
  /** Those that nothing in this description needs. Another one that shares the file may need them. */
  readonly unused: readonly Problem[];
  /** The keys that the problems of the others would have if nothing needed them: see {@link problemKey}. */
  readonly used: readonly string[];
}

/** An exception as it is written in a file. */
interface Written {
  /** The id of a rule, or what stands in its place. */
  readonly rule: string;
  readonly file: TextFile;
  /** The path of the id, or of the value that a comment is about, in the data of the file. */
  readonly path: Path;
  /** Where a comment names the rule. */
  readonly range?: Range;
  /** The object or the comment that makes the exception. */
  readonly holder: object;
  readonly fault?: ExceptionFault;
}

/**
 * Looks for mistakes in the exceptions of a description, and for exceptions that nothing needs.
 *
 * @param description that has been checked by the rules
 * @param entry its file
 * @param parts all its files. In those that are not the entry, an exception is called unused only if it stands in what a `$ref` leads to
 * @param rules those that it was checked by: of the others, no exception is called unused
 */
export function exceptionProblems(
  description: Description,
  entry: TextFile,
  parts: Iterable<TextFile>,
  rules: readonly Rule[],
): ExceptionProblems {
  const written = [...parts].flatMap((file) => [...inObjects(file), ...inComments(file)]);
  if (written.length === 0) return { invalid: [], unused: [], used: [] };
  const targets = description.place.referenceTargets;
  const reached = new Set(targets.map(({ source, linkedPath }) => `${source.uri}#${pointerOf(pathOf(linkedPath))}`));
  const isReached = ({ file, path }: Written) =>
    file === entry || [...path, ''].some((_, length) => reached.has(`${file.uri}#${pointerOf(path.slice(0, length))}`));
  const isUsed = ({ holder, rule }: Written) => description.exceptions.isUsed(holder, rule);
  const sound = written.filter((one) => mistakeIn(one) === undefined);
  const unused = sound.filter((one) => !isUsed(one) && isReached(one) && rules.some(({ id }) => id === one.rule));
  return {
    invalid: problemsOf(written, 'invalid-ignore', mistakeIn),
    unused: problemsOf(unused, 'unused-ignore', whyUnused),
    used: problemsOf(sound.filter(isUsed), 'unused-ignore', whyUnused).map(problemKey),
  };
}

/** The exceptions that none of several descriptions needs, each once. */
export function neededByNone(descriptions: readonly Pick<ExceptionProblems, 'unused' | 'used'>[]): Problem[] {
  const used = new Set(descriptions.flatMap((one) => one.used));
  const unused = descriptions.flatMap((one) => one.unused.map((problem) => [problemKey(problem), problem] as const));
  return [...new Map(unused.filter(([key]) => !used.has(key))).values()];
}

function problemsOf(
  written: readonly Written[],
  code: Problem['code'],
  messageFor: (one: Written) => string | undefined,
): Problem[] {
  const inObject: UnplacedProblem[] = [];
  const problems: Problem[] = [];
  for (const one of written) {
    const message = messageFor(one);
    if (message === undefined) continue;
    const { file, path, range } = one;
    const problem = { code, message, isWarning: true } as const;
    if (range === undefined) inObject.push({ ...problem, ...file.originOf(path) });
    else problems.push({ ...problem, file: file.uri, path, range });
  }
  return [...placed(inObject), ...problems];
}

function whyUnused({ rule }: Written): string {
  return `Unused exception: ${rule} finds nothing here that it would except`;
}

/** What is wrong with an exception, whatever the description; `undefined` if it is right. */
function mistakeIn({ rule, fault }: Written): string | undefined {
  if (fault !== undefined) return `Expected ${wanted[fault.wanted]} instead of ${inWords(fault.value)}`;
  if (rule === '') return 'Expected the id of a rule after conditional-requests-ignore-next-line';
  if (ruleCalled(rule) !== undefined || observedRuleCalled(rule) !== undefined) return undefined;
  const name = rule.slice(0, longestName);
  const ids = catalogue.map(({ id }) => id);
  return `Unknown rule ${visible(name)}: ${suggestion(name, ids, '`conditional-requests explain` lists all')}`;
}

/** How many characters of an unknown name a message shows. */
const longestName = 100;

/** A value that is no text. An object is not written out, since aliases can make it huge. */
function inWords(value: unknown): string {
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object';
  return String(value);
}

const wanted: Readonly<Record<ExceptionFault['wanted'], string>> = {
  rules: 'the id of a rule, a list of ids, or an object from ids to reasons',
  rule: 'the id of a rule',
  reason: 'a text as the reason',
};

/** The exceptions that objects of a file make. Example data makes none. */
function* inObjects(file: TextFile): Generator<Written> {
  if (!file.isOverlaid && !file.text.includes(exceptionKey)) return;
  const isDescription = kindOfDescription(file.data) !== undefined;
  const seen = new Set<unknown>();
  const left: { value: unknown; path: LinkedPath | undefined; depth: number; kind: Kind | undefined }[] = [
    { value: file.data, path: undefined, depth: 0, kind: kindOfDescription(file.data) },
  ];
  for (let here = left.pop(); here !== undefined; here = left.pop()) {
    const { value, path, depth, kind } = here;
    if (typeof value !== 'object' || value === null || seen.has(value) || isTooDeep(depth)) continue;
    if (kind !== undefined && isExampleData(kind)) continue;
    seen.add(value);
    const exception = isObject(value) ? memberOf(value, exceptionKey) : undefined;
    if (exception !== undefined) {
      const { exceptions, faults } = exceptionsIn(exception);
      const at = [...pathOf(path), exceptionKey];
      for (const one of exceptions) yield { rule: one.rule, file, path: [...at, ...one.path], holder: value };
      for (const fault of faults) yield { rule: '', file, path: [...at, ...fault.path], holder: value, fault };
    }
    for (const [key, member] of Object.entries(value)) {
      if (key === exceptionKey) continue;
      const kindThere = kind === undefined ? undefined : kindOfMember(kind, key);
      const kindAtTop = depth === 0 && !isDescription ? kindOfKept(key) : undefined;
      left.push({ value: member, path: { key, above: path }, depth: depth + 1, kind: kindThere ?? kindAtTop });
    }
  }
}

/** The exceptions that comments of a file make. */
function inComments(file: TextFile): Written[] {
  return file.commentExceptions.map((comment) => {
    const path = file.keyOrScalarAt(comment.about)?.path ?? [];
    return { rule: comment.rule, file, path, range: comment.range, holder: comment };
  });
}
