import { join } from 'node:path';
import {
  commands,
  type ExtensionContext,
  type LogOutputChannel,
  type TextDocument,
  Uri,
  window,
  workspace,
  type WorkspaceFolder,
} from 'vscode';
import { ServerClient, type ServerSettings } from './server-client.js';
import { broughtAlongServer, chooseServer, type ServerChoice } from './server-choice.js';

/** The section of the settings. */
const section = 'conditionalRequests';

/** The command that the servers attach to "Explain". Its argument is the id of a rule. */
const explainCommand = 'conditional-requests.explain';

/** The folders that have the same server and settings. */
interface Group {
  readonly choice: ServerChoice;
  readonly settings: ServerSettings;
  readonly folders: WorkspaceFolder[];
}

let running: Servers | undefined;

/** Starts the servers. VS Code calls it when the first document in YAML or JSON is opened. */
export async function activate({ extensionPath, subscriptions }: ExtensionContext): Promise<void> {
  const output = window.createOutputChannel('Conditional requests', { log: true });
  const servers = new Servers(output, join(extensionPath, 'server'));
  running = servers;
  subscriptions.push(
    output,
    commands.registerCommand('conditionalRequests.restart', () => servers.restart()),
    commands.registerCommand('conditionalRequests.showOutput', () => output.show()),
    commands.registerCommand(explainCommand, (rule: unknown) => servers.explain(String(rule))),
    workspace.onDidChangeWorkspaceFolders(() => servers.restart()),
    workspace.onDidGrantWorkspaceTrust(() => servers.restart()),
    workspace.onDidChangeConfiguration((event) =>
      event.affectsConfiguration(section) ? servers.restart() : undefined,
    ),
  );
  await servers.restart();
}

/** Ends the servers. */
export function deactivate(): Promise<void> | undefined {
  return running?.stop();
}

/** The servers of a window: one for all folders that have the same package and settings, as most windows have. */
class Servers {
  readonly #output: LogOutputChannel;
  readonly #broughtAlong: string;
  #clients: {
    readonly client: ServerClient;
    /** The folder of its package. */
    readonly folder: string;
    /** The folders that it serves. */
    readonly folders: readonly WorkspaceFolder[];
  }[] = [];
  #last = Promise.resolve();

  /** @param broughtAlong the folder of the package that the extension brings along */
  constructor(output: LogOutputChannel, broughtAlong: string) {
    this.#output = output;
    this.#broughtAlong = broughtAlong;
  }

  /** Ends all servers, and starts those that the folders and settings now ask for. */
  restart(): Promise<void> {
    this.#last = this.#last.then(async () => {
      await this.#stopAll();
      const groups = await this.#groups();
      await Promise.all(groups.map((group) => this.#start(group)));
    });
    return this.#last;
  }

  /** Ends all servers. */
  stop(): Promise<void> {
    this.#last = this.#last.then(() => this.#stopAll());
    return this.#last;
  }

  /** Shows the page of a rule, as the package of the active document has it. */
  async explain(rule: string): Promise<void> {
    const document = window.activeTextEditor?.document;
    const { client, folder } = this.#clients.find(({ folders }) => document && this.#isIn(document, folders)) ?? {};
    if (client === undefined || folder === undefined) return;
    const pages = Uri.file(join(folder, 'rulesets/README.md')).with({ fragment: rule });
    const isShown = commands.executeCommand('markdown.showPreview', pages);
    // The extension that renders Markdown can be turned off. The server then shows the text.
    await isShown.then(undefined, () =>
      client.sendRequest('workspace/executeCommand', { command: explainCommand, arguments: [rule] }),
    );
  }

  async #stopAll(): Promise<void> {
    const clients = this.#clients;
    this.#clients = [];
    await Promise.all(clients.map(({ client }) => client.dispose().catch((error) => this.#output.error(error))));
  }

  async #groups(): Promise<Group[]> {
    const groups = new Map<string, Group>();
    for (const folder of workspace.workspaceFolders ?? [undefined]) {
      const configured = workspace.getConfiguration(section, folder);
      const settings: ServerSettings = {
        ruleset: configured.get('ruleset', ''),
        debounce: configured.get('debounce', 150),
        trusted: workspace.isTrusted,
      };
      const wishes = {
        named: configured.get('server', ''),
        isTrusted: workspace.isTrusted,
        broughtAlong: this.#broughtAlong,
      };
      const choice = await chooseServer(folder?.uri.scheme === 'file' ? folder.uri.fsPath : undefined, wishes);
      this.#tell(folder, choice);
      const key = JSON.stringify([choice.server, settings]);
      const group = groups.get(key) ?? { choice, settings, folders: [] };
      groups.set(key, group);
      if (folder !== undefined) group.folders.push(folder);
    }
    return [...groups.values()];
  }

  #tell(folder: WorkspaceFolder | undefined, { server, origin, problem }: ServerChoice): void {
    const where = folder === undefined ? '' : `${folder.name}: `;
    if (problem !== undefined) this.#warn(`${where}${problem}. The server of the extension runs instead.`);
    this.#output.info(`${where}language server ${server.version} of ${origin}, ${server.folder}`);
  }

  #warn(message: string): void {
    this.#output.warn(message);
    void window.showWarningMessage(message, 'Show output').then((answer) => {
      if (answer !== undefined) this.#output.show();
    });
  }

  async #start({ choice, settings, folders }: Group): Promise<void> {
    const serves = (document: TextDocument) => this.#isIn(document, folders);
    const client = new ServerClient({ server: choice.server, settings, folders, serves, output: this.#output });
    this.#clients.push({ client, folder: choice.server.folder, folders });
    try {
      await client.start();
    } catch (error) {
      this.#output.error(error as Error);
      if (choice.origin === 'the extension') throw error;
      this.#clients = this.#clients.filter((one) => one.client !== client);
      this.#warn(`The server of ${choice.server.folder} does not start. The server of the extension runs instead.`);
      await this.#start({ choice: broughtAlongServer(this.#broughtAlong), settings, folders });
    }
  }

  /** Whether a document is in some of the folders; documents outside all folders are with the first folder. */
  #isIn(document: TextDocument, folders: readonly WorkspaceFolder[]): boolean {
    const folder = workspace.getWorkspaceFolder(document.uri) ?? workspace.workspaceFolders?.[0];
    return folder === undefined || folders.some(({ uri }) => uri.toString() === folder.uri.toString());
  }
}
