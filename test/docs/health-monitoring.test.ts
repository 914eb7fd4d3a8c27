import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { parse } from 'yaml';
import { parseConfig } from '../../agent/model/config/parse.ts';
import type { Event, EventOf } from '../../agent/model/event.ts';
import { startRig } from '../e2e/rig.ts';
import { readMarkdown } from './markdown.ts';

const root = join(import.meta.dirname, '../..');
const guide = readFileSync(join(root, 'docs/guides/health-monitoring.md'), 'utf8');
const { blocks } = readMarkdown(guide);

const written = (language: string, words: string): string => {
  const found = blocks.filter((block) => block.language === language && block.text.includes(words));
  if (found.length !== 1) throw new Error(`${found.length} blocks have ${words}`);
  return found[0]?.text ?? '';
};

const yaml = written('yaml', 'canary');
const script = written('sh', 'curl');

/** A program that has the second account: what is posted to it becomes a message to the bot. */
const startAccount = async (t: Test, deliver: (text: string) => void) => {
  let works = true;
  const server = createServer((request, response) => {
    request.setEncoding('utf8').on('data', (body: string) => works && deliver(body));
    request.on('end', () => response.writeHead(works ? 200 : 503).end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    port: (server.address() as AddressInfo).port,
    breaks: () => {
      works = false;
    },
  };
};

t.test('the configuration means what is said of it', async (t) => {
  const { config } = parseConfig([{ path: 'x', text: yaml }], { home: '/home/deploy' });
  t.match(config.sessions['weather']?.health?.checks, {
    messages: { withinMs: 1_800_000, atLeast: 3, hours: { from: 480, to: 1320 } },
    canary: { run: './send-canary.sh', cwd: '/home/deploy/weather', everyMs: 900_000 },
  });
});

const skip = spawnSync('curl', ['--version']).status === 0 ? false : 'there is no curl';

t.test('its script sends a canary, which arrives, and then cannot be sent', { skip }, async (t) => {
  let inbox = '';
  const account = await startAccount(t, (text) => appendFileSync(inbox, `${text}\n`));
  const { sessions } = parse(yaml);
  const { messages: _, canary } = sessions.weather.health;
  const program = join(root, 'test/e2e/counting-bot.ts');
  Object.assign(sessions.weather, {
    ...{ command: `exec ${process.execPath} ${program} HOME/inbox HOME/deaf`, cwd: 'HOME' },
    health: {
      ...{ interval: '1s', grace: '0s', failAfter: 1, outOf: 1 },
      // One that a loaded machine is slow with is not one that fails.
      canary: { ...canary, every: '1s', timeout: '60s' },
    },
  });
  const rig = await startRig(t, {
    config: JSON.stringify({ sessions }),
    prepare(home) {
      inbox = join(home, 'inbox');
      const here = script.replace('127.0.0.1:8081', `127.0.0.1:${account.port}`);
      writeFileSync(join(home, 'send-canary.sh'), here, { mode: 0o755 });
    },
  });
  const becomes = (to: string): Promise<EventOf<'health.changed'>> =>
    rig.until(`it is ${to}`, (events: Event[]) =>
      events.find(
        (event): event is EventOf<'health.changed'> =>
          event.type === 'health.changed' && event.data.to === to,
      ),
    );
  await becomes('healthy');
  t.match(readFileSync(inbox, 'utf8'), /^text=canary\n/);
  account.breaks();
  const { data } = await becomes('failed');
  t.match(data.reason, /^the message could not be sent: exit status 22: curl: .*503/);
});

t.test('every script is run', async (t) => {
  t.same(
    blocks.filter(({ language }) => language === 'sh').map(({ text }) => text),
    [script],
  );
});
