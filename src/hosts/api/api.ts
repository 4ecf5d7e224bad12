import { neededByNone } from '../../exception-problems.js';
import { recognised, whyNoDescription } from '../../files/recognition.js';
import { type TextFile, UnreadableFile } from '../../files/text-file.js';
import { fixDescriptions } from '../../fixing/fix-all.js';
import type { ChangedFile } from '../../fixing/fix-result.js';
import { type FixableFinding, serialisedWithFixes } from '../../fixing/result-fixes.js';
import { wantedFixes } from '../../fixing/wanted-fixes.js';
import { severities } from '../../guidelines/citation.js';
import { pointerOf } from '../../json.js';
import { lint, type LintOutcome, resultOf, resultOfProblem, serialised, whenAllAreRead } from '../../lint.js';
import type { PatchOperation } from '../../patch.js';
import { type Result, type ResultFix, unseenInOrder } from '../../result.js';
import { inOrder } from '../../text-editor/text-edits.js';
import { guidelinesAsData, rulesAsData } from './catalogue-data.js';
import { chosenRules, ruleNamed } from './chosen-rules.js';
import { CallersDocuments } from './library.js';
import type {
  ChangedDocument,
  DescriptionInput,
  DocumentProblem,
  FixedDescriptions,
  FixSettings,
  GuidelineData,
  JsonPatchOperation,
  LintResult,
  LintSettings,
  RuleData,
  RuleFinding,
} from './types.js';

/**
 * Checks OpenAPI descriptions.
 *
 * @param descriptions one description, or several. What several share is reported once
 * @returns findings, and errors in the documents. A broken text, a document that cannot be read and one that is no description are
 *   `problems` of the result, not errors thrown
 * @throws TypeError if an option names no ruleset, rule or severity; if the guideline has a mistake; if a description is none of the
 *   forms, or its data is no JSON; if two have the same URI
 * @example
 * const { findings } = await lint(text, { ruleset: 'rfc9110', rules: { 'not-modified-documented': 'error' } });
 * for (const { message, range, url } of findings) console.log(range.start.line + 1, message, url);
 * @example
 * const read = (uri) => fs.promises.readFile(uri, 'utf8');
 * const { findings, problems } = await lint([{ uri: 'orders.yaml' }, { uri: 'customers.yaml' }], { read });
 */
async function lintDescriptions(
  descriptions: DescriptionInput | readonly DescriptionInput[],
  options: LintSettings = {},
): Promise<LintResult> {
  const selection = chosenRules(options);
  const documents = new CallersDocuments(options.read);
  const seen = new Set<string>();
  const results: Result[] = [];
  const unreadable: DocumentProblem[] = [];
  const outcomes: LintOutcome[] = [];
  for (const uri of await added(documents, descriptions)) {
    const entry = documents.at(uri);
    const [rules, follows] = [selection.rulesFor(uri), selection.followedFor(uri)];
    if (entry instanceof UnreadableFile) unreadable.push(problemOf(entry));
    else if (recognised(entry) !== 'description')
      results.push(...unseenInOrder(resultsOfProblems(whyNoDescription(entry), uri), seen));
    else {
      const linted = () => lint(entry, documents, rules, follows);
      const outcome = await whenRead(documents, linted);
      outcomes.push(outcome);
      const { located, problems } = outcome;
      const found: FixableFinding[] =
        options.fixes === true
          ? await whenRead(documents, () => serialisedWithFixes(located, entry, documents, rules, follows))
          : located.map(serialised);
      const ofRules = found.flatMap((finding) => {
        const result = resultOf(finding, uri, selection);
        return result === undefined ? [] : { ...result, ...(finding.fix && { fix: finding.fix }) };
      });
      results.push(...unseenInOrder([...ofRules, ...resultsOfProblems(problems, uri)], seen));
    }
  }
  results.push(...resultsOfProblems(neededByNone(outcomes), ''));
  return {
    findings: results.filter(({ statement }) => statement !== undefined).map(findingOf),
    problems: [...unreadable, ...results.filter(({ statement }) => statement === undefined).map(problemOfResult)],
    unread: documents.missing,
  };

  function resultsOfProblems(problems: LintOutcome['problems'], uri: string): Result[] {
    return problems.flatMap((problem) => resultOfProblem(problem, uri, selection) ?? []);
  }
}

/**
 * Fixes what the rules find in OpenAPI descriptions, until nothing is left that can be fixed. Writes nothing: it returns the new texts,
 * the edits that lead to them, and JSON Patches (RFC 6902). Unless a new text says exactly the old data with the patch, the fix is
 * declined.
 *
 * @param descriptions one description, or several. What several share is changed only if all of them ask for it
 * @returns the documents that have changed, and what became of each finding. If a text is broken, cannot be read or is no description,
 *   nothing is changed, and `problems` says why
 * @throws TypeError as `lint` does
 * @example
 * const { changed, outcomes } = await fix({ text, uri: 'orders.yaml' }, { suggested: true });
 * const [{ text: fixed, edits, patch }] = changed;
 */
async function fixedDescriptions(
  descriptions: DescriptionInput | readonly DescriptionInput[],
  options: FixSettings = {},
): Promise<FixedDescriptions> {
  const { suggested = false, remove = false, only = [], mayChange } = options;
  const rules = only.map(ruleNamed);
  const selection = chosenRules(options, rules);
  const documents = new CallersDocuments(options.read);
  const uris = await added(documents, descriptions);
  const given = uris.map((uri) => documents.at(uri));
  const problems = given.flatMap(problemsIn);
  const nothing = { changed: [], outcomes: [], problems, unread: documents.missing };
  if (!given.every(isFixable)) return nothing;
  const permissions = {
    ...wantedFixes({ suggested, remove, rules }),
    forbids: (uri: string) =>
      (mayChange?.(uri) ?? uris.includes(uri)) ? undefined : 'its document is not among those that may be changed',
  };
  try {
    const fix = () => fixDescriptions(uris, selection, permissions, documents.afresh());
    const { changed, outcomes } = await whenRead(documents, fix);
    return {
      changed: changed.map((change) => changedDocument(change, documents.read(change.file))),
      outcomes: outcomes.map(({ rule, message, file, kind, reason, fix: fixKind }) => {
        const others = { ...(reason !== undefined && { reason }), ...(fixKind && { fixKind }) };
        return { rule: rule.id, message, uri: file, outcome: kind, ...others };
      }),
      problems,
      unread: documents.missing,
    };
  } catch (error) {
    if (error instanceof UnreadableFile)
      return { ...nothing, problems: [...problems, { ...problemOf(error), code: 'parser' }] };
    throw error;
  }
}

/** Adds descriptions to the documents. @returns their URIs */
async function added(
  documents: CallersDocuments,
  descriptions: DescriptionInput | readonly DescriptionInput[],
): Promise<string[]> {
  const uris: string[] = [];
  for (const description of [descriptions].flat() as readonly DescriptionInput[]) {
    const uri = await documents.add(description);
    if (uris.includes(uri)) throw new TypeError(`Two descriptions have the URI '${uri}'.`);
    uris.push(uri);
  }
  return uris;
}

/** The result of a task once all documents that it reaches have been read, as far as they can be. */
function whenRead<T>(documents: CallersDocuments, task: () => T): Promise<T> | T {
  return documents.canRead ? whenAllAreRead(documents, task, () => documents.readMissing()) : task();
}

/** Whether a document is a description without an error of syntax. A broken one may share what is to be fixed in the others. */
function isFixable(document: TextFile | UnreadableFile): document is TextFile {
  return !(document instanceof UnreadableFile) && !document.isBroken && recognised(document) === 'description';
}

/** Why a document cannot be fixed: it is broken, has a name twice, cannot be read, or is no description. */
function problemsIn(document: TextFile | UnreadableFile): DocumentProblem[] {
  if (document instanceof UnreadableFile) return [problemOf(document)];
  const problems = recognised(document) === 'description' ? document.problems : whyNoDescription(document);
  return problems.map(({ file: uri, code, message, path, range }) => ({ code, message, uri, path, range }));
}

function problemOf({ file: uri, message }: UnreadableFile): DocumentProblem {
  const start = { line: 0, character: 0 };
  return { code: 'unreadable', message, uri, path: [], range: { start, end: start } };
}

function problemOfResult({ code, message, source, path, range }: Result): DocumentProblem {
  return { code: code as DocumentProblem['code'], message, uri: source, path, range };
}

function findingOf(result: Result): RuleFinding {
  const { code, severity, message, statement = '', sources = [], documentationUrl = '', source, path, range } = result;
  return {
    rule: code,
    severity: severities[severity],
    message,
    statement,
    sources,
    url: documentationUrl,
    uri: source,
    path,
    range,
    fixKind: result.fixKind ?? 'none',
    ...(result.fix && { fix: fixOf(result.fix) }),
  };
}

function fixOf({ isSafe, file, edits }: ResultFix): NonNullable<RuleFinding['fix']> {
  return { isSafe, uri: file, edits };
}

function changedDocument({ file, after, edits, operations }: ChangedFile, before: TextFile): ChangedDocument {
  return {
    uri: file,
    text: after,
    edits: inOrder(edits).map(({ start, end, text }) => ({ range: before.rangeOf({ start, end }), text })),
    patch: operations.map(jsonPatchOperation),
  };
}

function jsonPatchOperation(change: PatchOperation): JsonPatchOperation {
  const { op } = change;
  const path = jsonPointer(change.path);
  if (op === 'move') return { op, from: jsonPointer(change.from), path };
  return op === 'remove' ? { op, path } : { op, path, value: change.value };
}

function jsonPointer(path: readonly string[]): string {
  return path.length === 0 ? '' : `/${pointerOf(path)}`;
}

/**
 * Every rule, in the order of the documentation.
 *
 * @example
 * const links = rules.flatMap(({ id, citations }) => citations.map(({ source, level, url }) => [id, source, level, url]));
 */
const rules: readonly RuleData[] = rulesAsData;

/**
 * The guidelines that have a ruleset of their own, HTTP first.
 *
 * @example
 * const names = guidelines.filter((guideline) => guideline.rules.some(({ id }) => id === 'not-modified-documented'));
 */
const guidelines: readonly GuidelineData[] = guidelinesAsData;

export { fixedDescriptions as fix, guidelines, lintDescriptions as lint, rules };
export type * from './types.js';
