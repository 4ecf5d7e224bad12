// The extension in a browser: VS Code runs it in a web worker, where there is neither Node nor a file system.
import {
  CodeAction,
  CodeActionKind,
  type CodeActionContext,
  type CodeActionProvider,
  commands,
  Diagnostic,
  DiagnosticSeverity,
  type ExtensionContext,
  languages,
  type LogOutputChannel,
  Range,
  type TextDocument,
  Uri,
  window,
  workspace,
  WorkspaceEdit,
} from 'vscode';
import type { RulesetName } from '../../rulesets.js';
import type { RangeEdit, RulesetOptions, TextRange } from '../api/api.js';
import { guidelineInText, safeFixes, type Shown, shownIn } from './in-process.js';

const fixAllKind = CodeActionKind.SourceFixAll.append('conditionalRequests');

const severities = {
  error: DiagnosticSeverity.Error,
  warn: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** Starts to check the documents that are open. */
export function activate({ subscriptions }: ExtensionContext): void {
  const output = window.createOutputChannel('Conditional requests', { log: true });
  output.info('in a browser, where no language server runs: each open description is checked by itself');
  const checks = new Checks(output);
  const selector = ['yaml', 'json'];
  subscriptions.push(
    output,
    checks,
    commands.registerCommand('conditionalRequests.restart', () => checks.checkAll()),
    commands.registerCommand('conditionalRequests.showOutput', () => output.show()),
    workspace.onDidOpenTextDocument((document) => checks.checkSoon(document, 0)),
    workspace.onDidChangeTextDocument(({ document }) => checks.checkSoon(document)),
    workspace.onDidCloseTextDocument((document) => checks.forget(document)),
    workspace.onDidSaveTextDocument(() => checks.checkAll()),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('conditionalRequests')) checks.checkAll();
    }),
    languages.registerCodeActionsProvider(selector, checks, {
      providedCodeActionKinds: [CodeActionKind.QuickFix, fixAllKind],
    }),
  );
  checks.checkAll();
}

/** The checks of the open documents. */
class Checks implements CodeActionProvider {
  readonly #output: LogOutputChannel;
  readonly #diagnostics = languages.createDiagnosticCollection('conditional-requests');
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** What was found last, with the version of the document. */
  readonly #found = new Map<string, { readonly version: number; readonly shown: readonly Shown[] }>();

  constructor(output: LogOutputChannel) {
    this.#output = output;
  }

  checkAll(): void {
    for (const document of workspace.textDocuments) this.checkSoon(document, 0);
  }

  checkSoon(document: TextDocument, wait?: number): void {
    if (!['yaml', 'json'].includes(document.languageId)) return;
    const key = document.uri.toString();
    clearTimeout(this.#timers.get(key));
    const debounce = workspace.getConfiguration('conditionalRequests', document).get('debounce', 150);
    this.#timers.set(
      key,
      setTimeout(() => void this.#check(document).catch((error) => this.#output.error(error)), wait ?? debounce),
    );
  }

  forget({ uri }: TextDocument): void {
    clearTimeout(this.#timers.get(uri.toString()));
    this.#found.delete(uri.toString());
    this.#diagnostics.delete(uri);
  }

  async #check(document: TextDocument): Promise<void> {
    const { version, uri } = document;
    const shown = await shownIn(uri.toString(), document.getText(), await optionsFor(document));
    if (document.version !== version || document.isClosed) return;
    this.#found.set(uri.toString(), { version, shown });
    this.#diagnostics.set(uri, shown.map(diagnosticOf));
  }

  async provideCodeActions(document: TextDocument, range: Range, context: CodeActionContext): Promise<CodeAction[]> {
    const found = this.#found.get(document.uri.toString());
    if (found === undefined || found.version !== document.version) return [];
    const wants = (kind: CodeActionKind) => context.only === undefined || context.only.contains(kind);
    const here = found.shown.filter(({ about, mark }) => [about, mark].some((one) => rangeOf(one).intersection(range)));
    const actions = wants(CodeActionKind.QuickFix) ? here.flatMap((one) => quickFixesOf(one, document)) : [];
    // VS Code asks for it with `only` alone.
    if (context.only !== undefined && wants(fixAllKind) && found.shown.some(({ fix }) => fix?.isSafe === true)) {
      const edits = await safeFixes(document.uri.toString(), document.getText(), await optionsFor(document));
      actions.push(actionWith('Make all safe fixes', fixAllKind, document, edits));
    }
    return actions;
  }

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#diagnostics.dispose();
  }
}

/** The ruleset that the settings name for a document, and how documents are read. */
async function optionsFor(document: TextDocument): Promise<RulesetOptions> {
  const name = workspace.getConfiguration('conditionalRequests', document).get('ruleset', '');
  const read = (uri: string) => textAt(Uri.parse(uri));
  if (name === '') return { read };
  const folder = workspace.getWorkspaceFolder(document.uri);
  if (!/\.(?:ya?ml|json)$/i.test(name) || folder === undefined) return { read, ruleset: name as RulesetName };
  const uri = Uri.joinPath(folder.uri, name);
  return { read, ruleset: guidelineInText(uri.toString(), await textAt(uri)) };
}

/** The text of a document: as it is in the editor if it is open there. */
async function textAt(uri: Uri): Promise<string> {
  const open = workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  return open?.getText() ?? new TextDecoder().decode(await workspace.fs.readFile(uri));
}

function quickFixesOf(shown: Shown, document: TextDocument): CodeAction[] {
  const { code, url, fix } = shown;
  const actions: CodeAction[] = [];
  if (fix !== undefined) {
    const action = actionWith(`Fix ${code}`, CodeActionKind.QuickFix, document, fix.edits);
    action.isPreferred = fix.isSafe;
    actions.push(action);
  }
  if (url !== undefined) {
    const action = new CodeAction(`Explain ${code}`, CodeActionKind.QuickFix);
    action.command = { title: action.title, command: 'vscode.open', arguments: [Uri.parse(url)] };
    actions.push(action);
  }
  for (const action of actions) action.diagnostics = [diagnosticOf(shown)];
  return actions;
}

function actionWith(
  title: string,
  kind: CodeActionKind,
  document: TextDocument,
  edits: readonly RangeEdit[],
): CodeAction {
  const action = new CodeAction(title, kind);
  action.edit = new WorkspaceEdit();
  for (const { range, text } of edits) action.edit.replace(document.uri, rangeOf(range), text);
  return action;
}

function diagnosticOf({ code, message, severity, url, mark }: Shown): Diagnostic {
  const diagnostic = new Diagnostic(rangeOf(mark), message, severities[severity]);
  diagnostic.source = 'conditional-requests';
  diagnostic.code = url === undefined ? code : { value: code, target: Uri.parse(url) };
  return diagnostic;
}

function rangeOf({ start, end }: TextRange): Range {
  return new Range(start.line, start.character, end.line, end.character);
}
