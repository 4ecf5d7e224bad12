import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic,
  type Range,
  type TextEdit as Edit,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import type { Finding } from '../../check.js';
import { type TextFile, UnreadableFile } from '../../files/text-file.js';
import type { Workspace } from '../../files/workspace.js';
import { fixDescriptions } from '../../fixing/fix-all.js';
import type { FixResult } from '../../fixing/fix-result.js';
import { quickFixable, quickFixesFor } from '../../fixing/quick-fixes.js';
import { fixTitle } from '../../message.js';
import type { FixKind } from '../../obligation.js';
import type { Rule } from '../../rule.js';
import type { TextEdit } from '../../text-editor/text-edits.js';
import type { PublishedFinding } from './diagnostics.js';
import { documentName } from './names.js';
import type { Session } from './session.js';

/** The command that shows the page of a rule, whose id it takes. */
export const explainCommand = 'conditional-requests.explain';

/** The kind of the action that makes all safe fixes in a document. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.conditionalRequests`;

/** What an action that is not worked out yet is about. */
interface Pending {
  readonly uri: string;
  /** Which finding it puts right; absent where it makes all safe fixes. */
  readonly key?: string;
}

/**
 * The actions on what is found in a session. What they do is only worked out for the one that is chosen: that takes a multiple
 * of what a lint takes, and editors ask for actions wherever the cursor goes.
 */
export class Actions {
  readonly #session: Session;
  readonly #hasVersions: () => boolean;

  /** @param hasVersions whether the editor takes edits for a version of a document */
  constructor(session: Session, hasVersions: () => boolean) {
    this.#session = session;
    this.#hasVersions = hasVersions;
  }

  /**
   * The actions at a range of a document: what puts right each of the findings there, and what explains them; and what makes all
   * safe fixes in the document. Where there is to be an edit, it is not worked out yet.
   */
  at({ textDocument: { uri }, range, context }: CodeActionParams): CodeAction[] {
    const name = documentName(uri);
    if (!this.#session.isCurrent(name)) return [];
    const wants = (kind: string) => context.only?.some((only) => `${kind}.`.startsWith(`${only}.`)) ?? true;
    const here = this.#session
      .descriptionsWith(name)
      .flatMap(({ published }) => published)
      .filter(({ file }) => file === name);
    let actions: CodeAction[] = [];
    if (wants(CodeActionKind.QuickFix)) {
      const met = here.filter(({ diagnostic }) => meet(withLine(diagnostic.range), range));
      // What several descriptions share is found in each of them.
      const byKey = new Map(met.map((published) => [published.key, published]));
      actions = this.#quickFixes([...byKey.values()], uri, context.diagnostics);
    }
    if (wants(fixAllKind) && here.some(({ finding }) => finding.fix === 'safe')) {
      actions.push({ title: 'Make all safe fixes', kind: fixAllKind, data: { uri } satisfies Pending });
    }
    return actions;
  }

  /**
   * Works an action out.
   *
   * @returns the action; without an edit where, as it turns out, nothing can be changed but with something else
   */
  resolve(action: CodeAction): CodeAction {
    // An explanation has nothing to be worked out, but editors ask.
    if (action.data === undefined) return action;
    const { uri, key } = action.data as Pending;
    const name = documentName(uri);
    if (!this.#session.isCurrent(name)) return action;
    const edit = key === undefined ? this.#fixAll(name) : this.#fix(key);
    return edit === undefined ? action : { ...action, edit };
  }

  #quickFixes(published: readonly PublishedFinding[], uri: string, shown: readonly Diagnostic[]): CodeAction[] {
    const fixable = new Set(
      quickFixable(
        published.map(({ finding }) => finding),
        ...this.#everything(),
      ),
    );
    const fixes: CodeAction[] = [];
    const explanations = new Map<string, CodeAction>();
    const shownByKey = new Map(shown.toReversed().map((one) => [keyOf(one), one]));
    for (const { finding, diagnostic, key } of published) {
      const { id } = finding.rule;
      const [violation] = finding.violations;
      const diagnostics = [shownByKey.get(keyOf(diagnostic)) ?? diagnostic];
      const [kind, data] = [CodeActionKind.QuickFix, { uri, key } satisfies Pending];
      if (violation !== undefined && fixable.has(finding)) {
        const title = `${fixTitle(violation.obligation)} (${id})`;
        fixes.push({ title, kind, diagnostics, isPreferred: finding.fix === 'safe', data });
      }
      const title = `Explain ${id}`;
      explanations.set(id, { title, kind, diagnostics, command: { title, command: explainCommand, arguments: [id] } });
    }
    return [...fixes, ...explanations.values()];
  }

  /** All that is found, all descriptions that it is found in, and their files. */
  #everything(): [Finding[], TextFile[], Workspace] {
    const { descriptions, workspace } = this.#session;
    const findings = descriptions.flatMap(({ published }) => published.map(({ finding }) => finding));
    return [findings, descriptions.map(({ entry }) => entry), workspace];
  }

  #fix(key: string): WorkspaceEdit | undefined {
    const published = this.#session.descriptions.flatMap((linted) => linted.published).find((one) => one.key === key);
    if (published === undefined) return undefined;
    const [quickFix] = quickFixesFor([published.finding], ...this.#everything());
    return quickFix !== undefined && this.#session.isCurrent(quickFix.file.uri)
      ? this.#editOf(quickFix.file, quickFix.edits)
      : undefined;
  }

  #fixAll(name: string): WorkspaceEdit | undefined {
    const descriptions = this.#session.descriptionsWith(name);
    const [first] = descriptions;
    if (first === undefined) return undefined;
    const entries = descriptions.map(({ entry }) => entry.uri);
    const permissions = {
      allows: (_: Rule, kind: FixKind) => kind === 'safe',
      forbids: (file: string) => (file === name ? undefined : 'it is in another document'),
    };
    let changed: FixResult['changed'] = [];
    try {
      changed = fixDescriptions(entries, first.selection, permissions, (file) => this.#session.textOf(file)).changed;
    } catch (error) {
      // What was linted may still be too large to be fixed, or be gone.
      if (!(error instanceof UnreadableFile)) throw error;
    }
    const edits = changed.find(({ file }) => file === name)?.edits;
    return edits && this.#editOf(this.#session.workspace.read(name), edits);
  }

  #editOf(file: TextFile, edits: readonly TextEdit[]): WorkspaceEdit {
    const uri = this.#session.uriOf(file.uri);
    const all = edits.map(({ start, end, text }): Edit => ({ range: file.rangeOf({ start, end }), newText: text }));
    if (!this.#hasVersions()) return { changes: { [uri]: all } };
    const version = this.#session.versionOf(file.uri) ?? null;
    return { documentChanges: [{ textDocument: { uri, version }, edits: all }] };
  }
}

/** An object begins behind the colon, as Spectral has it; but who points at its name means it, too. */
function withLine({ start, end }: Range): Range {
  return { start: { ...start, character: 0 }, end };
}

function meet(one: Range, other: Range): boolean {
  return !isBefore(one, other) && !isBefore(other, one);
}

function isBefore({ end }: Range, { start }: Range): boolean {
  return end.line < start.line || (end.line === start.line && end.character < start.character);
}

/** What the same diagnostic has in common before and after something else was typed on its line. */
function keyOf({ code, message, range }: Diagnostic): string {
  return [code, range.start.line, message].join('\n');
}
