import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import t from 'tap';
import { documentOf } from '../../exporters/notifier/channel/document.ts';
import { createWebhook } from '../../exporters/notifier/channel/webhook.ts';
import { listeningPort } from '../e2e/listening-port.ts';
import { eventually } from '../e2e/sampled.ts';
import { httpFor, never } from '../exporters/notifier/channel/receiving.ts';
import { sampleCard } from '../exporters/notifier/sample-card.ts';
import { readMarkdown } from './markdown.ts';

const root = join(import.meta.dirname, '../..');
const { blocks } = readMarkdown(readFileSync(join(root, 'docs/NOTIFIERS.md'), 'utf8'));
const blockOf = (language: string): string =>
  blocks.find((block) => block.language === language)?.text ?? '';

/** The same names at every depth. */
const shapeOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, shapeOf(one)]));
};

t.test('the example of a webhook has the shape of what is sent', async (t) => {
  t.same(shapeOf(JSON.parse(blockOf('json'))), shapeOf(documentOf(sampleCard())));
});

t.test('the receiver of the document believes who has the key, and nobody else', async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'hf-receiver-'));
  symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
  writeFileSync(join(directory, 'receiver.mjs'), blockOf('js'));
  const key = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  const receiver: ChildProcess = spawn(process.execPath, [join(directory, 'receiver.mjs')], {
    env: { PATH: process.env['PATH'], PORT: '0', WEBHOOK_KEY: key },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said = receiver.stdout ? text(receiver.stdout) : Promise.resolve('');
  t.teardown(() => {
    receiver.kill();
    rmSync(directory, { recursive: true });
  });
  const port = await eventually('the receiver', () => listeningPort(receiver.pid ?? 0));

  const url = new URL(`http://127.0.0.1:${port}/hook`);
  const send = (secret: string | null) =>
    createWebhook({ name: 'ops', url, secret }, { http: httpFor(t), now: Date.now }).deliver(
      sampleCard(),
      null,
      never(),
    );
  t.match(await send(key), { kind: 'accepted', detail: 'HTTP 204' });
  t.match(await send(`whsec_${Buffer.alloc(32, 8).toString('base64')}`), { code: '401' });
  t.match(await send(null), { kind: 'refused', code: '401' });
  receiver.kill();
  t.equal(await said, 'holdfast.alert.firing error claude-api died: pkill sent it SIGKILL\n');
});
