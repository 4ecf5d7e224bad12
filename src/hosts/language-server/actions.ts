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
import { exceptionEdits } from '../../fixing/exception-edits.js';
import { fixDescriptions } from '../../fixing/fix-all.js';
import type { ActiveRules } from '../../fixing/fix-candidates.js';
import type { FixResult } from '../../fixing/fix-result.js';
import { isSafe, type PossibleQuickFix, quickFixable, quickFixesFor } from '../../fixing/quick-fixes.js';
import { fixTitle } from '../../message.js';
import type { FixKind } from '../../obligation.js';
import type { Rule } from '../../rule.js';
import type { TextEdit } from '../../text-editor/text-edits.js';
import type { PublishedFinding } from './diagnostics.js';
import { documentName } from './names.js';
import type { Session } from './session.js';

/** The command that shows the page of a rule. Its argument is the rule id. */
export const explainCommandId = 'conditional-requests.explain';

/** The kind of the code action that makes all safe fixes in a document. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.conditionalRequests`;

/** The data of a code action whose edit is not computed yet. */
interface Pending {
  readonly uri: string;
  /** The key of the finding to fix; absent for all safe fixes. */
  readonly key?: string;
  /** Whether to make an exception for the finding instead. */
  readonly isException?: true;
}

/**
 * The code actions for the findings of a session. The edit of an action is computed only when the user chooses it: computing it
 * takes several times as long as a lint, and editors ask for actions at every move of the cursor.
 */
export class Actions {
  readonly #session: Session;
  readonly #hasVersions: () => boolean;

  /** @param hasVersions whether the editor accepts edits for a version of a document */
  constructor(session: Session, hasVersions: () => boolean) {
    this.#session = session;
    this.#hasVersions = hasVersions;
  }

  /**
   * The actions at a range of a document: a fix, an exception and an explanation for each finding there, and one action for all safe
   * fixes in the document. Their edits are not computed yet; see {@link resolve}.
   */
  at({ textDocument: { uri }, range, context }: CodeActionParams): CodeAction[] {
    const name = documentName(uri);
    if (!this.#session.isCurrent(name)) return [];
    const wants = (kind: string) => context.only?.some((only) => `${kind}.`.startsWith(`${only}.`)) ?? true;
    const here = this.#session
      .descriptionsWith(name)
      .flatMap(({ published }) => published)
      .filter(({ file, isHeldBack }) => file === name && !isHeldBack);
    let actions: CodeAction[] = [];
    if (wants(CodeActionKind.QuickFix)) {
      const met = here.filter(({ about }) => meet(withLine(about), range));
      // A file that several descriptions share has the same finding in each of them.
      const byKey = new Map(met.map((published) => [published.key, published]));
      actions = this.#quickFixes([...byKey.values()], uri, context.diagnostics);
    }
    if (wants(fixAllKind) && here.some(({ finding }) => finding.fix === 'safe')) {
      actions.push({ title: 'Make all safe fixes', kind: fixAllKind, data: { uri } satisfies Pending });
    }
    return actions;
  }

  /**
   * Computes the edit of an action.
   *
   * @returns the action; without an edit if a fix would change something else, too
   */
  resolve(action: CodeAction): CodeAction {
    // An explanation has no edit, but editors ask for one.
    if (action.data === undefined) return action;
    const { uri, key, isException } = action.data as Pending;
    const name = documentName(uri);
    if (!this.#session.isCurrent(name)) return action;
    const edit = key === undefined ? this.#fixAll(name) : isException === true ? this.#exception(key) : this.#fix(key);
    return edit === undefined ? action : { ...action, edit };
  }

  #quickFixes(published: readonly PublishedFinding[], uri: string, shown: readonly Diagnostic[]): CodeAction[] {
    const possible = quickFixable(
      published.map(({ finding }) => finding),
      ...this.#everything(),
    );
    const fixable = new Map(possible.map((quickFix) => [quickFix.finding, quickFix]));
    const fixes: CodeAction[] = [];
    const exceptions = new Map<string, CodeAction>();
    const explanations = new Map<string, CodeAction>();
    const shownByKey = new Map(shown.toReversed().map((one) => [diagnosticKey(one), one]));
    for (const { finding, diagnostic, key } of published) {
      const { id } = finding.rule;
      const quickFix = fixable.get(finding);
      const diagnostics = [shownByKey.get(diagnosticKey(diagnostic)) ?? diagnostic];
      const [kind, data] = [CodeActionKind.QuickFix, { uri, key } satisfies Pending];
      if (quickFix !== undefined) {
        const title = `${titleOf(quickFix)} (${id})`;
        fixes.push({ title, kind, diagnostics, isPreferred: isSafe(quickFix), data });
      }
      exceptions.set(key, {
        title: `Ignore ${id} here (with a reason)`,
        kind,
        diagnostics,
        data: { ...data, isException: true } satisfies Pending,
      });
      const title = `Explain ${id}`;
      explanations.set(id, {
        title,
        kind,
        diagnostics,
        command: { title, command: explainCommandId, arguments: [id] },
      });
    }
    return [...fixes, ...exceptions.values(), ...explanations.values()];
  }

  /** All findings, all descriptions, their files, and the rules that are on. */
  #everything(): [Finding[], TextFile[], Workspace, ActiveRules] {
    const { descriptions, workspace } = this.#session;
    const findings = descriptions.flatMap(({ published }) => published.map(({ finding }) => finding));
    const selections = new Map(descriptions.map(({ entry, selection }) => [entry.uri, selection]));
    const rules: ActiveRules = {
      rulesFor: (description) => selections.get(description)?.rulesFor(description) ?? [],
      followedFor: (description) => selections.get(description)?.followedFor(description) ?? [],
      severityOf: (rule, description, ...where) => selections.get(description)?.severityOf(rule, description, ...where),
    };
    return [findings, descriptions.map(({ entry }) => entry), workspace, rules];
  }

  #fix(key: string): WorkspaceEdit | undefined {
    const finding = this.#findingOf(key);
    const [quickFix] = finding === undefined ? [] : quickFixesFor([finding], ...this.#everything());
    return quickFix && this.#currentEditOf(quickFix.file, quickFix.edits);
  }

  #exception(key: string): WorkspaceEdit | undefined {
    const finding = this.#findingOf(key);
    const made = finding && exceptionEdits(finding);
    return made && this.#currentEditOf(made.file, made.edits);
  }

  #findingOf(key: string): Finding | undefined {
    return this.#session.descriptions.flatMap(({ published }) => published).find((one) => one.key === key)?.finding;
  }

  /** The edits of a file; `undefined` if they are for a text that the editor does not show. */
  #currentEditOf(file: TextFile, edits: readonly TextEdit[]): WorkspaceEdit | undefined {
    return this.#session.isCurrent(file.uri) ? this.#editOf(file, edits) : undefined;
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
      changed = fixDescriptions(entries, first.selection, permissions, this.#session.workspace.afresh()).changed;
    } catch (error) {
      // A file that was linted can be too large to fix, or deleted since.
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

/** What a quick fix does: `Add ETag, then add a 304 response`. */
function titleOf({ finding, also }: PossibleQuickFix): string {
  const titles = [finding, ...also].flatMap(({ violations: [first] }) => (first ? fixTitle(first.obligation) : []));
  return titles.map((title, index) => (index === 0 ? title : title[0]?.toLowerCase() + title.slice(1))).join(', then ');
}

/** A range extended to the start of its line. Spectral's range of an object begins after the colon, but users also point at the name. */
function withLine({ start, end }: Range): Range {
  return { start: { ...start, character: 0 }, end };
}

function meet(one: Range, other: Range): boolean {
  return !isBefore(one, other) && !isBefore(other, one);
}

function isBefore({ end }: Range, { start }: Range): boolean {
  return end.line < start.line || (end.line === start.line && end.character < start.character);
}

/** A key that stays the same when the user edits other text on the line of the diagnostic. */
function diagnosticKey({ code, message, range }: Diagnostic): string {
  return [code, range.start.line, message].join('\n');
}
