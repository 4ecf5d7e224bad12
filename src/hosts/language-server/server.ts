import { TextDocument } from 'vscode-languageserver-textdocument';
import {
  CodeActionKind,
  createConnection,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  type InitializeResult,
  MarkupKind,
  MessageType,
  ShowMessageNotification,
  TextDocuments,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import { ruleCalled } from '../../catalogue.js';
import { rulePages, shippedRulePage } from '../../files/rule-pages.js';
import { isObject } from '../../json.js';
import { visibleLines } from '../../visible-text.js';
import { Actions, explainCommandId, fixAllKind } from './actions.js';
import { Folders } from './folders.js';
import { hoverAt } from './hover.js';
import { documentName } from './names.js';
import { Session } from './session.js';

/** Milliseconds to wait after the last keystroke before linting. */
const defaultDebounce = 150;

/** The user's settings: in the initialization options, or under `conditionalRequests` in the editor's settings. */
interface Settings {
  /** The same values as `--ruleset`: the name of a shipped ruleset, or a file. */
  readonly ruleset?: string;
  readonly debounce?: number;
  /** Only in the initialization options: `false` if no code from the folders may run. */
  readonly trusted?: boolean;
}

/** Globs of the files that can be part of a description or a ruleset. */
const watched = ['**/*.{yaml,yml,json}', '**/{.,}spectral.{js,mjs}'];

/**
 * Runs the language server on standard input and output until the editor sends `exit`.
 *
 * @param version the version of this package
 */
export function serve(version: string): void {
  const connection = createConnection();
  const documents = new TextDocuments(TextDocument);
  let capabilities: InitializeParams['capabilities'] = {};
  let debounce = defaultDebounce;
  let timer: NodeJS.Timeout | undefined;

  const report = (error: unknown) =>
    connection.console.error(visibleLines(error instanceof Error ? (error.stack ?? error.message) : String(error)));
  const folders = new Folders((name) => session.textOf(name), {
    warn: (message) => show(message, MessageType.Warning),
    inform: (message) => connection.console.info(visibleLines(message)),
  });
  const session = new Session(folders, {
    publish: (params) => void connection.sendDiagnostics(params),
    report,
  });
  const actions = new Actions(session, () => capabilities.workspace?.workspaceEdit?.documentChanges === true);

  const show = (message: string, type: MessageType) =>
    void connection.sendNotification(ShowMessageNotification.type, { type, message: visibleLines(message) });

  const refreshSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => session.refresh(), debounce);
  };
  /** Lints all pending changes without waiting. */
  const refreshed = () => {
    clearTimeout(timer);
    return session.refresh();
  };
  const reloadRulesets = () => {
    folders.forgetRulesets();
    session.changeRules();
  };
  const set = (settings: unknown) => {
    const { ruleset, debounce: wait } = isObject(settings) ? (settings as Settings) : {};
    folders.ruleset = typeof ruleset === 'string' && ruleset !== '' ? ruleset : undefined;
    debounce = typeof wait === 'number' ? wait : defaultDebounce;
  };

  connection.onInitialize((params): InitializeResult => {
    capabilities = params.capabilities;
    const roots = params.workspaceFolders?.map(({ uri }) => uri) ?? (params.rootUri === null ? [] : [params.rootUri]);
    folders.paths = roots.map(documentName);
    set(params.initializationOptions);
    folders.isTrusted = (params.initializationOptions as Settings | undefined)?.trusted !== false;
    return {
      serverInfo: { name: 'conditional-requests', version },
      capabilities: {
        positionEncoding: 'utf-16',
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, fixAllKind], resolveProvider: true },
        hoverProvider: true,
        executeCommandProvider: { commands: [explainCommandId] },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  });

  const isWatched = () => capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true;

  connection.onInitialized(() => {
    if (isWatched()) {
      const watchers = watched.map((globPattern) => ({ globPattern }));
      connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }).catch(report);
    }
    if (capabilities.workspace?.workspaceFolders !== true) return;
    connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
      const gone = new Set(removed.map(({ uri }) => documentName(uri)));
      folders.paths = [
        ...folders.paths.filter((path) => !gone.has(path)),
        ...added.map(({ uri }) => documentName(uri)),
      ];
      folders.forgetFiles();
      reloadRulesets();
      void session.refresh();
    });
  });

  connection.onDidChangeConfiguration(({ settings }) => {
    const ours: unknown = isObject(settings) ? settings['conditionalRequests'] : undefined;
    if (ours === undefined) return;
    set(ours);
    reloadRulesets();
    void session.refresh();
  });

  const changeOnDisk = (uris: readonly string[]) => {
    const names = uris.map(documentName);
    // A file that is not part of a description can be part of a ruleset.
    if (names.some((name) => session.descriptionsWith(name).length === 0)) reloadRulesets();
    folders.forgetFiles();
    session.changeOnDisk(names);
    refreshSoon();
  };
  connection.onDidChangeWatchedFiles(({ changes }) => changeOnDisk(changes.map(({ uri }) => uri)));

  documents.onDidChangeContent(({ document }) => {
    session.change(documentName(document.uri), document);
    refreshSoon();
  });
  documents.onDidClose(({ document }) => {
    session.close(documentName(document.uri));
    refreshSoon();
  });
  documents.onDidSave(({ document }) => {
    if (!isWatched()) changeOnDisk([document.uri]);
  });

  connection.onCodeAction(async (params, token) => {
    await refreshed();
    if (token.isCancellationRequested) return undefined;
    const found = actions.at(params);
    const canResolve = capabilities.textDocument?.codeAction?.resolveSupport?.properties.includes('edit') === true;
    if (canResolve) return found;
    return found
      .map((action) => actions.resolve(action))
      .filter(({ command, edit }) => command !== undefined || edit !== undefined);
  });
  connection.onCodeActionResolve(async (action) => {
    await refreshed();
    const resolved = actions.resolve(action);
    const isDeclined =
      action.kind === CodeActionKind.QuickFix && action.data !== undefined && resolved.edit === undefined;
    if (isDeclined)
      show(`${action.title}: nothing was changed, because something else would have changed too.`, MessageType.Info);
    return resolved;
  });

  connection.onHover(async ({ textDocument, position }) => {
    await refreshed();
    const name = documentName(textDocument.uri);
    const [linted] = session.descriptionsWith(name);
    if (!session.isCurrent(name) || linted === undefined) return undefined;
    const follows = linted.selection.followedFor(linted.entry.uri);
    const value = hoverAt(session.workspace.read(name), position, follows);
    return value === undefined ? undefined : { contents: { kind: MarkupKind.Markdown, value } };
  });

  connection.onExecuteCommand(async ({ command, arguments: [id] = [] }) => {
    const rule = command === explainCommandId ? ruleCalled(String(id)) : undefined;
    if (rule === undefined) return;
    const { line, text } = shippedRulePage(rule.id);
    const start = { line, character: 0 };
    if (capabilities.window?.showDocument?.support === true) {
      await connection.window.showDocument({ uri: rulePages.href, selection: { start, end: start }, takeFocus: true });
    } else show(`${rule.id}\n\n${text}`, MessageType.Info);
  });

  documents.listen(connection);
  connection.listen();
}
