import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { commands } from '../../agent/cli/commands.ts';
import { parseConfig } from '../../agent/model/config/parse.ts';
import { debianChangelog, readReleases } from '../../bin/packaging/changelog.ts';
import { controlFile } from '../../bin/packaging/control.ts';
import { defaultConfig } from '../../bin/packaging/default-config.ts';
import { bundledPackages, copyrightFile } from '../../bin/packaging/licences.ts';
import { manPages, roff } from '../../bin/packaging/man.ts';

const root = join(import.meta.dirname, '../..');

t.test('the default configuration is a right one and starts nothing', async (t) => {
  const text = defaultConfig();
  const { config } = parseConfig([{ path: 'holdfast.yaml', text }], { home: '/home/x' });
  t.same(config.sessions, {});
  t.match(text, '  # demo-1:');
  t.throws(() => defaultConfig('servers: {}'), /no sessions/);
});

t.test('releases are read with entries of several lines', async (t) => {
  const text =
    '# Changelog\n\n## [1.1.0] - x\n\n### Added\n\n- One\n  and more.\n- Two.\n\n## [1.0.0]\n';
  t.same(readReleases(text), [
    { version: '1.1.0', entries: ['One and more.', 'Two.'] },
    { version: '1.0.0', entries: [] },
  ]);
  const ours = debianChangelog(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'), 'DATE');
  t.match(ours, /^holdfast \(\d+\.\d+\.\d+\) stable; urgency=medium\n\n {2}\* /);
  t.match(ours, /\n -- .+ <.+> {2}DATE\n/);
  t.notOk(ours.split('\n').some((line) => line.length > 82));
});

t.test('the control file says what is needed', async (t) => {
  const text = controlFile({ version: '1.2.3', architecture: 'amd64', installedKib: 7 });
  t.match(text, /^Version: 1\.2\.3$/m);
  t.match(text, /^Installed-Size: 7$/m);
  for (const needed of [
    'libatomic1',
    'libstdc++6',
    'systemd (>= 254)',
    'tmux (>= 3.3)',
    'polkitd',
  ]) {
    t.ok(/^Depends: (.*)$/m.exec(text)?.[1]?.includes(needed), needed);
  }
});

t.test('pages are roff that prints what was written', async (t) => {
  t.equal(roff("'a' \\b\n.c -d"), "\\&'a' \\eb\n\\&.c \\-d");
  const pages = manPages(commands, { version: '1.2.3', date: '2026-01-02' });
  t.equal(pages.length, commands.length + 1);
  for (const { path, content } of pages) {
    const text = 'packed' in content ? content.packed : '';
    t.match(text, /^\.TH HOLDFAST\S* 1 "2026-01-02" "holdfast 1\.2\.3"/, path);
    for (const section of ['NAME', 'SYNOPSIS', 'DESCRIPTION', 'OPTIONS', 'EXIT STATUS']) {
      t.ok(text.includes(`.SH ${section}\n`), `${path} ${section}`);
    }
  }
});

t.test('everything that is bundled is in the copyright file', async (t) => {
  const text = copyrightFile(root);
  t.ok(bundledPackages(root).includes('koffi'));
  for (const name of bundledPackages(root)) {
    if (name !== 'prom-client') t.ok(text.includes(`parts from ${name} `), name);
  }
  for (const line of [
    'Copyright: 2023 Svix (https://www.svix.com)',
    'Files: usr/lib/holdfast/*.js usr/lib/holdfast/picture/index_bg.wasm (parts from @resvg/resvg-wasm',
    ' Twemoji graphics, licensed under CC-BY 4.0: https://creativecommons.org/licenses/by/4.0/. They come from',
  ]) {
    t.ok(text.includes(`\n${line}`), line);
  }
});
