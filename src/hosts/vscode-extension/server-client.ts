import type { LogOutputChannel, TextDocument, WorkspaceFolder } from 'vscode';
import { LanguageClient, type NodeModule, TransportKind } from 'vscode-languageclient/node';
import type { Server } from './server-choice.js';

/** The features of the client that this extension handles itself, for all servers at once. */
const handledHere: ReadonlySet<string> = new Set(['workspace/executeCommand', 'workspace/didChangeWorkspaceFolders']);

/** The settings of a server: its initialization options. */
export interface ServerSettings {
  readonly ruleset: string;
  readonly debounce: number;
  readonly trusted: boolean;
}

/** What a client serves, and how. */
export interface ServerClientOptions {
  readonly server: Server;
  readonly settings: ServerSettings;
  readonly folders: readonly WorkspaceFolder[];
  /** Whether the client serves a document. Others may serve documents of the same languages. */
  readonly serves: (document: TextDocument) => boolean;
  readonly output: LogOutputChannel;
}

/** A running server, for the folders that have the same server and settings. */
export class ServerClient extends LanguageClient {
  readonly #folders: readonly WorkspaceFolder[];

  constructor({ server, settings, folders, serves, output }: ServerClientOptions) {
    const run: NodeModule = { module: server.module, args: ['language-server'], transport: TransportKind.stdio };
    const documentSelector = ['yaml', 'json'].flatMap((language) => [
      { scheme: 'file', language },
      { scheme: 'untitled', language },
    ]);
    super(
      'conditionalRequests',
      'Conditional requests',
      { run, debug: run },
      {
        documentSelector,
        initializationOptions: settings,
        outputChannel: output,
        middleware: {
          didOpen: async (document, next) => (serves(document) ? next(document) : undefined),
          didChange: async (event, next) => (serves(event.document) ? next(event) : undefined),
          didSave: async (document, next) => (serves(document) ? next(document) : undefined),
          didClose: async (document, next) => (serves(document) ? next(document) : undefined),
          provideHover: (document, position, token, next) =>
            serves(document) ? next(document, position, token) : undefined,
          provideCodeActions: (document, range, context, token, next) =>
            serves(document) ? next(document, range, context, token) : undefined,
        },
      },
    );
    this.#folders = folders;
  }

  override registerFeature(feature: Parameters<LanguageClient['registerFeature']>[0]): void {
    if ('registrationType' in feature && handledHere.has(feature.registrationType.method)) return;
    super.registerFeature(feature);
  }

  protected override fillInitializeParams(params: Parameters<LanguageClient['fillInitializeParams']>[0]): void {
    super.fillInitializeParams(params);
    params.workspaceFolders = this.#folders.map(({ uri, name }) => ({
      uri: this.code2ProtocolConverter.asUri(uri),
      name,
    }));
  }
}
