import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import t from 'tap';
import { createWebhook } from '../../../exporters/notifier/channel/webhook.ts';
import { httpFor, never } from './channel/receiving.ts';
import { sampleCard } from './sample-card.ts';

const program = join(import.meta.dirname, 'webhook-receiver.ts');
const secret = `whsec_${Buffer.alloc(24, 9).toString('base64')}`;

t.test('as a program it keeps what it accepted, across its death', async (t) => {
  const file = join(t.testdir(), 'deliveries');
  const args = [program, '--port', '0', '--file', file, '--secret', secret];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  t.teardown(() => child.kill('SIGKILL'));
  const [line] = await once(createInterface(child.stdout), 'line');
  const http = httpFor(t);
  const webhook = createWebhook(
    { name: 'x', url: new URL(String(line)), secret },
    { http, now: Date.now },
  );
  const wrong = createWebhook(
    { name: 'x', url: new URL(String(line)), secret: null },
    { http, now: Date.now },
  );
  t.match(await webhook.deliver(sampleCard(), null, never()), { kind: 'accepted' });
  t.match(await wrong.deliver(sampleCard({ revision: 2 }), null, never()), { kind: 'refused' });
  t.match(await webhook.deliver(sampleCard({ revision: 3 }), null, never()), { kind: 'accepted' });
  child.kill('SIGKILL');
  await once(child, 'exit');
  const kept = readFileSync(file, 'utf8').trimEnd().split('\n');
  t.same(
    kept.map((text) => JSON.parse(text)).map(({ id, verified }) => ({ id, verified })),
    [
      { id: 'alert-1_1', verified: true },
      { id: 'alert-1_3', verified: true },
    ],
  );
});
