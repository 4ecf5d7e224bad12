// Where no server can run, as in a browser, the extension checks a document itself, through the API.
import { mayBeDescription, recognised } from '../../files/recognition.js';
import { TextFile, UnreadableFile } from '../../files/text-file.js';
import { fix, type GuidelineInput, lint, type RangeEdit, type RulesetOptions, type TextRange } from '../api/api.js';

/** What an editor shows in a document. */
export interface Shown {
  readonly code: string;
  readonly message: string;
  readonly severity: 'error' | 'warn' | 'info' | 'hint';
  /** The section to read about it; absent for an error that does not depend on the rules. */
  readonly url?: string;
  /** What is underlined: of an object or array its name. */
  readonly mark: TextRange;
  /** All that it is about. */
  readonly about: TextRange;
  /** The edits of its fix in this document, and whether the fix only corrects. */
  readonly fix?: { readonly isSafe: boolean; readonly edits: readonly RangeEdit[] };
}

/**
 * Checks a document, and reads the documents that its `$ref`s lead to. What is found in those is left out.
 *
 * @returns nothing for a document that is no OpenAPI description
 * @throws TypeError if the options name no ruleset, or a guideline that has a mistake
 */
export async function shownIn(uri: string, text: string, options: RulesetOptions): Promise<Shown[]> {
  const file = mayBeDescription(text) ? readable(uri, text) : undefined;
  if (file === undefined || recognised(file) === 'other') return [];
  const { findings, problems } = await lint({ uri, text }, { ...options, fixes: true });
  const found = findings.filter((finding) => finding.uri === uri);
  const marks = file.marksOf(
    found.map(({ path }) => path),
    found.map(({ range }) => range),
  );
  return [
    ...found.map(({ rule: code, message, severity, url, range: about, fix: made }, index): Shown => {
      const mark = marks[index] ?? about;
      return { code, message, severity, url, mark, about, ...(made?.uri === uri && { fix: made }) };
    }),
    ...problems
      .filter((problem) => problem.uri === uri)
      .map(({ code, message, range }): Shown => ({ code, message, severity: 'error', mark: range, about: range })),
  ];
}

/** The edits that make all safe fixes in a document. */
export async function safeFixes(uri: string, text: string, options: RulesetOptions): Promise<readonly RangeEdit[]> {
  const { changed } = await fix({ uri, text }, options);
  return changed.find((change) => change.uri === uri)?.edits ?? [];
}

/** The guideline in a text. The API names its mistakes. */
export function guidelineInText(uri: string, text: string): GuidelineInput {
  return new TextFile(uri, text).data as GuidelineInput;
}

function readable(uri: string, text: string): TextFile | undefined {
  try {
    return new TextFile(uri, text);
  } catch (error) {
    if (error instanceof UnreadableFile) return undefined;
    throw error;
  }
}
