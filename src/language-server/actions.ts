import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic,
  type Range,
  type TextEdit as Edit,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import type { TextEdit } from '../edit/text-edit.js';
import { type Finding, remedyOf } from '../rule.js';
import { fixDescriptions } from '../workspace/fix.js';
import { type Remedy, remediesFor } from '../workspace/remedies.js';
import type { TextFile } from '../workspace/text-file.js';
import type { Told } from './diagnostics.js';
import { nameOf } from './names.js';
import type { Session } from './session.js';

/** The command that shows the page of a rule, whose id it takes. */
export const explainCommand = 'conditional-requests.explain';

/** The kind of the action that makes all safe fixes in a document. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.conditionalRequests`;

/** The actions on what is found in a session. */
export class Actions {
  readonly #session: Session;
  readonly #hasVersions: () => boolean;
  /** What is known already of how to put findings right. */
  #remedies = new Map<Finding, Remedy | undefined>();
  /** When that was. */
  #lints = 0;

  /** @param hasVersions whether the editor takes edits for a version of a document */
  constructor(session: Session, hasVersions: () => boolean) {
    this.#session = session;
    this.#hasVersions = hasVersions;
  }

  /**
   * The actions at a range of a document: what puts right each of the findings there, and what explains them; and, not worked
   * out yet, what makes all safe fixes in the document.
   */
  at({ textDocument, range, context }: CodeActionParams): CodeAction[] {
    const name = nameOf(textDocument.uri);
    const wants = (kind: string) => context.only?.some((only) => `${kind}.`.startsWith(`${only}.`)) ?? true;
    const descriptions = this.#session.isCurrent(name) ? this.#session.descriptionsWith(name) : [];
    const actions: CodeAction[] = [];
    if (wants(CodeActionKind.QuickFix)) {
      const here = descriptions
        .flatMap(({ told }) => told)
        .filter(({ file, diagnostic }) => file === name && meet(withLine(diagnostic.range), range));
      // What several descriptions share is found in each of them.
      const byKey = new Map(here.map((told) => [told.key, told]));
      actions.push(...this.#quickFixes([...byKey.values()], context.diagnostics));
    }
    const hasSafe = descriptions.some(({ told }) =>
      told.some(({ file, finding }) => file === name && finding.rule.fix === 'safe'),
    );
    if (wants(fixAllKind) && hasSafe) {
      actions.push({ title: 'Make all safe fixes', kind: fixAllKind, data: textDocument.uri });
    }
    return actions;
  }

  /** Works out the action that makes all safe fixes in a document. */
  resolve(action: CodeAction): CodeAction {
    const name = typeof action.data === 'string' ? nameOf(action.data) : undefined;
    if (name === undefined || action.kind !== fixAllKind || !this.#session.isCurrent(name)) return action;
    const edit = this.#fixAll(name);
    return edit === undefined ? action : { ...action, edit };
  }

  #quickFixes(told: readonly Told[], shown: readonly Diagnostic[]): CodeAction[] {
    const fixes: CodeAction[] = [];
    const explanations = new Map<string, CodeAction>();
    this.#work(told.map(({ finding }) => finding));
    for (const { finding, diagnostic } of told) {
      const { id, fix } = finding.rule;
      const remedy = this.#remedies.get(finding);
      const [demand] = finding.demands;
      const diagnostics = [shown.find((one) => isSame(one, diagnostic)) ?? diagnostic];
      if (demand !== undefined && remedy !== undefined && this.#session.isCurrent(remedy.file.uri)) {
        fixes.push({
          title: `${remedyOf(demand.obligation)} (${id})`,
          kind: CodeActionKind.QuickFix,
          diagnostics,
          isPreferred: fix === 'safe',
          edit: this.#editOf(remedy.file, remedy.edits),
        });
      }
      const title = `Explain ${id}`;
      const command = { title, command: explainCommand, arguments: [id] };
      explanations.set(id, { title, kind: CodeActionKind.QuickFix, diagnostics, command });
    }
    return [...fixes, ...explanations.values()];
  }

  /** Works out what puts findings right, where that is not known yet. */
  #work(wanted: readonly Finding[]): void {
    const { descriptions, lints, workspace } = this.#session;
    if (this.#lints !== lints) this.#remedies = new Map();
    this.#lints = lints;
    const unknown = wanted.filter((finding) => !this.#remedies.has(finding));
    if (unknown.length === 0) return;
    for (const finding of unknown) this.#remedies.set(finding, undefined);
    const findings = descriptions.flatMap(({ told }) => told.map(({ finding }) => finding));
    const entries = descriptions.map(({ entry }) => entry);
    for (const remedy of remediesFor(unknown, findings, entries, workspace)) {
      this.#remedies.set(remedy.finding, remedy);
    }
  }

  #fixAll(name: string): WorkspaceEdit | undefined {
    const descriptions = this.#session.descriptionsWith(name);
    const [first] = descriptions;
    if (first === undefined) return undefined;
    const entries = descriptions.map(({ entry }) => entry.uri);
    const permissions = {
      allows: ({ fix }: Finding['rule']) => fix === 'safe',
      forbids: (file: string) => (file === name ? undefined : 'it is in another document'),
    };
    const { changed } = fixDescriptions(entries, first.selection, permissions, (file) => this.#session.textOf(file));
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

function isSame(one: Diagnostic, other: Diagnostic): boolean {
  return one.code === other.code && one.message === other.message && one.range.start.line === other.range.start.line;
}
