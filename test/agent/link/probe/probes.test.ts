import t from 'tap';
import { createProbes } from '../../../../agent/link/probe/probes.ts';

const hang = { kind: 'command', run: 'sleep 1000', cwd: '/', timeoutMs: 30_000 } as const;

t.test('no more than some at a time; all end with the link', async (t) => {
  const probes = createProbes(process.env);
  const running = Array.from({ length: 16 }, () => probes.run(hang));
  await t.rejects(probes.run({ kind: 'tcp', host: '127.0.0.1', port: 1, timeoutMs: 1000 }), {
    code: 'busy',
  });
  probes.close();
  for (const finding of await Promise.all(running)) t.match(finding, { status: 'failed' });
  t.match(await probes.run({ kind: 'tcp', host: '127.0.0.1', port: 1, timeoutMs: 5000 }), {
    status: 'failed',
  });
  const http = { kind: 'http', url: 'http://127.0.0.1:1/', status: 200, timeoutMs: 5000 } as const;
  t.match(await probes.run(http), { status: 'failed' });
});
