import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import t from 'tap';
import { parseConfig } from '../../../../agent/model/config/parse.ts';
import { configTemplate } from '../../../../agent/model/config/template.ts';

const run = promisify(execFile);
const parse = (text: string) => parseConfig([{ path: 'a', text }], { home: '/home/bob' });

t.test('the first configuration is a right one and declares the demo', async (t) => {
  const { config, warnings } = parse(configTemplate);
  t.same(warnings, []);
  t.same(Object.keys(config.sessions), ['demo-1', 'demo-2']);
  t.match(config, { autoAdopt: true, servers: { main: { kind: 'managed', tmuxConfig: null } } });
  for (const { command } of Object.values(config.sessions)) {
    await t.resolves(run('sh', ['-n', '-c', command ?? '']), command ?? '');
  }
});

t.test('its examples are right too once they are no comments', async (t) => {
  const { config, warnings } = parse(
    configTemplate.replace(/^( *)# ?(?=\s*[\w-]+:(\s|$))/gm, '$1'),
  );
  t.same(warnings, []);
  t.same(Object.keys(config.servers).sort(), ['main', 'other', 'work']);
  t.match(config, {
    sessions: { bot: { cwd: '/home/bob/bot', env: { PORT: '8080' } } },
    log: { sessions: { bot: 'debug' } },
  });
});

t.test('the examples show the defaults', async (t) => {
  const shown = configTemplate.replace(/^# (?=retention|recovery|health)/gm, '');
  t.same(parse(shown), parse(configTemplate));
});

t.test('docs/CONFIG.md and the JSON Schema are current', async (t) => {
  const generator = join(import.meta.dirname, '../../../../docs/generate-config.ts');
  await t.resolves(run(process.execPath, [generator, '--check']));
});
