import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Diagnostic } from 'vscode-languageserver/node';
import { catalogue } from '../src/catalogue.js';
import { UnreadableFile } from '../src/files/text-file.js';
import { Workspace } from '../src/files/workspace.js';
import { fixDescriptions } from '../src/fixing/fix-all.js';
import { codeFrame } from '../src/hosts/cli/formats/code-frame.js';
import type { FormatContext } from '../src/hosts/cli/formats/formats.js';
import { sarif } from '../src/hosts/cli/formats/sarif.js';
import { Linter } from '../src/hosts/cli/lint-file.js';
import { sourceLines } from '../src/hosts/cli/source-lines.js';
import { unifiedDiff } from '../src/hosts/cli/unified-diff.js';
import { Actions } from '../src/hosts/language-server/actions.js';
import { Folders } from '../src/hosts/language-server/folders.js';
import { Session } from '../src/hosts/language-server/session.js';
import { shippedSelection } from '../src/user-ruleset/selection.js';
import { allFixes } from './fixing/permissions.js';

const file = '/api';
const selection = shippedSelection('all');

async function lint(text: string, withFixes: boolean) {
  const rules = catalogue.map(({ id }) => id);
  return new Linter().run({
    file,
    text,
    isNamed: true,
    rules,
    follows: [],
    allowRemote: false,
    withFixes,
    isCached: false,
  });
}

/** The files that `fix` changes; none if the text cannot be read or is over the reading limit. */
function fixed(text: string) {
  try {
    return fixDescriptions([file], selection, allFixes, new Workspace(() => text)).changed;
  } catch (error) {
    if (error instanceof UnreadableFile) return [];
    throw error;
  }
}

const context: FormatContext = {
  failSeverity: 0,
  rules: [],
  version: '',
  files: [file],
  cwd: '/',
  lineOf: () => undefined,
  suppressed: [],
  isForFile: true,
};

/** The frames of as many findings as a text of one line has places, one at each comma. */
export function framed(text: string): string {
  const results = [...text.matchAll(/,/g)].map(({ index: character }) => {
    const range = { start: { line: 0, character }, end: { line: 0, character: character + 1 } };
    return { code: 'a-rule', path: [], message: 'A message.', severity: 1 as const, range, source: file };
  });
  return codeFrame(results, { ...context, lineOf: sourceLines(new Map([[file, text]])) }, 80, false);
}

/** What users let the tool do with a text, by name. */
export const tasks: Readonly<Record<string, (text: string) => Promise<unknown>>> = {
  lint: (text) => lint(text, false),
  async sarif(text) {
    const { findings } = await lint(text, true);
    const results = findings.map((finding) => ({ ...finding, code: finding.rule, severity: 1 as const, source: file }));
    return sarif(results, context);
  },
  async fix(text) {
    const changed = fixed(text);
    return changed.map(({ before, edits }) => unifiedDiff('api', before, edits));
  },
  async actions(text) {
    const published: Diagnostic[] = [];
    const ignore = () => {};
    const folders = new Folders(() => undefined, { warn: ignore, inform: ignore });
    folders.ruleset = 'all';
    const session = new Session(folders, {
      publish: ({ diagnostics }) => void published.push(...diagnostics),
      report(error) {
        throw error;
      },
    });
    const document = TextDocument.create(`file://${file}`, 'yaml', 1, text);
    session.change(file, document);
    await session.refresh();
    const actions = new Actions(session, () => true);
    const range = { start: { line: 0, character: 0 }, end: document.positionAt(text.length) };
    const found = actions.at({ textDocument: { uri: document.uri }, range, context: { diagnostics: published } });
    return [found.find(({ data }) => data !== undefined), found.at(-1)].map(
      (action) => action && actions.resolve(action),
    );
  },
};
