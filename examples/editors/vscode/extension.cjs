// Starts the language server that is installed in the workspace.
const { workspace } = require('vscode');
const { LanguageClient } = require('vscode-languageclient/node');

/** @type {LanguageClient | undefined} */
let client;

exports.activate = () => {
  const folder = workspace.workspaceFolders?.[0]?.uri.fsPath;
  const server = {
    command: 'npx',
    args: ['--no', 'conditional-requests', 'language-server', '--stdio'],
    options: { cwd: folder, shell: process.platform === 'win32' },
  };
  const documentSelector = ['yaml', 'json'].flatMap((language) => [
    { scheme: 'file', language },
    { scheme: 'untitled', language },
  ]);
  client = new LanguageClient('conditionalRequests', 'Conditional requests', server, { documentSelector });
  return client.start();
};

exports.deactivate = () => client?.stop();
