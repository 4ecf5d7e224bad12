import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith, read } from '../../files.js';
import { cli } from '../cli/run.js';

const hasNeovim = spawnSync('nvim', ['--version']).status === 0;
if (!hasNeovim) console.warn('Skipped: Neovim is not installed.');

/** The configuration that examples/editors/README.md gives users of Neovim. */
const [, configuration = ''] = /## Neovim\n.*?```lua\n(.*?)```/s.exec(read('examples/editors/README.md')) ?? [];

/** Neovim 0.7, the version in Debian 12, has another function to start servers. */
const forOldOnes = `vim.lsp.start = vim.lsp.start or function(config)
  vim.lsp.buf_attach_client(0, vim.lsp.start_client(config))
end
`;

/** The steps of a user: wait for the finding, ask for code actions, choose one, and save. */
const session = `
local function wait_for(count)
  local found = vim.wait(20000, function() return #vim.diagnostic.get(0) == count end, 20)
  if not found then error('there are ' .. #vim.diagnostic.get(0) .. ' diagnostics') end
end
local function run()
  wait_for(1)
  local diagnostic = vim.diagnostic.get(0)[1]
  print(diagnostic.source .. ': ' .. diagnostic.message)
  vim.api.nvim_win_set_cursor(0, { diagnostic.lnum + 1, diagnostic.col })
  vim.ui.select = function(items, options, choose)
    for _, item in ipairs(items) do
      print(options.format_item(item))
      if vim.startswith(options.format_item(item), 'Add a 304 response') then return choose(item, 1) end
    end
  end
  vim.lsp.buf.code_action()
  wait_for(0)
  vim.cmd('write')
end
local done, problem = pcall(run)
if not done then print(problem) end
vim.cmd(done and 'qall!' or 'cquit!')
`;

test.skipIf(!hasNeovim)('Neovim, configured by examples/editors/README.md, shows a finding and makes its fix', () => {
  const installed = 'node_modules/.bin/conditional-requests';
  const folder = folderWith({
    [installed]: `#!/bin/sh\nexec '${process.execPath}' '${cli}' "$@"\n`,
    'init.lua': forOldOnes + configuration,
    'session.lua': session,
    'openapi.yaml': read('examples/not-modified-documented/violation.yaml'),
  });
  chmodSync(join(folder, installed), 0o755);
  const { status, stderr } = spawnSync(
    'nvim',
    ['--headless', '-n', '-i', 'NONE', '-u', 'init.lua', 'openapi.yaml', '-c', 'luafile session.lua'],
    { cwd: folder, encoding: 'utf8', timeout: 60_000, env: { ...process.env, HOME: folder, XDG_STATE_HOME: folder } },
  );
  expect([status, stderr]).toEqual([0, expect.stringContaining('conditional-requests: Expected a 304 response')]);
  expect(readFileSync(join(folder, 'openapi.yaml'), 'utf8')).toBe(
    read('examples/not-modified-documented/conforming.yaml'),
  );
});
