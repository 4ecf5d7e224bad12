import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type ClientCapabilities,
  type CodeAction,
  type CodeActionContext,
  createProtocolConnection,
  type Diagnostic,
  type InitializeResult,
  type Position,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Range,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { cli } from '../cli/run.js';

/** The capabilities of a full-featured editor. */
const ableEditor: ClientCapabilities = {
  workspace: {
    workspaceEdit: { documentChanges: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    workspaceFolders: true,
  },
  textDocument: { codeAction: { resolveSupport: { properties: ['edit'] } } },
  window: { showDocument: { support: true } },
};

/** The options in which editors differ. */
interface Options {
  readonly folder?: string;
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: object;
  /** The program that serves, with its arguments, which is run in the folder; absent for the built command line. */
  readonly command?: readonly [program: string, ...args: string[]];
  /** The environment of that program. */
  readonly env?: NodeJS.ProcessEnv;
}

/** An editor as the server sees it: it holds real documents, and talks to the built server through standard input and output. */
export class Client {
  readonly connection: ProtocolConnection;
  readonly server: ChildProcess;
  /** All published diagnostics, in order. */
  readonly published: PublishDiagnosticsParams[] = [];
  /** Everything shown to the user: messages, and documents by their URI. */
  readonly shown: string[] = [];
  readonly documents = new Map<string, TextDocument>();
  initialized!: InitializeResult;
  readonly #waiting = new Set<() => void>();

  private constructor(server: ChildProcess) {
    this.server = server;
    const { stdin, stdout } = server;
    if (stdin === null || stdout === null) throw new Error('the server has no standard input or output');
    this.connection = createProtocolConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
    this.connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.published.push(params);
      for (const look of this.#waiting) look();
    });
    for (const method of ['window/showMessage', 'window/logMessage']) {
      this.connection.onNotification(method, ({ message }: { message: string }) => void this.shown.push(message));
    }
    this.connection.onRequest('window/showDocument', ({ uri, selection }: { uri: string; selection: Range }) => {
      this.shown.push(`${uri}#${selection.start.line}`);
      return { success: true };
    });
    this.connection.onRequest('client/registerCapability', () => null);
    this.connection.listen();
  }

  static async start({
    folder,
    capabilities = ableEditor,
    initializationOptions,
    command,
    env,
  }: Options = {}): Promise<Client> {
    const [program, ...args] = command ?? [process.execPath, cli, 'language-server', '--stdio'];
    const client = new Client(spawn(program, args, command === undefined ? {} : { cwd: folder, env }));
    const workspaceFolders = folder === undefined ? null : [{ uri: pathToFileURL(folder).href, name: 'folder' }];
    client.initialized = await client.connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: null,
      workspaceFolders,
      capabilities,
      initializationOptions,
    });
    await client.connection.sendNotification('initialized', {});
    return client;
  }

  async open(uri: string, text: string): Promise<TextDocument> {
    const document = TextDocument.create(uri, uri.endsWith('json') ? 'json' : 'yaml', 1, text);
    this.documents.set(uri, document);
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: document.languageId, version: 1, text },
    });
    return document;
  }

  async close(uri: string): Promise<void> {
    this.documents.delete(uri);
    await this.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }

  /** Replaces the first occurrence of a text in a document. */
  async type(uri: string, old: string, replacement: string): Promise<void> {
    const document = this.documentAt(uri);
    const offset = document.getText().indexOf(old);
    if (offset < 0) throw new Error(`there is no ${old} in ${uri}`);
    const range = { start: document.positionAt(offset), end: document.positionAt(offset + old.length) };
    await this.change(uri, range, replacement);
  }

  async change(uri: string, range: Range, text: string): Promise<void> {
    const document = this.documentAt(uri);
    const changes = [{ range, text }];
    TextDocument.update(document, changes, document.version + 1);
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: document.version },
      contentChanges: changes,
    });
  }

  /** The diagnostics of the current version of a document. Waits until they are published and as awaited. */
  async diagnostics(
    uri: string,
    isAwaited: (all: readonly Diagnostic[]) => boolean = () => true,
  ): Promise<Diagnostic[]> {
    const found = () => {
      const version = this.documents.get(uri)?.version;
      const last = this.published.findLast((params) => params.uri === uri);
      return last !== undefined && last.version === version && isAwaited(last.diagnostics)
        ? last.diagnostics
        : undefined;
    };
    const already = found();
    if (already !== undefined) return already;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        const seen = this.published.map(({ diagnostics: all, ...where }) => ({ ...where, codes: codesOf(all) }));
        reject(new Error(`nothing came for ${uri} but ${JSON.stringify(seen)}, ${JSON.stringify(this.shown)}`));
      }, 60_000);
      const look = () => {
        const now = found();
        if (now === undefined) return;
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve(now);
      };
      this.#waiting.add(look);
    });
  }

  async actions(uri: string, range: Range, context: Partial<CodeActionContext> = {}): Promise<CodeAction[]> {
    const params = { textDocument: { uri }, range, context: { diagnostics: [], ...context } };
    return (await this.connection.sendRequest('textDocument/codeAction', params)) ?? [];
  }

  /** The hover text at the first occurrence of a text. */
  async hover(uri: string, at: string): Promise<string | undefined> {
    const position = this.lineAndColumnOf(uri, at);
    const hover = await this.connection.sendRequest<{ contents: { value: string } } | null>('textDocument/hover', {
      textDocument: { uri },
      position,
    });
    return hover?.contents.value;
  }

  lineAndColumnOf(uri: string, text: string): Position {
    const document = this.documentAt(uri);
    return document.positionAt(document.getText().indexOf(text));
  }

  /** Applies the edit of an action to the open documents, as an editor does. */
  async apply(action: CodeAction | undefined): Promise<void> {
    const { edit }: CodeAction = await this.connection.sendRequest('codeAction/resolve', action);
    for (const change of edit?.documentChanges ?? []) {
      if (!('textDocument' in change)) throw new Error('no action should create or delete files');
      const { uri, version } = change.textDocument;
      const document = this.documentAt(uri);
      if (version !== document.version) throw new Error(`the edit is for version ${version}`);
      // Insertions at one position keep their order.
      const fromTheEnd = change.edits
        .toReversed()
        .toSorted((one, other) => document.offsetAt(other.range.start) - document.offsetAt(one.range.start));
      for (const one of fromTheEnd) if ('newText' in one) await this.change(uri, one.range, one.newText);
    }
  }

  async notifyOnDisk(...files: readonly string[]): Promise<void> {
    const changes = files.map((file) => ({ uri: pathToFileURL(file).href, type: 2 }));
    await this.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
  }

  /** @returns the exit code of the server */
  async stop(): Promise<number> {
    await this.connection.sendRequest('shutdown');
    void this.connection.sendNotification('exit');
    const [code] = await once(this.server, 'exit');
    this.connection.dispose();
    return code;
  }

  documentAt(uri: string): TextDocument {
    const document = this.documents.get(uri);
    if (document === undefined) throw new Error(`${uri} is not open`);
    return document;
  }
}

export function codesOf(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ code }) => String(code)).toSorted();
}

export function uriIn(folder: string, file: string): string {
  return pathToFileURL(join(folder, file)).href;
}
